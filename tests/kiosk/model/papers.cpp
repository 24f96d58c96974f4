// SPDX-License-Identifier: EUPL-1.2
// From a paper that a person shows to answers in the form.
#include "tests/kiosk/model/filling.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace kiosk;
using tests::Filling;

namespace {

constexpr forms::PartialDate today() { return {2026, 11, 22}; }

CodeSeen code(const char* text) { return {Symbology::Code39, meaning_of(text, today()), {}}; }

std::shared_ptr<DocumentSeen> health_card(const char* fiscal_code) {
    auto seen = std::make_shared<DocumentSeen>();
    seen->codes.push_back(code(fiscal_code));
    return seen;
}

std::shared_ptr<DocumentSeen> identity_card() {
    const std::array<std::string, 3> lines = {"C<ITACA00000AA4<<<<<<<<<<<<<<<", "6412308F2212304ITA<<<<<<<<<<<0",
                                              "ROSSI<<BIANCA<<<<<<<<<<<<<<<<<"};
    auto seen = std::make_shared<DocumentSeen>();
    seen->mrz = read_mrz(lines, today());
    return seen;
}

void attach(Filling& filling, DeviceKind device = DeviceKind::Camera) {
    filling.visit.hear(CaptureNews{DeviceChanged{device, DeviceState::Ready}});
}

void take_away(Filling& filling, DeviceKind device = DeviceKind::Camera) {
    filling.visit.hear(CaptureNews{DeviceChanged{device, DeviceState::Absent}});
}

void open(Filling& filling, const char* form) {
    filling.tap(StartVisit{"it"});
    filling.tap(AcceptNotice{});
    filling.tap(ChooseService{form});
}

/// Looks at a paper by the button beside the question, as far as the screen of the device.
std::uint64_t look(Filling& filling) {
    if (!filling.screen<WaysScreen>()) filling.tap(ShowPaper{});
    REQUIRE(filling.screen<WaysScreen>());
    filling.tap(ChooseWay{"way.camera"});
    REQUIRE(filling.screen<LookScreen>());
    const std::uint64_t watch = filling.link.watch;
    REQUIRE(watch != 0);
    return watch;
}

/// The page of the form "known-person" that asks for the family name, with a camera at hand.
void go_to_the_name(Filling& filling) {
    attach(filling);
    open(filling, "known-person");
}

std::string typed_here(Filling& filling) {
    const auto* question = filling.screen<QuestionScreen>();
    REQUIRE(question);
    return std::get<TextControl>(question->control).content.text;
}

} // namespace

TEST_CASE("papers: without a device nobody is asked for one, and no question offers it") {
    Filling filling;
    filling.open("known-person");
    REQUIRE(filling.screen<QuestionScreen>());
    CHECK(filling.screen<QuestionScreen>()->scan.empty());
}

TEST_CASE("papers: before the first question that a document could answer it is asked for, once, and having none leads on") {
    Filling filling;
    go_to_the_name(filling);
    const auto* ways = filling.screen<WaysScreen>();
    REQUIRE(ways);
    CHECK(ways->ways.front().key == "way.camera");
    CHECK(ways->ways[1].key == "way.none");
    filling.tap(ChooseWay{"way.none"});
    REQUIRE(filling.screen<QuestionScreen>());
    CHECK_FALSE(filling.screen<QuestionScreen>()->scan.empty());
    filling.type("Bianchi");
    filling.go_on();
    CHECK(filling.screen<QuestionScreen>());
}

TEST_CASE("papers: what a zone says is written after a yes, and says where it came from") {
    Filling filling;
    go_to_the_name(filling);
    const std::uint64_t watch = look(filling);
    filling.visit.hear(CaptureNews{DocumentRead{watch, identity_card()}});
    const auto* proposal = filling.screen<ProposalScreen>();
    REQUIRE(proposal);
    REQUIRE(proposal->rows.size() == 3);
    CHECK(proposal->rows[0].ways[0].text == "ROSSI");
    CHECK(proposal->rows[0].ways[0].selected);
    CHECK(proposal->rows[0].ways[0].detail == "Letto dalle righe in fondo al documento");
    const forms::Path family = *filling.visit.draft()->definition().path_of(filling.visit.draft()->definition().text_of(
        forms::bound_questions(*filling.visit.draft(), forms::Whose::Person)[0].question));
    CHECK(filling.visit.draft()->answer(family) == nullptr);
    filling.go_on();
    CHECK(typed_here(filling) == "ROSSI");
    REQUIRE(filling.visit.draft()->answer(family));
    CHECK(filling.visit.draft()->answer(family)->origin.source == forms::Origin::Source::ReadableZone);
    CHECK_FALSE(filling.visit.draft()->answer(family)->origin.checked);
    filling.go_on(); // walking through the page changes nothing
    filling.go_back();
    CHECK(filling.visit.draft()->answer(family)->origin.source == forms::Origin::Source::ReadableZone);
    filling.type("NI");
    CHECK(filling.visit.draft()->answer(family)->origin.source == forms::Origin::Source::Person);
}

