// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/hardening.hpp"

#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net {

forms::Result<forms::Done, HardeningError> harden_process() {
    const rlimit none{0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return HardeningError::CoreLimit;
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return HardeningError::Dumpable;
    umask(S_IRWXG | S_IRWXO);
    return forms::Done{};
}

forms::Result<forms::Done, HardeningError> end_with_starter(int starter_process_id) {
    if (prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0) != 0) return HardeningError::ParentDeath;
    if (getppid() != starter_process_id) // it ended before the line above could take effect
        return HardeningError::ParentDeath;
    return forms::Done{};
}

} // namespace net
