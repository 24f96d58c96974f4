// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <chrono>

namespace kiosk::decoder {

enum class CageFault {
    Limits, ///< the kernel would not set a limit
    Filter, ///< nor the filter of system calls
};

/// From here on this process can read what is on descriptor 0, write to descriptor 1, take memory up to 512 MiB, think
/// for `cpu` from its start (5 s, the text layer 20 s), and end: no file, no network, no other process, not even a look
/// at the clock of another one. Any other system call kills it. Whoever gets an error must not read the picture. In
/// builds with a sanitizer only the limits on time and files are set: its run-time needs more memory and calls.
[[nodiscard]] forms::Result<forms::Done, CageFault> lock_in(std::chrono::seconds cpu = std::chrono::seconds(5));

} // namespace kiosk::decoder
