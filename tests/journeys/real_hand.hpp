// SPDX-License-Identifier: EUPL-1.2
// A person at a real keyboard and mouse: reads the screen tree that the terminal writes, finds a control in it, and
// sends X events with xdotool, one millisecond a key.
#pragma once
#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace tests {

using Json = nlohmann::json;

/// The screen as the terminal last described it.
class Screen {
public:
    explicit Screen(std::string file) : file_(std::move(file)) {}

    /// The tree as last written whole; keeps the older one while a new one is not there.
    const Json& look();
    /// What is on the screen, without what changes by itself.
    std::string content();
    /// By key, or else by name.
    std::optional<Json> find(const std::string& wanted);
    /// Is it said anywhere: a key, or part of what is shown?
    bool says(const std::string& wanted);
    std::optional<Json> focused();
    bool wait_until_said(const std::string& wanted, std::chrono::milliseconds most);
    std::optional<Json> wait_for(const std::string& wanted, std::chrono::milliseconds most);
    /// Until nothing has changed for `time`, or after `most`: a live picture never stands still.
    void wait_until_still(std::chrono::milliseconds time, std::chrono::milliseconds most);
    bool wait_for_change(const std::string& before, std::chrono::milliseconds most);

private:
    std::string file_, text_;
    Json tree_ = Json::array();
};

/// One step: tap, type, key, expect, absent. After each tap and key the screen must change, after each text the focused
/// field must hold exactly what was typed. What went wrong, or nothing.
[[nodiscard]] std::optional<std::string> play(const Json& step, Screen& screen);

} // namespace tests
