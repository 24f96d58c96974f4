// SPDX-License-Identifier: EUPL-1.2
// One terminal's state folder with the real outbox, keys and courier on it, a clock turned by hand and the central
// system of the ledger: what a sender is, without its threads and sockets, so that a whole life takes milliseconds.
#pragma once
#include "net/outbox/courier.hpp"
#include "net/outbox/disk_outbox.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/seal/key_ring.hpp"
#include "tests/campaigns/disk/ledger.hpp"
#include "tests/doubles/hand_clock.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <string>

namespace tests::disk {

class Terminal {
public:
    /// `seed`: ids, sizes and jitter follow from it.
    Terminal(std::filesystem::path folder, Ledger& ledger, unsigned seed);

    std::int64_t reserve = 1 << 14;
    std::deque<PlainCentral::Answer>& answers() { return central_.answers; }
    tests::HandClock clock;

    /// Outbox, then keys, as the sender does. False: it does not start.
    bool start();
    /// In order, as at a service stop.
    void stop();
    [[nodiscard]] bool running() const { return box_ && keys_; }
    net::DiskOutbox& box() { return *box_; }
    net::KeyRing& keys() { return *keys_; }

    /// A person presses "Invia". Nothing when it was not kept.
    std::optional<forms::Uuid> keep(std::uint32_t scans = 0, std::size_t scan_size = 3000);
    /// The same request again, as the interface asks again when it had no answer.
    bool keep_again(const forms::Uuid& id, std::size_t scan_size = 3000);
    /// The courier works until nothing is due within `longest` of the clock, which is turned on from due time to due
    /// time; at most `steps`.
    void deliver(std::chrono::hours longest = std::chrono::hours(2), int steps = 5000);
    /// Staff: correct it, and let it go again.
    bool repair(const forms::Uuid& id);
    bool erase(const forms::Uuid& id);
    /// What was sealed for `id`, if it can be opened and says what was put in.
    [[nodiscard]] bool whole(const forms::Uuid& id);

    [[nodiscard]] Ledger& ledger() { return ledger_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
    void tell_record();
    [[nodiscard]] net::SealedRequest sealed(const forms::Uuid& id, std::uint32_t scans, std::size_t scan_size) const;
    [[nodiscard]] forms::Result<net::OpenedRequest, net::Reason> open(const net::SealedRequest& sealed);

    struct Dice final : net::Chance {
        std::mt19937 engine;
        forms::Uuid uuid() override;
        std::uint32_t below(std::uint32_t limit) override {
            return limit == 0 ? 0 : static_cast<std::uint32_t>(engine() % limit);
        }
    };

    std::filesystem::path folder_;
    Ledger& ledger_;
    Dice dice_;
    net::EventLog log_;
    std::optional<net::KeyRing> keys_;
    std::unique_ptr<net::DiskOutbox> box_;
    PlainCentral central_;
    std::unique_ptr<net::Courier> courier_;
};

/// What is wrong with the state that a terminal finds after something happened to it. Starts it, looks at everything,
/// asks again for what had no answer, delivers everything, and looks again. Empty: nothing is.
struct Verdict {
    std::uint32_t lost = 0;            ///< a number was shown, and it is not there, or cannot be opened
    std::uint32_t doubled = 0;         ///< the central system was given it twice, or two receipts bear one number
    std::uint32_t stuck = 0;           ///< there, and not delivered in the end
    std::uint32_t corrupt = 0;         ///< the file was set aside, or the terminal does not start
    std::chrono::microseconds start{}; ///< until it is usable
    [[nodiscard]] bool fine() const { return lost == 0 && doubled == 0 && stuck == 0 && corrupt == 0; }
    Verdict& operator+=(const Verdict& other);
};
/// `damaged`: the test damaged a file, so that one may be set aside and what was in it may be gone from service.
[[nodiscard]] Verdict judge(Terminal& terminal, bool damaged = false);

} // namespace tests::disk
