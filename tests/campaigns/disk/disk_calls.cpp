// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/disk/disk_calls.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <map>
#include <mutex>
#include <utility>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace tests::disk {
namespace {

enum class Plan { None, Kill, Fail, FailSync, Room };

struct Watched {
    bool on = false;
    bool folder = false;
    int file = -1;
    std::string path;
};

struct State {
    std::recursive_mutex mutex;
    std::string folder;
    Plan plan = Plan::None;
    int count = 0, at = -1, error = 0, many = 1;
    bool again = false, failed = false, recording = false;
    Kind failed_kind = Kind::Mark;
    std::int64_t room = 0;
    std::array<Watched, 4096> open;
    std::map<std::string, int> inodes; ///< by path below the folder
    std::map<int, std::int64_t> taken; ///< bytes counted against the room, by inode
    int last_file = 0;
    std::vector<Call> calls;
};
State& state() {
    static State* const one = new State(); // never destroyed: files are closed until the very end
    return *one;
}

template <class F>
F real(const char* name) {
    return reinterpret_cast<F>(::dlsym(RTLD_NEXT, name));
}

/// The path below the folder, or nothing.
bool below(const char* path, std::string& rest) {
    const State& s = state();
    const std::string_view all(path);
    if (s.folder.empty() || !all.starts_with(s.folder)) return false;
    rest = all.substr(s.folder.size());
    if (!rest.empty() && rest.front() != '/') return false;
    if (!rest.empty()) rest.erase(0, 1);
    return true;
}

/// Counts a call. Not zero: it fails with this.
int decide(Kind kind) {
    State& s = state();
    const int n = s.count++;
    if (s.plan == Plan::Kill && n == s.at) {
        (void)::kill(::getpid(), SIGKILL);
        for (;;) // it comes before this returns
            ::pause();
    }
    if (s.plan == Plan::Fail && (n == s.at || (s.again && n > s.at))) {
        if (!s.failed) s.failed_kind = kind;
        s.failed = true;
        return s.error;
    }
    if (s.plan == Plan::FailSync && kind == Kind::Sync && s.at-- <= 0 && s.at >= -s.many) {
        s.failed = true;
        s.failed_kind = kind;
        return s.error;
    }
    return 0;
}

/// For writes and allocations: does it still fit? `end` is where the file would end.
bool fits(int file, std::int64_t end) {
    State& s = state();
    if (s.plan != Plan::Room) return true;
    std::int64_t& taken = s.taken[file];
    if (end <= taken) return true;
    if (end - taken > s.room) {
        if (!s.failed) s.failed_kind = Kind::Write;
        s.failed = true;
        return false;
    }
    s.room -= end - taken;
    taken = end;
    return true;
}

Watched* watched(int descriptor) {
    State& s = state();
    if (descriptor < 0 || static_cast<std::size_t>(descriptor) >= s.open.size()) return nullptr;
    Watched& w = s.open[static_cast<std::size_t>(descriptor)];
    return w.on ? &w : nullptr;
}

void note(Call call) {
    if (state().recording) state().calls.push_back(std::move(call));
}

int inode(const std::string& path) {
    State& s = state();
    const auto [it, fresh] = s.inodes.try_emplace(path, s.last_file + 1);
    if (fresh) ++s.last_file;
    return it->second;
}

template <class Real>
int watched_open(Real call, const char* path, int flags, mode_t mode) {
    State& s = state();
    const std::lock_guard lock(s.mutex);
    std::string rest;
    if (!below(path, rest)) return call(path, flags, mode);
    const bool writes = (flags & O_ACCMODE) != O_RDONLY;
    struct stat facts {};
    const bool there = ::stat(path, &facts) == 0;
    const bool creates = (flags & O_CREAT) != 0 && !there;
    if (writes || creates) {
        if (const int error = decide(creates ? Kind::Create : Kind::Open)) {
            errno = error;
            return -1;
        }
    }
    const int descriptor = call(path, flags, mode);
    if (descriptor < 0 || static_cast<std::size_t>(descriptor) >= s.open.size()) return descriptor;
    Watched& w = s.open[static_cast<std::size_t>(descriptor)];
    w = {true, there && S_ISDIR(facts.st_mode), -1, rest};
    if (w.folder) return descriptor;
    if (creates) {
        s.inodes.erase(rest);
        w.file = inode(rest);
        note({Kind::Create, w.file, rest, {}, 0, {}, 0, false});
    } else {
        w.file = inode(rest);
        note({Kind::Open, w.file, rest, {}, 0, {}, 0, false});
        if ((flags & O_TRUNC) != 0 && writes) note({Kind::Truncate, w.file, {}, {}, 0, {}, 0, false});
    }
    return descriptor;
}

template <class Real>
ssize_t watched_write(Real call, int descriptor, const void* bytes, std::size_t size, off_t at) {
    State& s = state();
    const std::lock_guard lock(s.mutex);
    Watched* w = watched(descriptor);
    if (w == nullptr) return call(size);
    if (const int error = decide(Kind::Write)) {
        if (error == EIO) {
            const ssize_t half = call(size / 2);
            if (half > 0)
                note({Kind::Write,
                      w->file,
                      {},
                      {},
                      at,
                      std::string(static_cast<const char*>(bytes), size / 2),
                      0,
                      true});
        }
        errno = error;
        return -1;
    }
    if (!fits(w->file, at + static_cast<std::int64_t>(size))) {
        errno = ENOSPC;
        return -1;
    }
    const ssize_t written = call(size);
    if (written > 0)
        note({Kind::Write,
              w->file,
              {},
              {},
              at,
              std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(written)),
              0,
              false});
    return written;
}

