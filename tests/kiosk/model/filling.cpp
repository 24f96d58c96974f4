// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/model/filling.hpp"

#include "forms/fhir/load.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace tests {
namespace {

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

const std::vector<std::string>& lists() {
    static const std::vector<std::string> known = {"https://www.hl7.it/fhir/terminology/ValueSet/istat-comune",
                                                   "https://www.hl7.it/fhir/terminology/ValueSet/istat-luogoNascita",
                                                   "https://www.hl7.it/fhir/terminology/ValueSet/istat-stato",
                                                   "https://www.hl7.it/fhir/terminology/ValueSet/istat-cittadinanza"};
    return known;
}

std::vector<kiosk::OfferedForm> package_forms() {
    std::vector<kiosk::OfferedForm> forms;
    for (const char* name : {"primo-accesso"}) {
        const auto file = std::filesystem::path(SPORTELLO_ROOT) / "forms/definitions" / name / "questionnaire.json";
        forms::LoadOptions options;
        options.known_value_sets = lists();
        auto loaded = forms::load_definition(bytes_of(file), options);
        REQUIRE(loaded.ok());
        forms.push_back({name, loaded.value()});
    }
    // A small form with what the package's own do not have.
    forms::LoadOptions options;
    options.known_value_sets = lists();
    auto loaded = forms::load_definition(
        bytes_of(std::filesystem::path(SPORTELLO_ROOT) / "tests/kiosk/model/every-kind.json"), options);
    if (!loaded.ok())
        for (const auto& mistake : loaded.error())
            MESSAGE(mistake.json_pointer << " " << mistake.words);
    REQUIRE(loaded.ok());
    forms.push_back({"every-kind", loaded.value()});
    for (const std::string name : {"every-control", "rules", "known-person", "offers"}) {
        auto sample = forms::load_definition(
            bytes_of(std::filesystem::path(SPORTELLO_ROOT) / "tests/samples/forms" / (name + ".json")), options);
        REQUIRE(sample.ok());
        forms.push_back({name, sample.value()});
    }
    return forms;
}

} // namespace

bool WatchedMemory::holds(std::string_view marker) const {
    for (const auto& [block, size] : blocks_)
        if (std::string_view(static_cast<const char*>(block), size).find(marker) != std::string_view::npos) return true;
    return false;
}

kiosk::VisitPorts Filling::ports() {
    kiosk::VisitPorts given;
    given.clock = &clock;
    given.memory = &memory;
    given.new_id = [this] {
        forms::Uuid::Bytes bytes{};
        bytes[15] = static_cast<std::uint8_t>(++ids);
        return forms::Uuid::from_random(bytes);
    };
    given.search = [](std::string_view, std::string_view typed, std::string_view, std::size_t) {
        std::vector<kiosk::SearchHit> hits;
        for (const char* name : {"Perugia", "Perosa Argentina", "Padova"})
            if (std::string_view(name).starts_with(typed))
                hits.push_back({"urn:places", std::string(name).substr(0, 4), name, "XX", std::string(name) + " (XX)"});
        return hits;
    };
    given.freeze = [this](const forms::Draft&, const forms::FilledForm& filled, const kiosk::RequestRecord& record) {
        kiosk::FrozenBytes bytes(record.id.text() + " ", &memory);
        bytes += forms::write_response(filled, {});
        return std::optional(std::move(bytes));
    };
    return given;
}

Filling::Filling(kiosk::VisitSettings settings) : visit(std::move(settings), package_forms(), ports()) {
    link.work(visit);
}

void Filling::open(std::string_view form, std::string_view language) {
    tap(kiosk::StartVisit{std::string(language)});
    REQUIRE(screen<kiosk::PrivacyScreen>());
    tap(kiosk::AcceptNotice{});
    REQUIRE(screen<kiosk::ServicesScreen>());
    tap(kiosk::ChooseService{std::string(form)});
    REQUIRE(screen<kiosk::QuestionScreen>());
}

void Filling::tap(const kiosk::Intent& intent) {
    visit.touched();
    visit.apply(intent);
    (void)visit.picture();
    visit.presented();
    link.work(visit);
    seen.insert(question());
}

void Filling::choose(std::string_view option_text) {
    const auto* question_screen = screen<kiosk::QuestionScreen>();
    REQUIRE(question_screen);
    const auto* choice = std::get_if<kiosk::ChoiceControl>(&question_screen->control);
    REQUIRE(choice);
    for (const kiosk::Option& option : choice->options)
        if (option.text == option_text) return tap(kiosk::ChooseOption{std::string(option.key)});
    FAIL("no option \"" << option_text << "\" at " << question());
}

