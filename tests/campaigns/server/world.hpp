// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/campaigns/server/scripts.hpp"
#include "tests/campaigns/server/terminal.hpp"

#include <chrono>
#include <cstddef>

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

/// Runs `requests` through the program's own outbox on a real disk, its courier, its HTTPS client and its FHIR reading,
/// against one server that follows the script. Only time is not real: it is turned by hand on both sides.
[[nodiscard]] Outcome run(const Script& script, OwnIds own_ids, const Faces& faces, std::size_t requests,
                          const Plant& plant = {});

} // namespace campaign