template <class Real>
int watched_sync(Real call, int descriptor) {
    const std::lock_guard lock(state().mutex);
    const Watched* w = watched(descriptor);
    if (w == nullptr) return call(descriptor);
    const int error = decide(Kind::Sync);
    note({Kind::Sync, w->file, w->folder ? w->path : std::string(), {}, 0, {}, 0, error != 0});
    if (error != 0) {
        errno = error;
        return -1;
    }
    return call(descriptor);
}

template <class Real>
int watched_truncate(Real call, int descriptor, off_t size) {
    const std::lock_guard lock(state().mutex);
    const Watched* w = watched(descriptor);
    if (w == nullptr) return call(descriptor, size);
    if (const int error = decide(Kind::Truncate)) {
        errno = error;
        return -1;
    }
    note({Kind::Truncate, w->file, {}, {}, size, {}, 0, false});
    return call(descriptor, size);
}

template <class Real>
int watched_allocate(Real call, int descriptor, off_t at, off_t size) {
    const std::lock_guard lock(state().mutex);
    const Watched* w = watched(descriptor);
    if (w == nullptr) return call(descriptor, at, size);
    if (const int error = decide(Kind::Allocate)) return error;
    if (!fits(w->file, at + size)) return ENOSPC;
    note({Kind::Allocate, w->file, {}, {}, at, {}, size, false});
    return call(descriptor, at, size);
}

void plan(Plan what, int at, int error, bool again) {
    State& s = state();
    const std::lock_guard lock(s.mutex);
    s.plan = what;
    s.count = 0;
    s.at = at;
    s.error = error;
    s.again = again;
    s.failed = false;
}

} // namespace

void watch(const std::string& folder) {
    State& s = state();
    const std::lock_guard lock(s.mutex);
    s.folder = folder;
    s.plan = Plan::None;
    s.recording = false;
    s.inodes.clear();
    s.taken.clear();
    s.calls.clear();
    for (Watched& w : s.open)
        w = {};
}
int seen() { return state().count; }
void count_only() { plan(Plan::None, -1, 0, false); }
void kill_at(int n) { plan(Plan::Kill, n, 0, false); }
void fail_at(int n, int error, bool again) { plan(Plan::Fail, n, error, again); }
void fail_sync(int n, int many) {
    plan(Plan::FailSync, n, EIO, false);
    state().many = many;
}
void room_for(std::int64_t bytes) {
    plan(Plan::Room, -1, 0, false);
    state().room = bytes;
}
bool failed() { return state().failed; }
Kind failed_kind() { return state().failed_kind; }
void record() {
    const std::lock_guard lock(state().mutex);
    state().calls.clear();
    state().recording = true;
}
std::vector<Call> take_record() {
    const std::lock_guard lock(state().mutex);
    state().recording = false;
    return std::exchange(state().calls, {});
}
void mark(const std::string& known) {
    const std::lock_guard lock(state().mutex);
    note({Kind::Mark, -1, {}, {}, 0, known, 0, false});
}
bool recording() { return state().recording; }

} // namespace tests::disk

