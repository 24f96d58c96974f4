// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/journey.hpp"

#include "forms/base/utf8.hpp"
#include "kiosk/a11y/lookup.hpp"
#include "kiosk/a11y/tree_text.hpp"
#include "kiosk/text/words.hpp"
#include "net/runtime/json_text.hpp"
#include "net/runtime/wall_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <span>
#include <utility>

namespace kiosk {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto settle_limit = 60s;
/// What comes from the sender and the central system comes in its own time.
constexpr auto expect_limit = 120s;
/// Between two taps a person needs longer than the double-strike time; the terminal's clock is told so.
constexpr forms::BootTime pause_between_taps{300};

std::optional<std::string> text_of(std::string_view json) {
    const auto text = net::json_string(json, std::pmr::get_default_resource());
    if (!text) return std::nullopt;
    return std::string(*text);
}

bool says_one_moment(const Screen& screen) {
    const auto* const look = std::get_if<LookScreen>(&screen);
    return std::holds_alternative<SavingScreen>(screen) || (look != nullptr && look->busy);
}

std::string json_text(std::string_view text) {
    net::JsonText json;
    json.text(text);
    return std::string(json.view());
}

void replace(std::string& text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

} // namespace

std::optional<ScriptFault> Journey::play(const std::vector<Step>& steps, const std::filesystem::path& folder) {
    folder_ = folder;
    // A journey that shows papers has a camera: its files.
    const bool shows = std::ranges::any_of(steps, [](const Step& step) { return step.kind == Step::Kind::Scan; });
    if (shows && p_.show) p_.show(DeviceChanged{DeviceKind::Camera, DeviceState::Ready});
    for (const Step& step : steps) {
        if (p_.stopped()) return ScriptFault{step.line, "the program was asked to end"};
        extra_.clear();
        if (!settle()) return ScriptFault{step.line, "the screen does not settle"};
        if (auto problem = play(step)) {
            std::string words = *problem + "\n  on this screen:\n" + tree_text(p_.terminal.tree());
            return ScriptFault{step.line, std::move(words)};
        }
        if (!settle()) return ScriptFault{step.line, "the screen does not settle"};
        p_.print("{\"line\":" + std::to_string(step.line) + ",\"step\":" + step.text + extra_ + "}");
        // The receipt goes with the visit; what it said is remembered for the last line.
        const Visit::Shown& shown = p_.terminal.visit().receipt();
        if (!shown.number.empty()) {
            if (shown.number != receipt_.number) receipt_.reference.clear();
            receipt_.number = shown.number;
            receipt_.code = shown.code;
            if (!shown.reference.empty()) receipt_.reference = shown.reference;
        }
    }
    std::string last = "{\"number\":" + json_text(receipt_.number) + ",\"reference\":" + json_text(receipt_.reference) +
                       ",\"steps\":" + std::to_string(steps.size()) + "}";
    if (receipt_.number.empty()) last = "{\"steps\":" + std::to_string(steps.size()) + "}";
    p_.print(last);
    return std::nullopt;
}

Journey::Problem Journey::play(const Step& step) {
    const auto with_text = [&](Problem (Journey::*act)(std::string_view)) -> Problem {
        const auto text = text_of(step.argument);
        if (!text) return "its value is not a text";
        return (this->*act)(*text);
    };
    switch (step.kind) {
    case Step::Kind::Tap:
        return with_text(&Journey::tap);
    case Step::Kind::Type:
        return with_text(&Journey::type);
    case Step::Kind::Key:
        return with_text(&Journey::key);
    case Step::Kind::Walk: {
        const auto target = text_of(step.argument);
        const auto with = step.value.empty() ? std::optional<std::string>("Tab") : text_of(step.value);
        if (!target || !with) return "\"walk\" and \"with\" are texts";
        return walk(*target, *with);
    }
    case Step::Kind::Switch:
        return press_switch(step.argument);
    case Step::Kind::Answer: {
        const auto question = text_of(step.argument);
        if (!question) return "\"answer\" is not a text";
        return answer(*question, step.value);
    }
    case Step::Kind::Scan:
        return with_text(&Journey::scan);
    case Step::Kind::Language:
        return with_text(&Journey::language);
    case Step::Kind::Expect:
        return with_text(&Journey::expect);
    case Step::Kind::Absent:
        return with_text(&Journey::absent);
    case Step::Kind::Elapse:
        return elapse(step.argument);
    case Step::Kind::Shot:
        return with_text(&Journey::shot);
    case Step::Kind::Central:
        return with_text(&Journey::central);
    case Step::Kind::Publish:
        return publish(step.argument);
    case Step::Kind::Camera:
        return with_text(&Journey::camera);
    }
    return "unknown step";
}

/// The screen that says "one moment" leaves by itself: a person waits for what comes after it, and so does a step. One
/// that stays longer than the limit is looked at as it is.
bool Journey::settle() {
    const auto until = Steady::now() + settle_limit;
    bool settled = false;
    do {
        if (p_.demo != nullptr) p_.demo->look();
        p_.terminal.turn(p_.clock.since_boot() + (settled ? 50ms : 0ms)); // once settled, sleeps until news come
        settled = p_.terminal.settled();
        if (settled && !says_one_moment(p_.terminal.visit().picture().screen)) return true;
    } while (Steady::now() < until && !p_.stopped());
    return settled;
}

// --- hands -----------------------------------------------------------------------------------------------------------

Journey::Problem Journey::tap(std::string_view key_or_name) {
    const Found found = find_control(p_.terminal.tree(), key_or_name);
    if (found.node == nullptr) return "there is no \"" + std::string(key_or_name) + "\" on the screen";
    if (found.candidates > 1)
        return "\"" + std::string(key_or_name) + "\" is there " + std::to_string(found.candidates) +
               " times: say the key";
    return tap_node(*found.node);
}

Journey::Problem Journey::tap_node(const Node& node) {
    if (auto problem = touch(node)) return problem;
    return settle() ? Problem() : Problem("the screen does not settle");
}

Journey::Problem Journey::touch(const Node& node) {
    const PixelSize size = p_.terminal.size();
    const ImVec2 middle{node.rect.x + node.rect.width / 2, node.rect.y + node.rect.height / 2};
    const bool on_glass = node.rect.width > 0 && node.rect.height > 0 && middle.x >= 0 && middle.y >= 0 &&
                          middle.x < static_cast<float>(size.width) && middle.y < static_cast<float>(size.height);
    if (!on_glass) return "\"" + node.key + "\" is not on the glass";
    if (!node.state.enabled) return "\"" + node.key + "\" is switched off";
    p_.clock.forward(pause_between_taps);
    const auto at = p_.clock.since_boot();
    p_.terminal.push({PointerMoved{middle}, at});
    p_.terminal.push({PointerPressed{middle}, at});
    p_.terminal.push({PointerReleased{middle}, at});
    return std::nullopt;
}

/// Pages of answers are turned as a person would, once round.
Journey::Problem Journey::tap_on_any_page(std::string_view key) {
    const auto here = [&] { return find_key(p_.terminal.tree(), key); };
    for (const char* turn : {"more", "earlier"}) {
        for (int pages = 0; pages < 200; ++pages) {
            if (const Node* node = here()) return tap_node(*node);
            const Node* button = find_key(p_.terminal.tree(), turn);
            if (button == nullptr) break;
            if (auto problem = tap_node(*button)) return problem;
        }
    }
    return "there is no \"" + std::string(key) + "\" on any page of this screen";
}

Journey::Problem Journey::type(std::string_view said) {
    std::string text(said);
    replace(text, "@number@", receipt_.number); // what a person has on the receipt of the last request
    replace(text, "@code@", receipt_.code);
    std::string_view utf8 = text;
    while (!utf8.empty()) {
        const auto next = forms::first_code_point(utf8);
        if (!next) return "the text is not UTF-8";
        utf8.remove_prefix(next->bytes);
        const auto at = p_.clock.since_boot();
        if (next->value == U'\n') {
            press(Key::Enter);
            continue;
        }
        if (next->value == U' ') press(Key::Space); // a keyboard sends both
        p_.terminal.push({CharacterTyped{next->value}, at});
    }
    return settle() ? Problem() : Problem("the screen does not settle");
}

Journey::Problem Journey::language(std::string_view code) {
    const std::string name(own_name(code));
    const ScreenTree& tree = p_.terminal.tree();
    if (const Node* start = find_key(tree, "start." + std::string(code))) return tap_node(*start);
    if (find_key(tree, "strip.language") != nullptr)
        if (auto problem = tap("strip.language")) return problem;
    const Found found = find_control(p_.terminal.tree(), "language." + std::string(code));
    if (found.node != nullptr) return tap_node(*found.node);
    return tap(name);
}

// --- eyes ------------------------------------------------------------------------------------------------------------

Journey::Problem Journey::expect(std::string_view text) {
    const auto until = Steady::now() + expect_limit;
    while (!p_.stopped()) {
        if (says(p_.terminal.tree(), text)) return std::nullopt;
        if (Steady::now() >= until) break;
        if (p_.demo != nullptr) p_.demo->look();
        p_.terminal.turn(p_.clock.since_boot() + 50ms); // sleeps until news come
    }
    return "\"" + std::string(text) + "\" is not said on this screen";
}

Journey::Problem Journey::absent(std::string_view text) {
    if (says(p_.terminal.tree(), text)) return "\"" + std::string(text) + "\" is said on this screen";
    return std::nullopt;
}

Journey::Problem Journey::elapse(std::string_view seconds) {
    int left = 0;
    const auto [end, error] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), left);
    if (error != std::errc{} || end != seconds.data() + seconds.size() || left < 0) return "not a number of seconds";
    // Second by second, as time does: a warning that is due in between is not jumped over.
    for (; left > 0; --left) {
        p_.clock.forward(1s);
        p_.terminal.visit().tick();
    }
    return settle() ? Problem() : Problem("the screen does not settle");
}

