// SPDX-License-Identifier: EUPL-1.2
// Papers that are shown: the ways, what a device sees, what a paper says, sheets that are put together.
#include "samples_maker.hpp"

#include "kiosk/model/paper_kinds.hpp"

namespace samples {

void Maker::ways() {
    WaysScreen identity;
    identity.key = "ways.identity";
    identity.title = w(Text::ways_title);
    identity.text = w(Text::ways_text);
    identity.ways = {{"way.camera", w(Text::way_camera), w(Text::way_camera_detail)},
                     {"way.code", w(Text::way_code), w(Text::way_code_detail)},
                     {"way.card", w(Text::way_card), w(Text::way_card_detail)},
                     {"way.none", w(Text::way_none), w(Text::way_none_detail)},
                     {"way.type", w(Text::way_type), w(Text::way_type_detail)}};
    identity.back = w(Text::back);
    add("ways-identity", identity);
    identity.problem = w(Text::ways_not_read);
    identity.ways.erase(identity.ways.begin());
    add("ways-not-read", identity);

    WaysScreen paper;
    paper.key = "ways.paper";
    paper.title = w(Text::ways_paper_title);
    paper.text = w(Text::ways_paper_text);
    paper.ways = {{"way.camera", w(Text::way_paper_camera), w(Text::way_paper_camera_detail)},
                  {"way.scanner", w(Text::way_paper_scanner), w(Text::way_paper_scanner_detail)},
                  {"way.none", w(Text::way_paper_none), w(Text::way_paper_none_detail)}};
    paper.back = w(Text::back);
    add("ways-paper", paper);
}

void Maker::looks() {
    LookScreen look;
    look.key = "look.identity";
    look.title = w(Text::look_camera_title);
    look.text = w(Text::look_camera_text);
    look.status = w(Text::look_too_dark);
    look.back = w(Text::look_other_way);
    add("look-camera", look);

    LookScreen sheet = look;
    sheet.key = "look.paper";
    sheet.title = w(Text::look_sheet_title);
    sheet.text = w(Text::look_sheet_text);
    sheet.status = w(Text::look_blurred);
    sheet.take = w(Text::look_photograph);
    sheet.back = w(Text::back);
    add("look-sheet", sheet);

    LookScreen scanner = sheet;
    scanner.sign = LookScreen::Sign::Scanner;
    scanner.title = w(Text::look_scanner_title);
    scanner.text = w(Text::look_scanner_text);
    scanner.take = w(Text::look_scan);
    scanner.status = w(Text::scan_jammed);
    scanner.problem = true;
    add("look-scanner-jammed", scanner);
    scanner.problem = false;
    scanner.busy = true;
    scanner.status = words_.get(Text::scan_progress, {{"percent", "40"}});
    scanner.back = w(Text::scan_stop);
    add("look-scanner-busy", scanner);
}

void Maker::proposals() {
    ProposalScreen proposal;
    proposal.title = w(Text::proposal_title);
    proposal.text = w(Text::proposal_text);
    proposal.language = language_ == "fr" ? "fr" : "it";
    proposal.back = w(Text::back);
    proposal.next = w(Text::next);
    proposal.rows = {{"proposed.0",
                      s({"Qual è il cognome?", "Quel est le nom de famille ?"}),
                      {{"proposed.0.0", "ROSSI", w(Text::source_zone), true},
                       {"proposed.0.1", w(Text::proposal_leave), {}, false}}}};
    add("proposal", proposal);
    // Two papers differ: nothing is chosen beforehand, and going on without choosing says so.
    proposal.text = w(Text::proposal_differ);
    proposal.rows.front().ways = {{"proposed.0.0", "Rossi", w(Text::source_typed), false},
                                  {"proposed.0.1", "ROSSI BIANCHI", w(Text::source_chip), false},
                                  {"proposed.0.2", "BIANCHI", w(Text::source_zone), false}};
    proposal.error_title = w(Text::question_problem);
    proposal.errors = {
        {"proposed.0.0", words_.get(Text::proposal_choose, {{"question", proposal.rows.front().question}})}};
    add("proposal-differ", proposal);
}

void Maker::sheets() {
    QuestionScreen review;
    review.key = "paper.sheets";
    review.language = language_;
    review.direction = words_.direction();
    review.done = -1;
    review.heading = w(Text::sheets_title);
    review.hint = w(Text::sheets_text);
    review.hint_is_ours = true;
    RepeatControl pages;
    for (int i = 0; i < 3; ++i) {
        RepeatControl::Row row;
        row.key = "row." + std::to_string(i);
        row.text = words_.get(Text::sheets_row, {{"number", std::to_string(i + 1)}});
        if (i == 1) row.text += " · " + w(Text::sheet_blurred);
        row.change = w(Text::sheets_again);
        row.remove = w(Text::repeat_remove);
        if (i > 0) row.up = w(Text::repeat_up);
        pages.rows.push_back(std::move(row));
    }
    pages.add = w(Text::sheets_add);
    pages.can_add = true;
    review.control = std::move(pages);
    review.back = w(Text::back);
    review.next = w(Text::next);
    add("paper-sheets", review);

    QuestionScreen facts;
    facts.key = "paper";
    facts.language = language_;
    facts.direction = words_.direction();
    facts.done = -1;
    facts.heading = w(Text::facts_title);
    ChoiceControl kinds;
    for (std::size_t i = 0; i < paper_kinds.size(); ++i)
        kinds.options.push_back({"option." + std::to_string(i), w(paper_kinds[i].words), i == 0});
    facts.control = std::move(kinds);
    AskedPart expiry;
    expiry.key = "paper.expiry";
    expiry.stem = "paper.expiry.";
    expiry.label = w(Text::facts_expiry);
    expiry.optional_mark = w(Text::question_optional);
    DateControl date;
    date.parts = {{"paper.expiry.day", w(Text::date_day), typed("31"), 2},
                  {"paper.expiry.month", w(Text::date_month), typed("12"), 2},
                  {"paper.expiry.year", w(Text::date_year), typed(""), 4}};
    expiry.control = std::move(date);
    facts.parts.push_back(std::move(expiry));
    facts.back = w(Text::back);
    facts.next = w(Text::facts_attach);
    add("paper-facts", facts);
}

std::vector<Sample> Maker::make_papers() {
    ways();
    looks();
    proposals();
    sheets();
    return std::move(samples_);
}

std::vector<Sample> of_papers(std::string_view language) { return Maker(language).make_papers(); }

} // namespace samples