// The calls themselves. Their names and types are the C library's.
using namespace tests::disk;

extern "C" {

int open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    static const auto call = real<int (*)(const char*, int, ...)>("open");
    return watched_open(call, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    static const auto call = real<int (*)(const char*, int, ...)>("open64");
    return watched_open(call, path, flags, mode);
}
int close(int descriptor) {
    static const auto call = real<int (*)(int)>("close");
    const std::lock_guard lock(state().mutex);
    if (Watched* w = watched(descriptor)) *w = {};
    return call(descriptor);
}
ssize_t write(int descriptor, const void* bytes, size_t size) {
    static const auto call = real<ssize_t (*)(int, const void*, size_t)>("write");
    off_t at = 0;
    {
        const std::lock_guard lock(state().mutex);
        if (watched(descriptor) == nullptr) return call(descriptor, bytes, size);
        at = ::lseek(descriptor, 0, SEEK_CUR);
    }
    return watched_write([&](size_t some) { return call(descriptor, bytes, some); }, descriptor, bytes, size, at);
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t at) {
    static const auto call = real<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
    return watched_write([&](size_t some) { return call(descriptor, bytes, some, at); }, descriptor, bytes, size, at);
}
ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t at) {
    return pwrite64(descriptor, bytes, size, at);
}
int fsync(int descriptor) {
    static const auto call = real<int (*)(int)>("fsync");
    return watched_sync(call, descriptor);
}
int fdatasync(int descriptor) {
    static const auto call = real<int (*)(int)>("fdatasync");
    return watched_sync(call, descriptor);
}
int ftruncate64(int descriptor, off64_t size) noexcept {
    static const auto call = real<int (*)(int, off64_t)>("ftruncate64");
    return watched_truncate(call, descriptor, size);
}
int ftruncate(int descriptor, off_t size) noexcept { return ftruncate64(descriptor, size); }
int posix_fallocate64(int descriptor, off64_t at, off64_t size) {
    static const auto call = real<int (*)(int, off64_t, off64_t)>("posix_fallocate64");
    return watched_allocate(call, descriptor, at, size);
}
int posix_fallocate(int descriptor, off_t at, off_t size) { return posix_fallocate64(descriptor, at, size); }

int rename(const char* from, const char* to) noexcept {
    static const auto call = real<int (*)(const char*, const char*)>("rename");
    State& s = state();
    const std::lock_guard lock(s.mutex);
    std::string a, b;
    if (!below(from, a) || !below(to, b)) return call(from, to);
    if (const int error = decide(Kind::Rename)) {
        errno = error;
        return -1;
    }
    const int done = call(from, to);
    if (done != 0) return done;
    const int file = inode(a);
    s.inodes.erase(a);
    s.inodes[b] = file;
    note({Kind::Rename, file, a, b, 0, {}, 0, false});
    return 0;
}
int unlink(const char* path) noexcept {
    static const auto call = real<int (*)(const char*)>("unlink");
    State& s = state();
    const std::lock_guard lock(s.mutex);
    std::string rest;
    if (!below(path, rest)) return call(path);
    if (const int error = decide(Kind::Unlink)) {
        errno = error;
        return -1;
    }
    const int done = call(path);
    if (done != 0) return done;
    if (s.plan == Plan::Room) {
        const int file = inode(rest);
        s.room += s.taken[file];
        s.taken.erase(file);
    }
    s.inodes.erase(rest);
    note({Kind::Unlink, -1, rest, {}, 0, {}, 0, false});
    return 0;
}
int mkdir(const char* path, mode_t mode) noexcept {
    static const auto call = real<int (*)(const char*, mode_t)>("mkdir");
    const std::lock_guard lock(state().mutex);
    std::string rest;
    if (!below(path, rest) || rest.empty()) return call(path, mode);
    if (const int error = decide(Kind::MakeFolder)) {
        errno = error;
        return -1;
    }
    const int done = call(path, mode);
    if (done == 0) note({Kind::MakeFolder, -1, rest, {}, 0, {}, 0, false});
    return done;
}

} // extern "C"