Journey::Problem Journey::shot(std::string_view name) {
    if (p_.out.empty()) return "--out DIR says where pictures go";
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return "the name of a picture has letters, digits, - and _ only";
    ++shots_;
    const std::string stem = (shots_ < 10 ? "0" : "") + std::to_string(shots_) + "-" + std::string(name);
    if (!save_png(p_.terminal.shot(), p_.out / (stem + ".png")).ok()) return "the picture cannot be written";
    std::ofstream tree(p_.out / (stem + ".tree.json"), std::ios::binary | std::ios::trunc);
    tree << tree_json(p_.terminal.tree(), p_.px_per_mm);
    tree.close();
    if (!tree) return "the tree cannot be written";
    extra_ = ",\"file\":" + json_text(stem + ".png");
    return std::nullopt;
}

/// As a device would: what happens to the picture then is what happens to any.
Journey::Problem Journey::scan(std::string_view name) {
    if (!p_.show) return "this terminal has no devices";
    if (!p_.terminal.visit().looking()) return "no paper is asked for on this screen";
    const auto until = Steady::now() + expect_limit;
    const auto waits = [&] { return Steady::now() < until && !p_.stopped(); };
    if (const Node* take = find_key(p_.terminal.tree(), "take")) { // the screen waits for the picture from then on
        if (auto problem = touch(*take)) return problem;
        while (!says_one_moment(p_.terminal.picture().screen) && waits())
            p_.terminal.turn(p_.clock.since_boot() + 50ms);
    }
    const std::filesystem::path file = folder_ / std::filesystem::path(name);
    std::ifstream in(file, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in || bytes.empty()) return "the file " + file.string() + " cannot be read";
    const auto as_bytes = std::as_bytes(std::span(bytes));
    p_.show(PictureTaken{DeviceKind::Camera, nullptr, 0,
                         std::make_shared<const PictureFile>(as_bytes.begin(), as_bytes.end())});
    // It has been looked at when the screen says something else.
    const std::uint64_t before = p_.terminal.picture().version;
    while (p_.terminal.picture().version == before && waits())
        p_.terminal.turn(p_.clock.since_boot() + 50ms);
    return settle() ? Problem() : Problem("the screen does not settle");
}

