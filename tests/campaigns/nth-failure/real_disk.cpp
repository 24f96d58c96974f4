// SPDX-License-Identifier: EUPL-1.2
// campaign_real_disk
// Real small file systems (tmpfs, in a mount namespace of this process's own): full, out of files, read-only. Nothing
// is lost or doubled, what does not go is said before, and all is well once there is room again. Exit 77 where this
// user may not mount.
#include "tests/campaigns/disk/scripts.hpp"
#include "tests/campaigns/disk/terminal.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace tests::disk;

namespace {

int failures = 0;
void check(bool fine, const char* what) {
    if (fine) return;
    std::printf("real-disk: not so: %s\n", what);
    ++failures;
}

bool mount_small(const std::filesystem::path& place, const char* options) {
    return ::mount("tmpfs", place.c_str(), "tmpfs", 0, options) == 0;
}

void judge_and_say(const char* what, Terminal& terminal) {
    const Verdict v = judge(terminal);
    std::printf("real-disk: %s: %u lost, %u doubled, %u not delivered in the end, %u corrupt\n", what, v.lost,
                v.doubled, v.stuck, v.corrupt);
    if (!v.fine()) ++failures;
}

/// Something else fills the disk to the last byte.
void fill(const std::filesystem::path& file) {
    std::ofstream out(file, std::ios::binary);
    const std::string some(512, 'x');
    for (int i = 0; i < 1'000'000 && out.write(some.data(), 512).flush(); ++i) {
    }
}

void full_disk(const std::filesystem::path& place, Ledger& ledger) {
    check(mount_small(place, "size=4m,mode=0700"), "a small disk can be mounted");
    ledger.count = 0;
    {
        Terminal t(place, ledger, 1);
        t.reserve = 1 << 20;
        check(t.start(), "it starts on a small disk");
        int kept = 0;
        while (kept < 500 && t.keep(1, 30'000))
            ++kept;
        check(kept > 5 && kept < 500, "it keeps until the disk is full, then says no");
        check(t.box().health(0) == net::Health::NoSpace, "it says so before a form is offered");
        fill(place / "other");
        t.deliver();
        std::uint32_t delivered = 0;
        for (std::uint32_t i = 0; i < ledger.count; ++i)
            delivered += ledger.lines[i].has ? 1 : 0;
        check(delivered >= static_cast<std::uint32_t>(kept), "a full disk stops no delivery");
        std::printf("real-disk: full: %d kept, then refused; %u delivered on the full disk\n", kept, delivered);
    }
    {
        Terminal t(place, ledger, 2);
        t.reserve = 1 << 20;
        check(t.start() && t.box().health(0) == net::Health::NoSpace, "it starts on a full disk, and offers no form");
    }
    std::filesystem::remove(place / "other");
    Terminal t(place, ledger, 3);
    t.reserve = 1 << 20;
    judge_and_say("room again", t);
    check(::umount(place.c_str()) == 0, "nothing holds the disk");
}

void no_more_files(const std::filesystem::path& place, Ledger& ledger) {
    check(mount_small(place, "size=16m,nr_inodes=40,mode=0700"), "a disk for few files can be mounted");
    ledger.count = 0;
    {
        Terminal t(place, ledger, 4);
        check(t.start() && t.keep(1) && t.keep(), "it keeps");
        for (int i = 0; i < 100; ++i)
            std::ofstream(place / ("other-" + std::to_string(i))) << "x";
        check(t.box().health(0) == net::Health::NoSpace, "out of files, it says so before a form is offered");
        check(!t.keep(), "and keeps nothing it could not keep");
        t.deliver();
        check(ledger.lines[0].has && ledger.lines[1].has, "and delivers what it has");
    }
    for (int i = 0; i < 100; ++i)
        std::filesystem::remove(place / ("other-" + std::to_string(i)));
    Terminal t(place, ledger, 5);
    judge_and_say("files again", t);
    check(::umount(place.c_str()) == 0, "nothing holds the disk");
}

void read_only(const std::filesystem::path& place, Ledger& ledger) {
    check(mount_small(place, "size=8m,mode=0700"), "a disk can be mounted");
    ledger.count = 0;
    {
        Terminal t(place, ledger, 6);
        check(t.start() && t.keep(2) && t.keep(), "it keeps");
    }
    check(::mount(nullptr, place.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0, "it can be made read-only");
    {
        net::OutboxOptions options;
        tests::HandClock clock;
        const auto refused = net::DiskOutbox::open(place, options, clock);
        check(!refused.ok() && refused.error().fault == net::StoreFault::NoRights,
              "on a read-only disk it does not start, and says why");
    }
    check(::mount(nullptr, place.c_str(), nullptr, MS_REMOUNT, nullptr) == 0, "it can be made writable again");
    Terminal t(place, ledger, 7);
    judge_and_say("writable again", t);
    check(::umount(place.c_str()) == 0, "nothing holds the disk");
}

} // namespace

int main() {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
        std::printf("skipped: this user may not mount anything: %s\n", std::strerror(errno));
        return 77;
    }
    const Place place;
    static Ledger ledger;
    const auto disk = place.fresh("disk");
    full_disk(disk, ledger);
    no_more_files(disk, ledger);
    read_only(disk, ledger);
    return failures == 0 ? 0 : 1;
}
