// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "kiosk/app/measure.hpp"
#include "kiosk/model/mailbox.hpp"
#include "kiosk/model/visit.hpp"
#include "kiosk/platform/display.hpp"
#include "kiosk/platform/frame.hpp"
#include "kiosk/platform/input_queue.hpp"
#include "kiosk/text/text_engine.hpp"
#include "kiosk/views/stage.hpp"
#include "net/runtime/event_log.hpp"

#include <cstdint>
#include <functional>
#include <optional>

namespace kiosk {

/// The loop of the program, one turn at a time: wait, news, time, picture, frame, intents, focus. Draws when something
/// changed and sleeps otherwise; touches neither disk nor network.
/// Thread: screen.
class Terminal {
public:
    struct Parts {
        Display& display;
        InputQueue& input;
        FrameDriver& frames;
        TextEngine& engine;
        Stage& stage;
        Visit& visit;
        Mailbox<News>& news;
        std::function<void(Order)> post; ///< to the sender; nowhere in a preview
        const forms::Clock& clock;
        net::EventLog& log;
        Measure* measure = nullptr; ///< none: nothing is measured
    };
    explicit Terminal(const Parts& parts) : p_(parts) {}

    /// Sleeps until there is something to do, at most until `until`; then does it. At most one frame.
    void turn(std::optional<forms::BootTime> until);
    /// Nothing waits to be drawn, and what is drawn is what there is.
    [[nodiscard]] bool settled();

    [[nodiscard]] const ScreenTree& tree() const { return p_.stage.tree(); }
    [[nodiscard]] const Picture& picture() { return p_.visit.picture(); }
    [[nodiscard]] Visit& visit() { return p_.visit; }
    [[nodiscard]] Stage& stage() { return p_.stage; }
    /// Of what the screen shows now.
    [[nodiscard]] Picture24 shot();
    void push(InputEvent event);
    [[nodiscard]] PixelSize size() const { return p_.display.size(); }
    [[nodiscard]] std::uint64_t frames_drawn() const { return frames_drawn_; }

private:
    void hear();
    void show_pictures(const CaptureNews& news);
    void post();
    void frame(const FrameInput& input);
    void apply(Intents& intents);
    void wipe_if_due();
    void log_troubles();
    [[nodiscard]] ImU32 background_colour();

    Parts p_;
    std::uint64_t drawn_version_ = 0;
    std::uint64_t wipes_seen_ = 0;
    std::uint64_t visits_seen_ = 0;
    std::uint64_t frames_drawn_ = 0;
};

} // namespace kiosk