void Filling::type(std::string_view text) {
    const auto* question_screen = screen<kiosk::QuestionScreen>();
    REQUIRE(question_screen);
    tap(kiosk::TypeText{question_screen->key, std::string(text)});
}

void Filling::type_date(std::string_view day, std::string_view month, std::string_view year) {
    const auto* question_screen = screen<kiosk::QuestionScreen>();
    REQUIRE(question_screen);
    const std::string key = question_screen->key;
    tap(kiosk::TypeText{key + ".day", std::string(day)});
    tap(kiosk::TypeText{key + ".month", std::string(month)});
    tap(kiosk::TypeText{key + ".year", std::string(year)});
}

void Filling::answer_what_must_be() {
    const auto* shown = screen<kiosk::QuestionScreen>();
    REQUIRE(shown);
    const std::vector<kiosk::AskedPart> parts = shown->parts; // a copy: the picture changes while it is answered
    for (const kiosk::AskedPart& part : parts) {
        if (!part.optional_mark.empty()) continue;
        if (std::holds_alternative<kiosk::ChoiceControl>(part.control))
            tap(kiosk::ChooseOption{part.stem + "option.0"});
        else if (std::holds_alternative<kiosk::TextControl>(part.control))
            tap(kiosk::TypeText{part.key, "1"});
    }
    shown = screen<kiosk::QuestionScreen>();
    if (!shown->optional_mark.empty()) return;
    if (const auto* choice = std::get_if<kiosk::ChoiceControl>(&shown->control)) {
        bool chosen = false;
        for (const kiosk::Option& option : choice->options)
            chosen = chosen || option.selected;
        if (!chosen) tap(kiosk::ChooseOption{"option.0"});
    } else if (const auto* text = std::get_if<kiosk::TextControl>(&shown->control)) {
        if (text->content.text.empty()) type("x");
    }
}

void Filling::go_to(std::string_view link_id) {
    for (int pages = 0; pages < 300; ++pages) {
        if (!screen<kiosk::QuestionScreen>()) break;
        const std::string here = question();
        if (here == link_id || here.ends_with("/" + std::string(link_id))) return;
        answer_what_must_be();
        go_on();
    }
    FAIL("the way does not lead to " << link_id << "; it ended at \"" << question() << "\"");
}

void Filling::go_to_check() {
    for (int pages = 0; pages < 300 && screen<kiosk::QuestionScreen>(); ++pages) {
        answer_what_must_be();
        go_on();
    }
    REQUIRE(screen<kiosk::CheckScreen>());
}

bool Filling::asks(std::string_view link_id) {
    REQUIRE(visit.draft());
    for (const forms::Page& page : forms::pages(*visit.draft()))
        if (visit.draft()->definition().item(page.path).link_id == link_id) return true;
    return false;
}

void Filling::pass(std::chrono::milliseconds time) {
    for (auto left = time; left.count() > 0; left -= std::chrono::seconds(1)) {
        clock.forward(std::chrono::seconds(1));
        visit.tick();
        (void)visit.picture();
        visit.presented();
        link.work(visit);
    }
}

std::string Filling::all_words() {
    std::string out;
    const auto add = [&out](const std::string& text) { out += text + "\n"; };
    const kiosk::Picture& picture = visit.picture();
    if (const auto* question_screen = std::get_if<kiosk::QuestionScreen>(&picture.screen)) {
        add(question_screen->heading);
        add(question_screen->hint);
        for (const auto& error : question_screen->errors)
            add(error.text);
        if (const auto* text = std::get_if<kiosk::TextControl>(&question_screen->control)) add(text->content.text);
        if (const auto* repeat = std::get_if<kiosk::RepeatControl>(&question_screen->control))
            for (const auto& row : repeat->rows)
                add(row.text);
        if (const auto* date = std::get_if<kiosk::DateControl>(&question_screen->control))
            for (const auto& part : date->parts)
                add(part.content.text);
    }
    if (const auto* check = std::get_if<kiosk::CheckScreen>(&picture.screen)) {
        for (const auto& section : check->sections)
            for (const auto& row : section.rows)
                add(row.question + ": " + row.answer);
        for (const auto& error : check->errors)
            add(error.text);
        for (const auto& missing : check->missing)
            add(missing);
    }
    if (const auto* receipt = std::get_if<kiosk::ReceiptScreen>(&picture.screen)) {
        add(receipt->number);
        add(receipt->reference.value_or(""));
        for (const auto& step : receipt->next_steps)
            add(step);
    }
    return out;
}

} // namespace tests
