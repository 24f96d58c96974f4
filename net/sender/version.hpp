// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace net {

inline constexpr const char* program_version = SPORTELLO_VERSION; // from CMake's project()

} // namespace net
