// SPDX-License-Identifier: EUPL-1.2
// What is done after an answer: the right-hand column of the threat model's table (§7). Pure, so that the table can be
// tested row by row and searched for a way to lose or double a request.
#pragma once
#include "net/central/central_system.hpp"
#include "net/outbox/outbox.hpp"
#include "net/outbox/pauses.hpp"

#include <optional>

namespace net {

inline constexpr std::uint32_t most_conflicts = 5;
inline constexpr std::uint32_t most_different_failures = 10;

/// What becomes of one request.
struct Decision {
    News news = News::NoAnswer;
    NewsFacts facts;
};

/// After a delivery that was no proof. `row` as it stands while it is being sent.
[[nodiscard]] Decision after_delivery(const OutboxRow& row, const CentralError& error, forms::BootTime now,
                                      const Pauses& pauses, Chance& chance);

/// After a look-up that was answered. `said`: what stood at the place of a 202, when it was no proof.
[[nodiscard]] Decision after_look_up(const OutboxRow& row, const Presence& presence,
                                     const std::optional<CentralError>& said, forms::BootTime now, const Pauses& pauses,
                                     Chance& chance);

/// What the place of a 202 has to say when it says no proof. While the central system may still be at work only a
/// look-up that finds everything counts: one that finds nothing says nothing yet.
enum class PlaceSays {
    NotNow,  ///< still at work, or no answer: it is asked again
    Outcome, ///< the work is over, and this is how it ended: looked up at once
    Nothing, ///< there is no such place, or nothing readable stands there: as if there had never been an answer
};
[[nodiscard]] PlaceSays place_says(const CentralError& error);
/// The place says nothing: forgotten, and the request looked up once nothing can be at work any more.
[[nodiscard]] Decision after_lost_place(const CentralError& error, forms::BootTime now, const Pauses& pauses);

/// Back to kept, but it has failed in too many different ways to be tried again without a person.
[[nodiscard]] std::optional<Decision> enough_of(const OutboxRow& row);

/// Why the whole line waits, and how long.
struct LineStop {
    Sending state = Sending::Working;
    Pauses::Duration pause{};
};
/// Nothing: it concerns this request alone. `failures`: how often the line has failed since it last worked, counting
/// from 1; `renewed`: the credentials were read anew since then, so a refusal of them stops the line.
[[nodiscard]] std::optional<LineStop> line_stop(const CentralError& error, std::uint32_t failures, bool renewed,
                                                const Pauses& pauses, Chance& chance);

} // namespace net