/// The camera sees this picture from now on; "away": it is unplugged. The pictures of its film change by the script, never
/// by time. What is no link of ours (a device file, somebody's picture) is left alone.
Journey::Problem Journey::camera(std::string_view name) {
    namespace fs = std::filesystem;
    std::error_code fault;
    const fs::file_type there = fs::symlink_status(p_.film, fault).type();
    const bool ours = there == fs::file_type::symlink || there == fs::file_type::not_found;
    if (!ours || !p_.film.is_absolute() || p_.film.native().starts_with("/dev/"))
        return "devices.camera must name a file that is not there yet, for this step to put it there";
    if (name == "away") return fs::remove(p_.film, fault) ? Problem() : Problem("no camera is there to take away");
    const fs::path picture = fs::canonical(folder_ / fs::path(name), fault);
    if (fault) return "the file " + (folder_ / fs::path(name)).string() + " cannot be read";
    fs::path next = p_.film;
    next += ".next";
    fs::remove(next, fault);
    fs::create_symlink(picture, next, fault);
    if (!fault) fs::rename(next, p_.film, fault); // at once: never no camera in between
    return fault ? Problem("the camera cannot be given another picture") : Problem();
}

Journey::Problem Journey::central(std::string_view up_or_down) {
    if (p_.demo == nullptr) return "only --demo has a central system to switch";
    if (up_or_down != "up" && up_or_down != "down") return "\"central\" is up or down";
    if (!p_.demo->central(up_or_down == "up")) return "the sandbox could not be started again";
    return std::nullopt;
}

