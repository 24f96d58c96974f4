// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "forms/base/result.hpp"
#include "kiosk/app/child_process.hpp"
#include "kiosk/app/fd_watch.hpp"
#include "net/runtime/event_log.hpp"

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

/// What a demo lacks, for the person who started it.
struct DemoFault {
    std::string words;
};

/// Under --demo this program starts the other two itself: a sandbox central system and the sender that delivers to it,
/// with their state in one folder. A sender that dies is started again, five times in ten minutes at most; after that
/// the screen says "out of service" like in an office.
/// Thread: screen. They end with this thread at the latest (PR_SET_PDEATHSIG).
class Demo {
public:
    struct Setting {
        std::filesystem::path programs;            ///< folder of sportello-sandbox and sportello-sender
        std::filesystem::path state;               ///< made if missing, mode 0700
        std::vector<std::filesystem::path> config; ///< files given on the command line
        std::function<void()> wake;                ///< the screen should look: somebody ended. Any thread
        const forms::Clock* clock = nullptr;
        net::EventLog* log = nullptr;
    };
    /// Blocks until both are ready, a minute each at most.
    [[nodiscard]] static forms::Result<std::unique_ptr<Demo>, DemoFault> start(Setting setting);
    ~Demo(); ///< the sender first, so that it ends its work with a central system that still answers
    Demo(const Demo&) = delete;
    Demo& operator=(const Demo&) = delete;

    [[nodiscard]] const std::filesystem::path& socket() const { return socket_; }
    [[nodiscard]] const std::string& page() const { return page_; } ///< address of the sandbox's page

    /// Whose signature counts in this demo: the sandbox's own.
    [[nodiscard]] const std::string& publisher() const { return publisher_; }
    /// Puts it into the sandbox's drop folder; the name it has there, empty when that could not be done.
    [[nodiscard]] std::string publish(std::string_view json);
    enum class Fate { Waiting, Taken, Refused };
    [[nodiscard]] Fate fate_of(const std::string& published) const;

    /// Starts again what died. Cheap when nothing did.
    void look();
    /// {"central":"down"} and "up": the sandbox's process is stopped, and started on the same port and state.
    [[nodiscard]] bool central(bool up);
    /// For journeys about trouble: ends the sender at once, as a crash would.
    [[nodiscard]] int sender_id() const { return sender_ ? sender_->id() : -1; }

private:
    explicit Demo(Setting setting) : setting_(std::move(setting)) {}
    [[nodiscard]] std::optional<DemoFault> start_sandbox();
    [[nodiscard]] std::optional<DemoFault> write_config() const;
    [[nodiscard]] std::optional<DemoFault> start_sender();

    Setting setting_;
    std::filesystem::path socket_, config_file_;
    std::string base_, page_, ca_, publisher_;
    std::filesystem::path drop_folder_;
    int published_ = 0;
    int port_ = 0;
    bool central_up_ = true;
    std::deque<forms::BootTime> restarts_;
    std::unique_ptr<ChildProcess> sandbox_, sender_;
    std::unique_ptr<FdWatch> watch_; ///< of the sender; before it in destruction
};

} // namespace kiosk
