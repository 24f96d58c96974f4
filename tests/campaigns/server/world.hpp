// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/central/central_system.hpp"
#include "net/runtime/random.hpp"
#include "tests/campaigns/server/scripts.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>

namespace campaign {

/// How one script ended.
struct Outcome {
    std::size_t kept = 0, on_server = 0, acknowledged = 0;
    std::size_t lost = 0;    ///< acknowledged, and not there; or neither acknowledged nor at the desk nor waiting
    std::size_t doubled = 0; ///< there more than once
    std::size_t waiting = 0; ///< not done when patience was over
    std::size_t desk = 0;    ///< sent to the desk, and let go again by staff
    std::size_t mishandled = 0, transactions = 0, questions = 0;
    std::size_t by_own_ids = 0; ///< of the transactions: those under ids of ours
    std::chrono::milliseconds virtual_time{};

    [[nodiscard]] bool fine(const Script& script) const {
        return lost == 0 && doubled == 0 && waiting == 0 && on_server == kept && acknowledged == kept &&
               desk == (script.desk ? kept : 0);
    }
};

/// What is planted on the terminal's side, to see whether the campaign notices.
using Plant = std::function<std::unique_ptr<net::CentralSystem>(std::unique_ptr<net::CentralSystem>)>;

/// The same numbers in every run.
struct CountedChance final : net::Chance {
    forms::Uuid uuid() override;
    std::uint32_t below(std::uint32_t limit) override;
    std::mt19937 numbers{20261122};
    int made = 0;
};

/// Runs `requests` through the program's own outbox on a real disk, its courier, its HTTPS client and its FHIR reading,
/// against one server that follows the script. Only time is not real: it is turned by hand on both sides.
[[nodiscard]] Outcome run(const Script& script, OwnIds own_ids, const Faces& faces, std::size_t requests,
                          const Plant& plant = {});

} // namespace campaign
