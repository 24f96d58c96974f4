// SPDX-License-Identifier: EUPL-1.2
// What a bar code means: told apart by its content, proposed, never acted upon.
#include "kiosk/capture/code_meaning.hpp"
#include "kiosk/capture/document.hpp"

#include <doctest/doctest.h>

using namespace kiosk;

namespace {

const forms::PartialDate today{2026, 11, 22};

template <class Mark>
Mark read(std::string_view bytes) {
    const CodeMeaning meaning = meaning_of(bytes, today);
    CAPTURE(std::string(name_of(meaning)));
    REQUIRE(std::holds_alternative<Mark>(meaning));
    return std::get<Mark>(meaning);
}
UnusableMark::Why unusable(std::string_view bytes) { return read<UnusableMark>(bytes).why; }

Readout with(std::initializer_list<std::pair<Symbology, const char*>> codes) {
    Readout readout{.width = 100, .height = 100, .codes = {}, .mrz = {}};
    for (const auto& [symbology, bytes] : codes)
        readout.codes.push_back({symbology, bytes, {}});
    return readout;
}

} // namespace

TEST_CASE("meaning: a codice fiscale counts only with its right check letter") {
    CHECK(read<FiscalCodeMark>("RSSMRA80A01H501U").code == "RSSMRA80A01H501U");
    CHECK(read<FiscalCodeMark>("*RSSMRA80A01H501U*").code == "RSSMRA80A01H501U");
    CHECK(read<FiscalCodeMark>("RSSMRAULALMHRLMD").code == "RSSMRAULALMHRLMD"); // omocodia in all seven places
    CHECK(read<FiscalCodeMark>("12345678903").code == "12345678903");
    CHECK(read<OtherMark>("RSSMRA80A01H501A").text == "RSSMRA80A01H501A");
    CHECK(read<OtherMark>("12345678901").text == "12345678901");
    (void)read<OtherMark>("RSSMRA80A01H501 U");
    (void)read<OtherMark>("rssmra80a01h501u");
}

TEST_CASE("meaning: an STP code has the length of a codice fiscale and is not one") {
    CHECK(read<HealthCodeMark>("STP0100011234567").code == "STP0100011234567");
    CHECK(read<HealthCodeMark>("ENI0100011234567").code == "ENI0100011234567");
}

TEST_CASE("meaning: a health card's number is right by its last digit, a medicine is no person") {
    CHECK(read<HealthCardMark>("80380003001234567893").number == "80380003001234567893");
    (void)read<OtherMark>("80380003001234567894");
    (void)read<MedicineMark>("A03760101");
}

TEST_CASE("meaning: our own receipt is known, something like it is not") {
    const auto mark = read<ReceiptMark>("SPORTELLO:1:AO-00042:0f4b4b3c-3a39-4f0e-9c55-5c4a5f1f2a10");
    CHECK(mark.number == "AO-00042");
    CHECK(mark.request == "0f4b4b3c-3a39-4f0e-9c55-5c4a5f1f2a10");
    (void)read<OtherMark>("SPORTELLO:1:AO-00042:nobody");
    (void)read<OtherMark>("SPORTELLO:2:AO-00042:0f4b4b3c-3a39-4f0e-9c55-5c4a5f1f2a10");
}

TEST_CASE("meaning: a payment notice tells its parts, and whether its number can be right") {
    const auto mark = read<PagoPaMark>("PAGOPA|002|001340000013900808|12345678901|5000");
    CHECK(mark.notice == "001340000013900808");
    CHECK(mark.payee == "12345678901");
    CHECK(mark.cents == "5000");
    CHECK(mark.check_right);
    CHECK_FALSE(read<PagoPaMark>("PAGOPA|002|001340000013900809|12345678901|5000").check_right);
    (void)read<OtherMark>("PAGOPA|002|00134000001390080|12345678901|5000");
    (void)read<OtherMark>("PAGOPA|002|001340000013900808|12345678901|50.00");
}