/// Into the sandbox's drop folder: a form, a notice, or an order to move the newest request along. Notices need times:
/// "@hour-ago@" and "@in-an-hour@" are counted from the terminal's own clock.
Journey::Problem Journey::publish(std::string json) {
    if (p_.demo == nullptr) return "only --demo has a sandbox to publish with";
    replace(json, "@hour-ago@", net::fhir_instant(p_.clock.wall_time() - 1h));
    replace(json, "@in-an-hour@", net::fhir_instant(p_.clock.wall_time() + 1h));
    const bool order = json.find("\"Parameters\"") != std::string::npos; // nothing of it comes to the terminal unasked
    const auto until = Steady::now() + expect_limit;
    const auto heard = [this] { return p_.terminal.visit().published_heard(); };
    while (heard() == 0 && !p_.stopped() && Steady::now() < until) { // the first answer, "nothing yet", is not about this
        p_.demo->look();
        p_.terminal.turn(p_.clock.since_boot() + 50ms);
    }
    const std::uint64_t before = heard();
    const std::string name = p_.demo->publish(json);
    if (name.empty()) return "it cannot be put into the sandbox's folder";
    while (!p_.stopped() && Steady::now() < until) {
        const Demo::Fate fate = p_.demo->fate_of(name);
        if (fate == Demo::Fate::Refused) return "the sandbox refused it";
        if (fate == Demo::Fate::Taken && (order || heard() > before)) return std::nullopt;
        p_.demo->look();
        p_.terminal.turn(p_.clock.since_boot() + 50ms); // sleeps until news come
    }
    return "the terminal heard nothing of it";
}

} // namespace kiosk
