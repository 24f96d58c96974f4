// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/central/access/channel.hpp"
#include "net/central/central_system.hpp"
#include "net/outbox/courier.hpp"
#include "net/outbox/disk_outbox.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/runtime/random.hpp"
#include "net/seal/key_ring.hpp"
#include "tests/campaigns/server/faces.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/shared_clock.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <random>
#include <string_view>
#include <vector>

namespace campaign {

/// What is planted on the terminal's side, to see whether the campaign notices.
using Plant = std::function<std::unique_ptr<net::CentralSystem>(std::unique_ptr<net::CentralSystem>)>;

/// The same numbers in every run.
struct CountedChance final : net::Chance {
    forms::Uuid uuid() override;
    std::uint32_t below(std::uint32_t limit) override;
    std::mt19937 numbers{20261122};
    int made = 0;
};

/// The program's own outbox on a real disk, courier, HTTPS client and FHIR reading, on one thread, before the server at
/// `port` of this machine. Only the clock is not real: it is turned by hand on both sides.
class Terminal {
public:
    /// `faces` and `clock` outlive it.
    Terminal(const Faces& faces, int port, tests::SharedClock& clock, const net::Pauses& pauses,
             const Plant& plant = {});

    /// Sealed, and on the disk. `files` are the submission's attachments in clear.
    void keep(const net::Submission& submission, const std::vector<std::string_view>& files);
    /// One step, and then the time until the next. False: nothing is left to do by itself.
    bool step();
    /// Staff let go again what stands at the desk. How many.
    std::size_t release();
    /// As after a stop and a start of the program: everything is read from the disk again.
    void restart();

    net::LockedMemory memory; ///< of submissions that are handed in
    std::unique_ptr<net::DiskOutbox> outbox;
    std::vector<forms::Uuid> ids; ///< in the order of keeping
    std::function<void(const net::OutboxRow&)> acknowledged = [](const net::OutboxRow&) {};

private:
    void start();

    tests::SharedClock& clock_;
    net::Pauses pauses_;
    Plant plant_;
    tests::Folder folder_;
    net::KeyRing keys_;
    net::ChannelSettings channel_;
    net::ClockFloor floor_;
    CountedChance chance_;
    net::EventLog log_{"campaign", clock_, [](std::string_view) {}};
    std::unique_ptr<net::CentralSystem> central_;
    std::unique_ptr<net::Courier> courier_;
};

} // namespace campaign
