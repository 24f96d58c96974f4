// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/code_meaning.hpp"

#include "forms/base/utf8.hpp"
#include "forms/base/uuid.hpp"
#include "forms/italian/fiscal_code.hpp"
#include "forms/italian/iban.hpp"
#include "forms/italian/stp_eni.hpp"
#include "kiosk/capture/french_mark.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace kiosk {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

std::vector<std::string_view> parts_of(std::string_view text, char between) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(between);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

bool luhn_is_right(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int value = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1) value = value > 4 ? 2 * value - 9 : 2 * value;
        sum += value;
    }
    return sum % 10 == 0;
}

std::optional<CodeMeaning> as_code_of_person(std::string_view text, const forms::PartialDate& today) {
    if (text.size() >= 2 && text.front() == '*' && text.back() == '*') text = text.substr(1, text.size() - 2);
    // A reader gives exactly the code: no blanks or dots as people type them.
    if (!std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || is_letter(c); })) return std::nullopt;
    if (forms::health_code_of(text)) return HealthCodeMark{std::string(text)};
    if (text.size() == 20 && text.substr(0, 7) == "8038000" && all_digits(text) && luhn_is_right(text))
        return HealthCardMark{std::string(text)};
    if (text.size() == 9 && text[0] == 'A' && all_digits(text.substr(1))) return MedicineMark{};
    if (text.size() != 16 && text.size() != 11) return std::nullopt;
    const auto read = forms::read_fiscal_code(text, today);
    // The check is all that stands between a smudge and another person's code.
    if (read.ok() && read.value().check_matches) return FiscalCodeMark{std::string(text)};
    return std::nullopt;
}

std::optional<CodeMeaning> as_receipt(std::string_view text) {
    const auto parts = parts_of(text, ':');
    if (parts.size() != 4 || parts[0] != "SPORTELLO" || parts[1] != "1") return std::nullopt;
    const std::size_t dash = parts[2].rfind('-');
    if (dash == std::string_view::npos || parts[2].size() > 32 || !all_digits(parts[2].substr(dash + 1)))
        return std::nullopt;
    if (!forms::Uuid::parse(parts[3])) return std::nullopt;
    return ReceiptMark{std::string(parts[2]), std::string(parts[3])};
}

/// The notice number's last two digits are the rest of the others by 93, where its first digit is 0 or 3.
bool notice_check_is_right(std::string_view notice) {
    int rest = 0;
    for (const char c : notice.substr(0, 16))
        rest = (rest * 10 + (c - '0')) % 93;
    return (notice[16] - '0') * 10 + (notice[17] - '0') == rest;
}

std::optional<CodeMeaning> as_pagopa(std::string_view text) {
    const auto parts = parts_of(text, '|');
    if (parts.size() != 5 || parts[0] != "PAGOPA" || parts[1] != "002") return std::nullopt;
    if (parts[2].size() != 18 || parts[3].size() != 11 || parts[4].size() > 10) return std::nullopt;
    if (!all_digits(parts[2]) || !all_digits(parts[3]) || !all_digits(parts[4])) return std::nullopt;
    const bool has_check = parts[2][0] == '0' || parts[2][0] == '3';
    return PagoPaMark{std::string(parts[2]), std::string(parts[3]), std::string(parts[4]),
                      !has_check || notice_check_is_right(parts[2])};
}

std::optional<CodeMeaning> as_sepa(std::string_view text) {
    auto lines = parts_of(text, '\n');
    for (std::string_view& line : lines)
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (text.size() > 331 || lines.size() < 7 || lines.size() > 13 || lines[0] != "BCD") return std::nullopt;
    if ((lines[1] != "001" && lines[1] != "002") || lines[3] != "SCT") return std::nullopt;
    lines.resize(13);
    if (forms::count_code_points(lines[5]) > 70 || lines[6].size() > 34 || lines[7].size() > 15 || lines[9].size() > 35)
        return std::nullopt;
    SepaMark mark;
    mark.name = lines[5];
    mark.iban = lines[6];
    mark.amount = lines[7];
    mark.reference = lines[9];
    mark.text = lines[10];
    mark.iban_right = forms::iban_is_right(mark.iban);
    return mark;
}

/// RFC 3986, the little of it that is needed to say whose address it is. What has a user part wants to be taken for
/// another host: such an address is no link, it stays text.
std::optional<CodeMeaning> as_link(std::string_view text) {
    std::string_view rest;
    for (const std::string_view scheme : {"https://", "http://"})
        if (text.size() > scheme.size() && forms::equals_ignoring_ascii_case(text.substr(0, scheme.size()), scheme))
            rest = text.substr(scheme.size());
    std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    if (host.find('@') != std::string_view::npos) return std::nullopt;
    host = host.substr(0, host.find(':'));
    if (host.empty() || host.size() > 253) return std::nullopt;
    const auto plain = [](char c) {
        return is_digit(c) || is_letter(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.';
    };
    if (!std::all_of(host.begin(), host.end(), plain)) return std::nullopt;
    return LinkMark{std::string(host)};
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

} // namespace

std::string_view name_of(const CodeMeaning& meaning) {
    constexpr std::array<std::string_view, std::variant_size_v<CodeMeaning>> names = {
        "fiscal-code", "health-code", "health-card", "medicine", "receipt", "pagopa",
        "sepa",        "2d-doc",      "link",        "other",    "unusable"};
    return names[meaning.index()];
}

std::string_view name_of(UnusableMark::Why why) {
    constexpr std::array<std::string_view, 5> names = {"too-long", "control-characters", "hidden-characters",
                                                       "not-text", "reader-prefix"};
    return names[static_cast<std::size_t>(why)];
}

CodeMeaning meaning_of(std::string_view bytes, const forms::PartialDate& today) {
    using Why = UnusableMark::Why;
    if (bytes.empty() || bytes.size() > most_code_bytes) return UnusableMark{Why::TooLong};
    if (auto mark = read_french_mark(bytes)) return *std::move(mark); // long, with separators, maybe not UTF-8
    if (bytes.size() > most_shown_bytes) return UnusableMark{Why::TooLong};
    if (!forms::is_utf8(bytes)) return UnusableMark{Why::NotText};
    if (auto mark = as_sepa(bytes)) {
        const SepaMark& sepa = std::get<SepaMark>(*mark);
        for (const std::string* const part : {&sepa.name, &sepa.iban, &sepa.amount, &sepa.reference, &sepa.text})
            if (std::any_of(part->begin(), part->end(), is_control) || forms::shown_text(*part) != *part)
                return UnusableMark{Why::ControlCharacters};
        return *std::move(mark);
    }
    if (std::any_of(bytes.begin(), bytes.end(), is_control)) return UnusableMark{Why::ControlCharacters};
    if (forms::shown_text(bytes) != bytes) return UnusableMark{Why::HiddenCharacters};
    // "]C1" and the like: a reader set up to say which symbology it saw (ISO 15424).
    if (bytes.size() >= 3 && bytes[0] == ']' && (is_letter(bytes[1]) || (bytes[1] >= 'a' && bytes[1] <= 'z')))
        return UnusableMark{Why::ReaderPrefix};
    if (auto mark = as_code_of_person(bytes, today)) return *std::move(mark);
    if (auto mark = as_receipt(bytes)) return *std::move(mark);
    if (auto mark = as_pagopa(bytes)) return *std::move(mark);
    if (auto mark = as_link(bytes)) return *std::move(mark);
    return OtherMark{std::string(bytes)};
}

} // namespace kiosk
