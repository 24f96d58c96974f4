// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/ipc/client.hpp"
#include "net/runtime/config.hpp"

#include <chrono>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// Options that every command has which needs the configuration or talks to the sender.
struct SenderAccess {
    std::vector<std::string> config_files;
    std::string state; ///< instead of the key state_dir
    bool json = false; ///< reasons of a refusal as JSON too
};

inline constexpr std::chrono::milliseconds sender_patience{10'000};

/// The configuration, or nothing after every mistake was told on `notes`.
[[nodiscard]] std::optional<net::LoadedConfig> load_or_tell(const SenderAccess& access, std::ostream& notes);
[[nodiscard]] net::ipc::Client client_of(const net::Config& config);

/// Tells why there was no answer; always 1, the exit code of a refusal.
int tell(std::ostream& notes, bool json, std::string_view code, std::string_view words);
int tell(std::ostream& notes, bool json, net::ipc::LineFault fault, const net::Config& config);

/// A request by its UUID or by its number, with or without the terminal's prefix ("A-17").
[[nodiscard]] std::optional<net::ipc::Row> find_row(net::ipc::Client& client, std::string_view name,
                                                    std::optional<net::ipc::LineFault>& fault);

} // namespace kiosk
