// SPDX-License-Identifier: EUPL-1.2
#include "tests/doubles/faulty_disk.hpp"

#include <sqlite3.h>

#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace tests {
namespace {

struct State {
    int left = -1; ///< changes until the refusal; negative: none
    bool failed = false;
    int code = SQLITE_IOERR;
    std::string full_while;
    sqlite3_vfs* real = nullptr;
    sqlite3_vfs own{};
};
State state;

bool refuse() {
    if (state.left < 0) return false;
    if (state.left-- > 0) return false;
    state.failed = true;
    return true;
}

/// Our file in front of the real one, which lies behind it in the same memory.
struct File {
    sqlite3_file base;
    [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File* mine(sqlite3_file* f) { return reinterpret_cast<File*>(f); }
sqlite3_file* real(sqlite3_file* f) { return mine(f)->real(); }

int close(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
int read(sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
    return real(f)->pMethods->xRead(real(f), to, size, at);
}
int write(sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
    if (!state.full_while.empty() && ::access(state.full_while.c_str(), F_OK) == 0) {
        state.failed = true;
        return SQLITE_FULL;
    }
    if (refuse()) {
        // Half of it reaches the disk, as when the power goes.
        if (state.code == SQLITE_IOERR) (void)real(f)->pMethods->xWrite(real(f), from, size / 2, at);
        return state.code == SQLITE_IOERR ? SQLITE_IOERR_WRITE : SQLITE_FULL;
    }
    return real(f)->pMethods->xWrite(real(f), from, size, at);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
    return refuse() ? SQLITE_IOERR_TRUNCATE : real(f)->pMethods->xTruncate(real(f), size);
}
int sync(sqlite3_file* f, int flags) {
    return refuse() ? SQLITE_IOERR_FSYNC : real(f)->pMethods->xSync(real(f), flags);
}
int file_size(sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); }
int lock(sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); }
int unlock(sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
int check_lock(sqlite3_file* f, int* held) { return real(f)->pMethods->xCheckReservedLock(real(f), held); }
int control(sqlite3_file* f, int op, void* arg) { return real(f)->pMethods->xFileControl(real(f), op, arg); }
int sector(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
int traits(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }

// Version 1: no shared memory. The outbox locks exclusively before its first access and needs none.
const sqlite3_io_methods methods = {1,       close,   read,       write,   truncate, sync,   file_size,
                                    lock,    unlock,  check_lock, control, sector,   traits, nullptr,
                                    nullptr, nullptr, nullptr,    nullptr, nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* f, int flags, int* out_flags) {
    f->pMethods = nullptr;
    if ((flags & SQLITE_OPEN_READWRITE) != 0 && refuse()) return SQLITE_CANTOPEN;
    const int code = state.real->xOpen(state.real, name, real(f), flags, out_flags);
    if (code == SQLITE_OK) f->pMethods = &methods;
    return code;
}
int remove(sqlite3_vfs*, const char* name, int sync_folder) {
    return refuse() ? SQLITE_IOERR_DELETE : state.real->xDelete(state.real, name, sync_folder);
}
int file_access(sqlite3_vfs*, const char* name, int flags, int* result) {
    return state.real->xAccess(state.real, name, flags, result);
}
int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
    return state.real->xFullPathname(state.real, name, size, out);
}

} // namespace

FaultyDisk::FaultyDisk(Fault fault) : name_("faulty") {
    state = {};
    state.code = fault == Fault::Full ? SQLITE_FULL : SQLITE_IOERR;
    state.real = sqlite3_vfs_find(nullptr);
    if (state.real == nullptr) std::abort();
    state.own = *state.real;
    state.own.iVersion = 1;
    state.own.pNext = nullptr;
    state.own.zName = name_.c_str();
    state.own.szOsFile = static_cast<int>(sizeof(File)) + state.real->szOsFile;
    state.own.xOpen = open;
    state.own.xDelete = remove;
    state.own.xAccess = file_access;
    state.own.xFullPathname = full_path;
    if (sqlite3_vfs_register(&state.own, 0) != SQLITE_OK) std::abort();
}
FaultyDisk::~FaultyDisk() { sqlite3_vfs_unregister(&state.own); }
void FaultyDisk::fail_at(int n) {
    state.left = n;
    state.failed = false;
}
bool FaultyDisk::failed() const { return state.failed; }
void FaultyDisk::heal() {
    state.left = -1;
    state.full_while.clear();
}
void FaultyDisk::full_while_there(std::string file) { state.full_while = std::move(file); }

} // namespace tests