TEST_CASE("papers: what was typed is never written over: both stand side by side until one is chosen") {
    Filling filling;
    go_to_the_name(filling);
    filling.tap(ChooseWay{"way.type"});
    filling.type("Bianchi");
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), identity_card()}});
    const auto* proposal = filling.screen<ProposalScreen>();
    REQUIRE(proposal);
    REQUIRE(proposal->rows[0].ways.size() == 2);
    CHECK(proposal->rows[0].ways[0].text == "Bianchi");
    CHECK(proposal->rows[0].ways[1].text == "ROSSI");
    CHECK_FALSE(proposal->rows[0].ways[0].selected);
    CHECK_FALSE(proposal->rows[0].ways[1].selected);
    filling.go_on();
    proposal = filling.screen<ProposalScreen>();
    REQUIRE(proposal);
    CHECK(proposal->errors.size() == 1);
    CHECK(proposal->rows[1].ways[0].selected); // nobody contradicts the rest
    filling.tap(ChooseProposed{"proposed.0.0"});
    filling.go_on();
    CHECK(typed_here(filling) == "Bianchi");
}

TEST_CASE("papers: the same name in another case needs no question") {
    Filling filling;
    go_to_the_name(filling);
    filling.tap(ChooseWay{"way.type"});
    filling.type("Rossi");
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), identity_card()}});
    const auto* proposal = filling.screen<ProposalScreen>();
    REQUIRE(proposal);
    for (const ProposalScreen::Row& row : proposal->rows)
        for (const ProposalScreen::Way& way : row.ways)
            CHECK(way.text != "ROSSI");
}

TEST_CASE("papers: two documents that differ are both shown") {
    Filling filling;
    filling.open("primo-accesso");
    filling.go_to("persona.data-nascita");
    attach(filling);
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), health_card("RSSMRA80A01H501U")}});
    filling.go_back();
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), identity_card()}});
    const auto* proposal = filling.screen<ProposalScreen>();
    REQUIRE(proposal);
    for (const ProposalScreen::Row& row : proposal->rows)
        for (const ProposalScreen::Way& way : row.ways)
            CHECK_FALSE(way.selected); // they may be two people
    bool both = false;
    for (const ProposalScreen::Row& row : proposal->rows)
        both = both || (row.ways.size() == 3 && row.ways[0].text == "1º gennaio 1980" &&
                        row.ways[1].text == "30 dicembre 1964" && !row.ways[0].selected && !row.ways[1].selected);
    CHECK(both);
}

TEST_CASE("papers: the two centuries of a child's codice fiscale are no contradiction: the younger is chosen beforehand") {
    Filling filling;
    filling.open("primo-accesso");
    filling.go_to("persona.data-nascita");
    attach(filling);
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), health_card("RSSMRA15A01H501G")}});
    const auto* proposal = filling.screen<ProposalScreen>();
    REQUIRE(proposal);
    CHECK(proposal->text.find("Non tutto coincide") == std::string::npos);
    bool both = false;
    for (const ProposalScreen::Row& row : proposal->rows) {
        CHECK(row.ways.front().selected);
        both = both || (row.ways.size() == 3 && row.ways[0].text == "1º gennaio 2015" &&
                        row.ways[1].text == "1º gennaio 1915");
    }
    CHECK(both);
}

