// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

namespace net {

enum class HardeningError {
    CoreLimit,   ///< core dumps could not be switched off
    Dumpable,    ///< the process can still be dumped or traced by its own user
    ParentDeath, ///< the kernel would not tie this process to its starter
};

/// First call of every main: no core dumps, not dumpable, umask 0077. Whoever gets an error must not go on:
/// what a person tells the terminal could end in a file.
[[nodiscard]] forms::Result<forms::Done, HardeningError> harden_process();

/// For children of the demo and of tests: this process gets SIGTERM when its starter ends. Call it right after the
/// start; it also answers with an error when the starter is already gone.
[[nodiscard]] forms::Result<forms::Done, HardeningError> end_with_starter(int starter_process_id);

} // namespace net
