// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>

namespace net {

inline constexpr std::size_t wiped_stack_bytes = std::size_t{256} << 10U;

/// Overwrites what calls that have returned have left on this thread's stack, down to `wiped_stack_bytes` below the caller.
/// A short name lies inside its string, and with it on the stack of whoever opened a request, where neither locked memory nor
/// the wiping `delete` reaches (threat model §10). For the outermost function of a thread, each time such work has ended.
void wipe_stack() noexcept;

} // namespace net
