// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/app/demo.hpp"
#include "kiosk/app/script.hpp"
#include "kiosk/app/shifted_clock.hpp"
#include "kiosk/app/terminal.hpp"
#include "kiosk/capture/device_messages.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// Plays a journey through the terminal's own input queue and frames: a tap is a finger that goes down and up in the
/// middle of what the screen tree says is there, a text is typed letter by letter. Nothing reaches behind the screen.
/// Thread: screen.
class Journey {
public:
    struct Parts {
        Terminal& terminal;
        ShiftedClock& clock;
        Demo* demo = nullptr;                        ///< for {"central":…}; none outside --demo
        std::filesystem::path out;                   ///< pictures and trees; empty: "shot" cannot be done
        std::function<void(std::string_view)> print; ///< one JSON value
        std::function<bool()> stopped;               ///< the program was asked to end
        float px_per_mm = 4;
        std::function<void(DeviceMessage)> show = {}; ///< as a device would; for {"scan":…}
        std::filesystem::path film = {}; ///< of `devices.camera`, where {"camera":…} puts what the camera sees; a link, or nothing yet
    };
    explicit Journey(Parts parts) : p_(std::move(parts)) {}

    /// The first step that cannot be done, with the reason; none when all were.
    [[nodiscard]] std::optional<ScriptFault> play(const std::vector<Step>& steps,
                                                  const std::filesystem::path& folder);

private:
    using Problem = std::optional<std::string>; ///< none: done

    [[nodiscard]] Problem play(const Step& step);
    [[nodiscard]] Problem tap(std::string_view key_or_name);
    [[nodiscard]] Problem touch(const Node& node); ///< down and up, and nothing waited for
    [[nodiscard]] Problem tap_node(const Node& node);
    [[nodiscard]] Problem tap_on_any_page(std::string_view key);
    [[nodiscard]] Problem type(std::string_view utf8);
    [[nodiscard]] Problem key(std::string_view name);
    [[nodiscard]] Problem walk(std::string_view key_or_name, std::string_view with);
    [[nodiscard]] Problem press_switch(std::string_view number);
    [[nodiscard]] Problem language(std::string_view code);
    [[nodiscard]] Problem expect(std::string_view text);
    [[nodiscard]] Problem absent(std::string_view text);
    [[nodiscard]] Problem elapse(std::string_view seconds);
    [[nodiscard]] Problem shot(std::string_view name);
    [[nodiscard]] Problem scan(std::string_view file);
    [[nodiscard]] Problem camera(std::string_view file_or_away);
    [[nodiscard]] Problem central(std::string_view up_or_down);
    [[nodiscard]] Problem publish(std::string json);

    // journey_answer.cpp: one question, by the widgets that ask it
    [[nodiscard]] Problem answer(std::string_view question, std::string_view value);
    [[nodiscard]] Problem answer_choice(const ChoiceControl& control, const std::string& field, std::string_view value);
    [[nodiscard]] Problem answer_slider(const SliderControl& control, const std::string& field, std::string_view value);
    [[nodiscard]] Problem answer_date(const DateControl& control, std::string_view value);
    [[nodiscard]] Problem answer_quantity(const QuantityControl& control, const std::string& field,
                                          std::string_view value);
    [[nodiscard]] Problem answer_search(const std::string& field, std::string_view value);
    [[nodiscard]] Problem fill(const std::string& field, std::string_view utf8);
    [[nodiscard]] std::vector<std::string> option_names(std::size_t option) const;

    void press(Key which, Modifiers modifiers = {});
    [[nodiscard]] bool settle();

    Parts p_;
    std::filesystem::path folder_; ///< of the journey: files to scan are named from there
    int shots_ = 0;
    std::string asked_; ///< path of the question now answered
    std::string extra_; ///< members to add to the line of the step now played
    Visit::Shown receipt_;
};

} // namespace kiosk
