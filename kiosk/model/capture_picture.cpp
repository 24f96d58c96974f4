// SPDX-License-Identifier: EUPL-1.2
// What the screens say on which papers are shown: the ways there are, what a device sees, what a paper says.
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/visit_state.hpp"

namespace kiosk {
namespace {

struct Invitation {
    Text title, text;
    LookScreen::Sign sign;
};

Invitation invitation_of(DeviceKind device) {
    using Sign = LookScreen::Sign;
    switch (device) {
    case DeviceKind::CodeReader:
        return {Text::look_code_title, Text::look_code_text, Sign::BarCode};
    case DeviceKind::CardReader:
        return {Text::look_card_title, Text::look_card_text, Sign::Card};
    case DeviceKind::PageScanner:
    case DeviceKind::Camera:
        break;
    }
    return {Text::look_camera_title, Text::look_camera_text, Sign::Camera};
}

Invitation invitation_for_paper(DeviceKind device) {
    if (device == DeviceKind::PageScanner)
        return {Text::look_scanner_title, Text::look_scanner_text, LookScreen::Sign::Scanner};
    return {Text::look_sheet_title, Text::look_sheet_text, LookScreen::Sign::Camera};
}

Text hint_words(PageTrouble hint) {
    switch (hint) { // no default: the compiler names the one we forgot
    case PageTrouble::NoPage:
        return Text::look_no_page;
    case PageTrouble::TooDark:
        return Text::look_too_dark;
    case PageTrouble::Glare:
        return Text::look_glare;
    case PageTrouble::Blurred:
        return Text::look_blurred;
    case PageTrouble::TooFar:
        return Text::look_too_far;
    case PageTrouble::CutOff:
        return Text::look_cut_off;
    }
    return Text::look_ready;
}

Text source_words(forms::Origin::Source source) {
    switch (source) {
    case forms::Origin::Source::BarCode:
        return Text::source_bar_code;
    case forms::Origin::Source::ReadableZone:
        return Text::source_zone;
    case forms::Origin::Source::CardChip:
        return Text::source_chip;
    case forms::Origin::Source::Person:
        break;
    }
    return Text::source_typed;
}

} // namespace

WaysScreen Visit::ways_screen() const {
    WaysScreen screen;
    if (reading_->what == CaptureFor::Paper) return ways_of_paper_screen();
    screen.key = "ways.identity";
    screen.title = said(Text::ways_title);
    screen.text = said(Text::ways_text);
    if (reading_->problem) screen.problem = said(*reading_->problem);
    const auto offer = [&](DeviceKind device, const char* key, Text text, Text detail) {
        if (is_there(device) && !reading_->given_up.contains(device))
            screen.ways.push_back({key, said(text), said(detail)});
    };
    offer(DeviceKind::Camera, "way.camera", Text::way_camera, Text::way_camera_detail);
    offer(DeviceKind::CodeReader, "way.code", Text::way_code, Text::way_code_detail);
    offer(DeviceKind::CardReader, "way.card", Text::way_card, Text::way_card_detail);
    screen.ways.push_back({"way.none", said(Text::way_none), said(Text::way_none_detail)});
    screen.ways.push_back({"way.type", said(Text::way_type), said(Text::way_type_detail)});
    screen.back = said(Text::back);
    return screen;
}

WaysScreen Visit::ways_of_paper_screen() const {
    WaysScreen screen;
    screen.key = "ways.paper";
    screen.title = said(Text::ways_paper_title);
    screen.text = said(Text::ways_paper_text);
    if (reading_->problem) screen.problem = said(*reading_->problem);
    const auto offer = [&](DeviceKind device, const char* key, Text text, Text detail) {
        if (is_there(device) && !reading_->given_up.contains(device))
            screen.ways.push_back({key, said(text), said(detail)});
    };
    offer(DeviceKind::Camera, "way.camera", Text::way_paper_camera, Text::way_paper_camera_detail);
    offer(DeviceKind::PageScanner, "way.scanner", Text::way_paper_scanner, Text::way_paper_scanner_detail);
    screen.ways.push_back({"way.none", said(Text::way_paper_none), said(Text::way_paper_none_detail)});
    screen.back = said(Text::back);
    return screen;
}

Text Visit::sheet_words(PageTrouble trouble) {
    switch (trouble) { // no default: the compiler names the one we forgot
    case PageTrouble::NoPage:
        return Text::sheet_no_page;
    case PageTrouble::TooDark:
        return Text::sheet_dark;
    case PageTrouble::Glare:
        return Text::sheet_glare;
    case PageTrouble::Blurred:
        return Text::sheet_blurred;
    case PageTrouble::TooFar:
        return Text::sheet_far;
    case PageTrouble::CutOff:
        return Text::sheet_cut;
    }
    return Text::sheet_no_page;
}

LookScreen Visit::look_screen() const {
    LookScreen screen;
    const bool paper = reading_->what == CaptureFor::Paper;
    const Invitation invitation = paper ? invitation_for_paper(reading_->device) : invitation_of(reading_->device);
    if (paper) screen.take = said(reading_->device == DeviceKind::Camera ? Text::look_photograph : Text::look_scan);
    screen.key = paper ? "look.paper" : "look.identity";
    screen.sign = invitation.sign;
    screen.title = said(invitation.title);
    screen.text = said(invitation.text);
    screen.busy = reading_->busy;
    screen.problem = !reading_->busy && reading_->problem.has_value();
    const Text ready = paper ? Text::look_paper_ready : Text::look_ready;
    const Text calm = reading_->hint ? hint_words(*reading_->hint) : ready;
    screen.status = said(reading_->busy ? Text::look_busy : reading_->problem.value_or(calm));
    const bool scanning = reading_->busy && reading_->ordered && reading_->device == DeviceKind::PageScanner;
    if (scanning && reading_->tenths)
        screen.status = words_.get(Text::scan_progress, {{"percent", std::to_string(*reading_->tenths * 10)}});
    screen.back = said(scanning ? Text::scan_stop : paper ? Text::back : Text::look_other_way);
    return screen;
}

ProposalScreen Visit::proposal_screen() const {
    ProposalScreen screen;
    const forms::Definition& definition = filling_->draft.definition();
    screen.title = said(Text::proposal_title);
    screen.language = filling_->language;
    screen.direction = direction(filling_->language);
    screen.back = said(Text::back);
    screen.next = said(Text::next);
    for (std::size_t i = 0; i < reading_->rows.size(); ++i) {
        const Identity::Row& row = reading_->rows[i];
        const forms::Item& item = definition.item(row.question);
        const std::string stem = "proposed." + std::to_string(i);
        ProposalScreen::Row shown{stem, std::string(filling_->draft.text(row.question, filling_->language)), {}};
        const auto key = [&] { return stem + "." + std::to_string(shown.ways.size()); };
        const auto chosen = [&] { return row.chosen == shown.ways.size(); };
        bool typed = false;
        for (const Identity::Choice& choice : row.choices) {
            std::string whence = choice.typed ? said(Text::source_typed) : std::string();
            typed = typed || choice.typed;
            for (const forms::Origin& origin : choice.sources)
                whence += (whence.empty() ? "" : said(Text::list_comma)) + said(source_words(origin.source));
            shown.ways.push_back(
                {key(), value_words(choice.value, item, form_words_, filling_->language), std::move(whence), chosen()});
        }
        // What was typed stands there already: choosing it is leaving it.
        if (!typed) shown.ways.push_back({key(), said(Text::proposal_leave), {}, chosen()});
        if (reading_->must_choose && !row.chosen)
            screen.errors.push_back({stem + ".0", words_.get(Text::proposal_choose, {{"question", shown.question}})});
        screen.rows.push_back(std::move(shown));
    }
    screen.text = said(screen.rows.empty() ? Text::proposal_same : reading_->differ ? Text::proposal_differ : Text::proposal_text);
    if (!screen.errors.empty()) screen.error_title = said(Text::question_problem);
    return screen;
}

} // namespace kiosk
