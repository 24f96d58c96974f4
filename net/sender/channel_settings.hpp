// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/central/access/channel.hpp"
#include "net/runtime/config.hpp"

namespace net {

/// How the configuration says that the central system is reached.
[[nodiscard]] ChannelSettings channel_settings(const Config& config);

} // namespace net
