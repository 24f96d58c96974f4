// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/model/orders.hpp"
#include "kiosk/model/visit.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tests {

/// A sender that lives in the test: it keeps what it is asked to keep, each id once, and answers when told to.
/// Behaves as kiosk::Link with sportello-sender behind it, without thread or socket.
class MemoryLink {
public:
    bool ready = true;
    kiosk::StaffCode code = "R1";
    std::uint64_t room = std::uint64_t{1} << 40;  ///< bytes that it says it has
    bool silent = false;                          ///< nobody answers at all
    std::optional<kiosk::StaffCode> refuses_with; ///< to every request to keep

    /// Takes the orders of the visit and answers what a living sender would answer at once.
    void work(kiosk::Visit& visit) {
        for (kiosk::Order& order : visit.take_orders()) {
            if (std::holds_alternative<kiosk::AskReadiness>(order)) ++asked;
            if (std::holds_alternative<kiosk::ForgetVisit>(order)) ++forgotten;
            if (const auto* capture = std::get_if<kiosk::CaptureOrder>(&order)) {
                const auto* start = std::get_if<kiosk::StartCapture>(capture);
                if (start != nullptr) watch = start->watch;
                if (const auto* make = std::get_if<kiosk::MakePaper>(capture)) watch = make->watch;
                if (std::holds_alternative<kiosk::StopCapture>(*capture)) watch = 0;
            }
            if (std::holds_alternative<kiosk::ForgetVisit>(order)) watch = 0;
            const auto* keep = std::get_if<kiosk::KeepRequest>(&order);
            if (keep != nullptr) sent.push_back({keep->id, std::string(keep->frozen)});
            if (silent) continue;
            if (const auto* ask = std::get_if<kiosk::AskReadiness>(&order)) {
                const bool there = ready && ask->room <= room;
                visit.hear(kiosk::ReadinessTold{there, there ? kiosk::StaffCode() : code, ask->room});
            }
            if (keep == nullptr) continue;
            if (refuses_with) {
                visit.hear(kiosk::RequestNotKept{keep->id, *refuses_with});
                continue;
            }
            if (!rows.contains(keep->id)) {
                const std::uint64_t number = rows.size() + 1;
                rows[keep->id] = number;
            }
            last = keep->id;
            visit.hear(kiosk::RequestKept{keep->id, rows[keep->id]});
        }
    }
    void acknowledge(kiosk::Visit& visit, const std::string& reference) {
        if (last) visit.hear(kiosk::RequestAcknowledged{*last, reference});
    }

    struct Sent {
        forms::Uuid id;
        std::string bytes;
    };
    std::vector<Sent> sent;                    ///< every request to keep, in order
    std::map<forms::Uuid, std::uint64_t> rows; ///< what lies in the outbox
    std::optional<forms::Uuid> last;
    int asked = 0, forgotten = 0;
    std::uint64_t watch = 0; ///< that the devices work for now; 0: none
};

} // namespace tests
