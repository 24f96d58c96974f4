// SPDX-License-Identifier: EUPL-1.2
// What a terminal's configuration means for a visit, and what is handed in to it.
#pragma once
#include "forms/base/clock.hpp"
#include "forms/base/uuid.hpp"
#include "forms/engine/complete.hpp"
#include "kiosk/model/orders.hpp"
#include "kiosk/model/screens.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// A form that this terminal offers.
struct OfferedForm {
    std::string key; ///< stable: name of its folder
    std::shared_ptr<const forms::Definition> definition;
};

struct VisitSettings {
    std::vector<std::string> languages = {"it", "fr", "en", "ar"}; ///< in the order of the attract screen
    std::string default_language = "it";
    TextSize text_size = TextSize::Medium;
    Theme theme = Theme::Medium;
    // EN 301 549 clause 9.2.2.1; the ranges stand in the configuration table.
    std::chrono::milliseconds idle_warning{180'000};
    std::chrono::milliseconds idle_countdown{45'000};
    std::chrono::milliseconds receipt{60'000};
    std::chrono::milliseconds neutral{3'000};     ///< how long the neutral screen stays
    std::chrono::milliseconds saving_slow{3'000}; ///< then the screen says that it takes longer
    std::chrono::milliseconds saving_gives_up{30'000};
    std::chrono::milliseconds readiness_waits{5'000};
    std::chrono::milliseconds asks_again{15'000}; ///< while out of service
    std::string number_prefix = "A";              ///< of this terminal's receipt numbers

    std::shared_ptr<const forms::KnownPerson> preview_person; ///< as if a document had been read; null: none
    bool preview = false; ///< a form's author is looking: marked on every screen, opened at once, nothing is sent

    bool desk = false; ///< the staff's side: signing in, and requests that need a person

    std::string office; ///< "Punto unico di accesso"
    std::string body;   ///< "Comune di …", who answers for the data
    std::string address, opening_hours, phone;
    std::string privacy_notice; ///< address of the full notice, for the QR code; empty: none
};

/// One line found in a list that the host serves.
struct SearchHit {
    std::string system, code; ///< of the coding that is stored
    std::string text;         ///< shown in the list
    std::string detail;       ///< what tells it apart: province, "until 1927"
    std::string display;      ///< stored with the code, and shown once it is chosen: "Padova (PD)"
};

/// A paper that a person has attached: what it is, and its bytes.
struct AttachedPaper {
    int index = 0; ///< `AttachmentRef::index` of the answer
    std::string content_type, title, kind, kind_display;
    SharedBytes bytes;
};

/// What is known about a request beside its answers.
struct RequestRecord {
    forms::Uuid id;
    std::string language; ///< of the form's texts as shown
    forms::WallTime started{}, finished{};
    std::vector<AttachedPaper> papers{};
    std::string identity_document{}; ///< code of `identity_kinds` that staff have just seen; empty: none is stated
};

/// Everything a visit needs from outside. No thread, no file, no socket behind any of it: these answer at once.
struct VisitPorts {
    const forms::Clock* clock = nullptr;
    std::pmr::memory_resource* memory = nullptr; ///< locked and zeroing; outlives the visit
    std::function<forms::Uuid()> new_id;
    /// Entries of the list `value_set` that fit what was typed, best first.
    std::function<std::vector<SearchHit>(std::string_view value_set, std::string_view typed, std::string_view language,
                                         std::size_t most)>
        search;
    /// A complete form as what is sealed; none when it would be larger than a request may be.
    struct Frozen {
        Frozen(FrozenBytes form) : bytes(std::move(form)) {} // NOLINT(google-explicit-constructor): most have no papers
        FrozenBytes bytes;
        std::vector<SharedBytes> files; ///< those that the answers point to, in their order
    };
    std::function<std::optional<Frozen>(const forms::Draft&, const forms::FilledForm&, const RequestRecord&)>
        freeze;
    /// What was frozen, as a draft again; none when its form is not among `offered`, byte for byte. The desk only.
    struct ReadBack {
        std::size_t form = 0; ///< of those offered
        forms::Draft draft;
        std::string language;
        std::string identity_document{}; ///< stated at an earlier correction; empty: none was
    };
    std::function<std::optional<ReadBack>(std::string_view frozen, const std::vector<OfferedForm>& offered,
                                          const forms::Setting& setting)>
        read_back;
};

} // namespace kiosk
