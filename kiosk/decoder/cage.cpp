// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/cage.hpp"

#include <ctime>
#include <initializer_list>

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace kiosk::decoder {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

// Threat model §4.
constexpr rlim_t memory_bytes = 512u << 20;

bool limit(decltype(RLIMIT_AS) what, rlim_t most) {
    const rlimit both{most, most};
    return ::setrlimit(what, &both) == 0;
}

bool set_limits(std::chrono::seconds cpu) {
    return limit(RLIMIT_CPU, static_cast<rlim_t>(cpu.count())) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
           (sanitized || (limit(RLIMIT_AS, memory_bytes) && limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_NPROC, 0)));
}

/// Argument number `which` of a call, compared. (The macros of seccomp.h for this are C.)
scmp_arg_cmp argument(unsigned which, scmp_compare how, scmp_datum_t a, scmp_datum_t b = 0) {
    return {which, how, a, b};
}

bool filter_calls() {
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter) return false;
    bool fine = true;
    const auto allow = [&](int call, std::initializer_list<scmp_arg_cmp> conditions = {}) {
        fine = fine && seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, static_cast<unsigned>(conditions.size()),
                                              conditions.begin()) == 0;
    };
    allow(SCMP_SYS(read), {argument(0, SCMP_CMP_EQ, 0)});
    allow(SCMP_SYS(write), {argument(0, SCMP_CMP_EQ, 1)});
    allow(SCMP_SYS(exit));
    allow(SCMP_SYS(exit_group));
    // Memory: never executable, never that of a file.
    allow(SCMP_SYS(brk));
    allow(SCMP_SYS(munmap));
    allow(SCMP_SYS(mremap));
    allow(SCMP_SYS(madvise));
    allow(SCMP_SYS(mmap), {argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                           argument(3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)});
    allow(SCMP_SYS(mprotect), {argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
    // The machine's clocks and its own CPU time, which Tesseract asks for; those of other processes have negative
    // names.
    allow(SCMP_SYS(clock_gettime), {argument(0, SCMP_CMP_LE, CLOCK_BOOTTIME)});
    // What the C library does by itself: locks, and the seed of its allocator.
    allow(SCMP_SYS(futex));
    allow(SCMP_SYS(getrandom));
    allow(SCMP_SYS(rt_sigreturn));
    fine = fine && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return fine;
}

} // namespace

forms::Result<forms::Done, CageFault> lock_in(std::chrono::seconds cpu) {
    if (!set_limits(cpu)) return CageFault::Limits;
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return CageFault::Filter;
    if (!sanitized && !filter_calls()) return CageFault::Filter;
    return forms::Done{};
}

} // namespace kiosk::decoder