TEST_CASE("papers: a century in which nobody is alive any more is not offered") {
    Filling filling;
    filling.open("primo-accesso");
    filling.go_to("persona.data-nascita");
    attach(filling);
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), health_card("RSSMRA00A01H501C")}});
    const auto* proposal = filling.screen<ProposalScreen>();
    REQUIRE(proposal);
    for (const ProposalScreen::Row& row : proposal->rows)
        CHECK(row.ways.size() == 2); // it, and "leave it as it is"
}

TEST_CASE("papers: twins have one birth date and two names: nothing of either is taken for granted") {
    Filling filling;
    go_to_the_name(filling);
    auto both = identity_card(); // Bianca Rossi
    both->codes.push_back(code("RSSNNA64T70H501C"));
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), both}});
    const auto* proposal = filling.screen<ProposalScreen>();
    REQUIRE(proposal);
    CHECK(proposal->text.find("Non tutto coincide") != std::string::npos);
    for (const ProposalScreen::Row& row : proposal->rows)
        for (const ProposalScreen::Way& way : row.ways)
            CHECK_FALSE(way.selected);
}

TEST_CASE("papers: her own card and its zone agree, and are chosen beforehand") {
    Filling filling;
    go_to_the_name(filling);
    auto both = identity_card();
    both->codes.push_back(code("RSSBNC64T70H501S"));
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), both}});
    const auto* proposal = filling.screen<ProposalScreen>();
    REQUIRE(proposal);
    for (const ProposalScreen::Row& row : proposal->rows)
        CHECK(row.ways.front().selected);
}

TEST_CASE("papers: a live camera says that a code names nobody, and goes on looking") {
    Filling filling;
    go_to_the_name(filling);
    auto advert = std::make_shared<DocumentSeen>();
    advert->codes.push_back({Symbology::QrCode, meaning_of("https://www.example.org/", today()), {}});
    const std::uint64_t watch = look(filling);
    for (int i = 0; i < 20; ++i)
        filling.visit.hear(CaptureNews{DocumentRead{watch, advert, true}});
    const auto* looking = filling.screen<LookScreen>();
    REQUIRE(looking);
    CHECK(looking->problem);
}

TEST_CASE("papers: the card of who speaks is never offered for the person who is spoken of") {
    Filling filling;
    filling.open("primo-accesso");
    filling.tap(ChooseOption{"option.1"});
    filling.go_to("scelta-nome.anonima");
    filling.choose("No");
    filling.go_to("dichiarante.relazione");
    filling.choose("Tutore o amministratore di sostegno");
    filling.go_to("dichiarante.codice-fiscale");
    attach(filling);
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), health_card("RSSMRA80A01H501U")}});
    REQUIRE(filling.screen<ProposalScreen>());
    filling.go_on();
    take_away(filling);
    filling.go_to("persona.codice-fiscale");
    attach(filling);
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), identity_card()}});
    const auto* proposal = filling.screen<ProposalScreen>();
    REQUIRE(proposal);
    CHECK_FALSE(proposal->rows.empty());
    for (const ProposalScreen::Row& row : proposal->rows)
        for (const ProposalScreen::Way& way : row.ways)
            CHECK(way.text.find("RSSMRA") == std::string::npos);
}

TEST_CASE("papers: a codice fiscale that a paper said is compared with the name that another paper said") {
    Filling filling;
    filling.open("primo-accesso");
    filling.choose("Per me");
    filling.go_to("scelta-nome.anonima");
    filling.choose("No");
    filling.go_to("persona.cognome");
    attach(filling);
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), identity_card()}}); // Bianca Rossi
    filling.go_on();
    take_away(filling);
    filling.go_to("persona.codice-fiscale");
    attach(filling);
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), health_card("RSSNNA64T70H501C")}}); // Anna
    const auto* proposal = filling.screen<ProposalScreen>();
    REQUIRE(proposal);
    const std::size_t rows = proposal->rows.size(); // each touch makes another picture
    for (std::size_t row = 0; row < rows; ++row)
        filling.tap(ChooseProposed{"proposed." + std::to_string(row) + ".0"});
    filling.go_on();
    const auto* question = filling.screen<QuestionScreen>();
    REQUIRE(question);
    REQUIRE(filling.question().ends_with("persona.codice-fiscale"));
    filling.go_on();
    question = filling.screen<QuestionScreen>();
    REQUIRE(question);
    CHECK_FALSE(question->advice.empty());
}

