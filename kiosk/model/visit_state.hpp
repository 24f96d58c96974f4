// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/model/visit.hpp"

#include "kiosk/model/identity.hpp"
#include "kiosk/model/question_page.hpp"
#include "kiosk/model/text_edit.hpp"

#include <map>
#include <memory_resource>
#include <set>

/// What a visit holds while something goes on in it: a form that is filled in, papers that are shown, the question where
/// a request stands, the work of the staff. Only the files that make up `Visit` see it; all of it is gone with the visit.
namespace kiosk {

/// A sheet as a decoder made a page of it, and the name of its small picture.
struct Visit::Sheet {
    std::shared_ptr<const PagePicture> page;
    std::string picture;
};

/// Sheets put together and named; an answer of the form points to it.
struct Visit::Paper {
    int index = 0;
    std::string kind, kind_words, title;
    std::size_t sheets = 0;
    SharedBytes bytes;
};

/// One form being filled.
struct Visit::Filling {
    OfferedForm form; ///< as it was when it was opened: what is published meanwhile is for the next visit
    forms::Uuid id;   ///< of the request: made when the form is opened, kept to the end
    forms::Draft draft;
    forms::WallTime started;
    std::optional<std::uint64_t> advised_at; ///< the draft's revision when the person was asked to look once more
    /// What was typed to search a list and is no answer yet, by the key of its field.
    std::pmr::map<std::string, std::pmr::string> searches;
    std::string language;           ///< of the form's texts
    std::set<forms::Path> passed{}; ///< pages the person has been through
    std::unique_ptr<QuestionPage> page{};
    std::map<forms::Path, bool> folds{}; ///< what a person has folded or unfolded: group → folded
    bool changing = false;               ///< came from "check your answers" and goes back there
    bool in_rows = false;                ///< came from the list of a repeating group and goes back there
    std::vector<forms::Issue> issues{};  ///< what kept it from being sent
    std::optional<VisitPorts::Frozen> frozen{};
    bool kept = false;
    std::vector<forms::FormulaTrouble> troubles{}; ///< that were told
    std::optional<std::uint64_t> shape{};          ///< of the draft when `pages` were made
    std::vector<forms::Page> pages{};              ///< as long as the shape stays
    std::size_t expected = 0;                      ///< pages there will be, about
    std::vector<Paper> papers{};
    int papers_made = 0; ///< also those that were taken away again: numbers are not used twice
    std::optional<forms::Page> wanted_paper{};     ///< where a paper was to be added while the sender is being asked
    enum class Room { There, Gone, GoneWithBegun }; ///< the last: sheets had been taken and cannot be added
    Room paper_room = Room::There;                 ///< said by the sender; holds for this form
    bool identity_offered = false;                 ///< asked once a form whether a document is at hand
};

/// Papers shown in this visit, from the device to the answers.
struct Visit::Reading {
    explicit Reading(std::pmr::memory_resource* memory)
        : of_visit(memory), day(memory, {2, false, Allowed::Digits}), month(memory, {2, false, Allowed::Digits}),
          year(memory, {4, false, Allowed::Digits}) {}
    [[nodiscard]] Identity& identity() { return identities.try_emplace(whose, of_visit).first->second; }

    std::pmr::memory_resource* of_visit;
    CaptureFor what = CaptureFor::Identity;
    std::map<forms::Whose, Identity> identities{}; ///< what names one of them is never offered for the other
    forms::Whose whose = forms::Whose::Person;
    std::optional<forms::Page> from, then; ///< where "back" leads, and where it goes on
    DeviceKind device = DeviceKind::Camera;
    std::set<DeviceKind> given_up; ///< three tries were not enough
    std::uint64_t watch = 0;       ///< 0: nobody looks
    int tries = 0;
    bool busy = false;
    bool ordered = false;                 ///< a picture was asked for and has not come yet
    std::optional<unsigned> tenths;       ///< of the sheet that the scanner has now
    std::optional<Text> problem;
    std::optional<PageTrouble> hint; ///< what would make the camera's picture better
    forms::BootTime tried_at{};      ///< a camera that finds nothing for a while has tried once
    std::vector<Identity::Row> rows;
    bool differ = false;      ///< something of `rows` was open when they were shown
    bool must_choose = false; ///< "continue" was touched before all was chosen

    // Of a paper that is put together for a question.
    std::optional<forms::Path> question;
    std::vector<Sheet> sheets;
    std::optional<std::size_t> retaken; ///< the next sheet takes the place of this one
    std::optional<std::size_t> kind;    ///< of `paper_kinds`
    TextEdit day, month, year;          ///< of its expiry, as typed
    std::optional<Text> wrong_facts;
};

/// Somebody asks where a request stands.
struct Visit::Asking {
    TextEdit number, code;
    std::uint64_t wanted = 0;
    bool number_missing = false, code_missing = false;
    std::optional<RequestStatusTold> answer{};
    forms::BootTime first_asked_at{}, asked_at{};
    int asked_again = 0;
};

/// What the staff's side knows beside the form that is open.
/// Key of the screen that asks which document was seen, and of its row among the answers.
inline constexpr std::string_view identity_row = "desk.identity";

struct Visit::DeskState {
    explicit DeskState(std::pmr::memory_resource* memory)
        : staff(memory, {32, false, Allowed::Anything}), pin(memory, {pin_digits, false, Allowed::Digits}) {}
    static constexpr std::size_t pin_digits = 6;
    TextEdit staff, pin;
    bool asking = false;    ///< the sender has been asked and not answered
    bool signed_in = false;
    std::string problem;    ///< over the fields; over the list also what went well
    std::vector<DeskRow> rows;
    std::string number;     ///< of the open request
    bool may_revise = false;
    std::vector<DeskObjection> objections;
    std::string identity_before;               ///< of the open request: code that was stated at an earlier correction
    std::optional<std::size_t> identity_seen;  ///< of `identity_kinds`; stated in this opening
    forms::BootTime listed_at{}, heard_at{};
};

} // namespace kiosk