TEST_CASE("meaning: a transfer slip gives an account only as right as it is") {
    const std::string start = "BCD\n002\n1\nSCT\n\nComune di Prova\n";
    const auto mark = read<SepaMark>(start + "IT60X0542811101000000123456\nEUR12.30\n\n\nMensa");
    CHECK(mark.iban_right);
    CHECK(mark.amount == "EUR12.30");
    CHECK(mark.text == "Mensa");
    CHECK_FALSE(read<SepaMark>(start + "IT60X0542811101000000123457").iban_right);
    CHECK_FALSE(read<SepaMark>(start + "IT60X054281110100000012345").iban_right);
    CHECK(unusable("BCD\n002\n1\nSCT\n\nCom\x1bune\nIT60X0542811101000000123456") ==
          UnusableMark::Why::ControlCharacters);
}

TEST_CASE("meaning: a 2D-Doc gives its header, never as verified") {
    const auto mark = read<FrenchMark>("DC02FR000001123F163600"
                                       "10TEST\x1D"
                                       "26LYON\x1F"
                                       "ABCDEFGH");
    CHECK(mark.version == 2);
    CHECK(mark.type == "00");
    CHECK(mark.authority == "FR00");
    CHECK(mark.issued == forms::PartialDate{2012, 10, 15});
    CHECK(mark.signed_on == forms::PartialDate{2015, 7, 27});
    CHECK_FALSE(read<FrenchMark>("DC02FR000001FFFF163606").issued.has_value());
}

TEST_CASE("meaning: of an address only the host is kept, and a disguised one is no address") {
    CHECK(read<LinkMark>("https://verifica.example.it/x?id=RSSMRA80A01H501U").host == "verifica.example.it");
    CHECK(read<LinkMark>("HTTP://example.org").host == "example.org");
    (void)read<OtherMark>("https://bank.example@evil.example/");
    (void)read<OtherMark>("javascript:alert(1)");
}

TEST_CASE("meaning: what could be a key press, a disguise or too long fills nothing") {
    CHECK(unusable("\x1b[2J") == UnusableMark::Why::ControlCharacters);
    CHECK(unusable(std::string_view("AB\0CD", 5)) == UnusableMark::Why::ControlCharacters);
    CHECK(unusable("line\nline") == UnusableMark::Why::ControlCharacters);
    CHECK(unusable("abc\xE2\x80\xAE"
                   "def") == UnusableMark::Why::HiddenCharacters);
    CHECK(unusable("\xFF\xFE") == UnusableMark::Why::NotText);
    CHECK(unusable("]C1RSSMRA80A01H501U") == UnusableMark::Why::ReaderPrefix);
    CHECK(unusable(std::string(513, 'A')) == UnusableMark::Why::TooLong);
    CHECK(unusable("") == UnusableMark::Why::TooLong);
}

TEST_CASE("document: a health card proposes a person, with both centuries where both are possible") {
    const auto seen = understand(with({{Symbology::Code39, "FOXBOX04B69A326N"}}), today);
    CHECK(seen.kind == DocumentKind::HealthCard);
    REQUIRE(seen.person.has_value());
    CHECK(seen.person->birth_date == forms::PartialDate{2004, 2, 29});
    CHECK(seen.person->hundred_years_earlier == forms::PartialDate{1904, 2, 29});
    CHECK(seen.person->birth_place == "A326");
}

TEST_CASE("document: two people in one picture are a conflict, not a choice") {
    const auto seen =
        understand(with({{Symbology::Code39, "RSSMRA80A01H501U"}, {Symbology::Code128, "KVLLNO85L55Z138J"}}), today);
    CHECK_FALSE(seen.person.has_value());
    CHECK(seen.conflicts == std::vector{Conflict::FiscalCodes});
    CHECK(understand(with({{Symbology::Code39, "RSSMRA80A01H501U"}, {Symbology::QrCode, "RSSMRA80A01H501U"}}), today)
              .conflicts.empty());
}