TEST_CASE("papers: three tries in vain lead to the manual way") {
    Filling filling;
    go_to_the_name(filling);
    const std::uint64_t watch = look(filling);
    for (int i = 0; i < 2; ++i) {
        filling.visit.hear(CaptureNews{NotRead{watch, NotRead::Why::Unreadable}});
        REQUIRE(filling.screen<LookScreen>());
        CHECK(filling.screen<LookScreen>()->problem);
    }
    filling.visit.hear(CaptureNews{NotRead{watch, NotRead::Why::NothingThere}});
    const auto* ways = filling.screen<WaysScreen>();
    REQUIRE(ways);
    CHECK(ways->problem == "Non siamo riusciti a leggerlo. Non importa: puoi scrivere tu.");
    CHECK(ways->ways.front().key == "way.none");
}

TEST_CASE("papers: a code that names nobody is dropped with a neutral sentence, and nothing of it is shown") {
    Filling filling;
    go_to_the_name(filling);
    auto advert = std::make_shared<DocumentSeen>();
    advert->codes.push_back(code("https://www.example.org/orari"));
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), advert}});
    REQUIRE(filling.screen<LookScreen>());
    CHECK(filling.screen<LookScreen>()->status ==
          "Questo codice non dice chi è la persona. Prova con la tessera sanitaria o con un documento.");
    CHECK(filling.all_words().find("example") == std::string::npos);
}

TEST_CASE("papers: an answer that comes late, or for another visit, changes nothing") {
    Filling filling;
    go_to_the_name(filling);
    const std::uint64_t watch = look(filling);
    filling.go_back();
    filling.visit.hear(CaptureNews{DocumentRead{watch, identity_card()}});
    CHECK(filling.screen<WaysScreen>());
    const std::uint64_t second = look(filling);
    CHECK(second != watch);
    filling.visit.hear(CaptureNews{DocumentRead{watch, identity_card()}});
    CHECK(filling.screen<LookScreen>());
}

TEST_CASE("papers: a camera that is taken away while it looks leads back to the other ways") {
    Filling filling;
    go_to_the_name(filling);
    (void)look(filling);
    filling.visit.hear(CaptureNews{DeviceChanged{DeviceKind::Camera, DeviceState::Absent}});
    const auto* ways = filling.screen<WaysScreen>();
    REQUIRE(ways);
    CHECK_FALSE(ways->problem.empty());
    CHECK(ways->ways.front().key == "way.none");
}

TEST_CASE("papers: with the visit goes all that was read, and the devices stop") {
    Filling filling;
    go_to_the_name(filling);
    filling.visit.hear(CaptureNews{DocumentRead{look(filling), identity_card()}});
    CHECK(filling.memory.holds("BIANCA"));
    filling.visit.apply(ExitNow{});
    (void)filling.visit.picture();
    filling.visit.presented();
    CHECK_FALSE(filling.memory.holds("BIANCA"));
    filling.link.work(filling.visit);
    CHECK(filling.link.watch == 0);
}

TEST_CASE("papers: the chip of a card proposes the names and the code of its holder, and says where they are from") {
    Filling filling;
    filling.visit.hear(CaptureNews{DeviceChanged{DeviceKind::CardReader, DeviceState::Ready}});
    open(filling, "known-person");
    if (!filling.screen<WaysScreen>()) filling.tap(ShowPaper{});
    filling.tap(ChooseWay{"way.card"});
    REQUIRE(filling.screen<LookScreen>());
    auto seen = std::make_shared<DocumentSeen>();
    seen->chip.emplace();
    filling.visit.hear(CaptureNews{DocumentRead{filling.link.watch, seen}}); // a card that says nothing is one try
    REQUIRE(filling.screen<LookScreen>());
    CHECK(filling.screen<LookScreen>()->problem);
    auto full = std::make_shared<DocumentSeen>();
    full->chip = PersonSeen{};
    full->chip->family = "BIANCHI";
    full->chip->given = "ANNA";
    filling.visit.hear(CaptureNews{DocumentRead{filling.link.watch, full}});
    const auto* proposal = filling.screen<ProposalScreen>();
    REQUIRE(proposal);
    REQUIRE_FALSE(proposal->rows.empty());
    CHECK(proposal->rows.front().ways.front().text == "BIANCHI");
    CHECK_FALSE(proposal->rows.front().ways.front().detail.empty());
}
