// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/readout.hpp"

#include "forms/base/utf8.hpp"
#include "kiosk/capture/mrz.hpp"
#include "kiosk/capture/page_jpeg.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace kiosk {
namespace {

constexpr std::uint8_t version = 3; // 3: with the page
constexpr std::uint32_t most_side = 20000;
constexpr std::uint32_t most_dots = 1200;

constexpr std::uint32_t most_zone_lines = 3, longest_zone_line = 44;

bool is_zone(const std::vector<std::string>& lines) {
    return mrz_format(lines).has_value() && std::all_of(lines.begin(), lines.end(), [](const std::string& line) {
               return std::all_of(line.begin(), line.end(),
                                  [](char c) { return c == '?' || mrz_allows(MrzPlace::Any, c); });
           });
}

/// Text of a page, one word of it: nothing that moves other text about, and no blank.
bool is_word(std::string_view text) {
    return !text.empty() && text.find_first_of(" \t\n") == std::string_view::npos && forms::shown_text(text) == text;
}

MrzFound read_zone(FrameReader& in) {
    MrzFound zone;
    const std::uint32_t count = in.up_to(1, most_zone_lines);
    for (std::uint32_t i = 0; i < count && !in.fault(); ++i)
        zone.lines.push_back(in.text(longest_zone_line));
    zone.corners = in.corners();
    if (!in.fault() && !is_zone(zone.lines)) in.fail(AnswerFault::BadValue);
    return zone;
}

PageSeen read_page_seen(FrameReader& in) {
    PageSeen seen;
    if (in.up_to(1, 1) == 1) seen.corners = in.corners();
    const std::uint32_t troubles = in.up_to(1, (1u << page_trouble_count) - 1);
    for (std::size_t i = 0; i < page_trouble_count; ++i)
        if ((troubles >> i & 1) != 0) seen.troubles.push_back(static_cast<PageTrouble>(i));
    if (in.up_to(1, 1) == 1) seen.glare = in.box();
    if (seen.glare.has_value() != seen.has(PageTrouble::Glare)) in.fail(AnswerFault::BadValue);
    if (seen.corners && seen.has(PageTrouble::NoPage)) in.fail(AnswerFault::BadValue);
    return seen;
}

PagePicture read_page_picture(FrameReader& in) {
    PagePicture page;
    page.seen = read_page_seen(in);
    page.width = in.up_to(4, longest_page_side);
    page.height = in.up_to(4, longest_page_side);
    page.dots_per_inch = static_cast<std::uint16_t>(in.up_to(2, most_dots));
    page.small.width = in.up_to(4, small_side);
    page.small.height = in.up_to(4, small_side);
    const auto grey = in.raw(static_cast<std::size_t>(small_side) * small_side);
    page.small.bytes.resize(grey.size());
    std::transform(grey.begin(), grey.end(), page.small.bytes.begin(),
                   [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
    if (grey.size() != static_cast<std::size_t>(page.small.width) * page.small.height) in.fail(AnswerFault::BadValue);
    const auto bytes = in.raw(most_page_bytes);
    page.jpeg.assign(bytes.begin(), bytes.end());
    if (in.fault()) return page;
    const auto jpeg = read_page_jpeg(bytes);
    const bool right = bytes.empty()
                           ? page.width == 0 && page.height == 0 && page.dots_per_inch == 0
                           : jpeg && jpeg->width == page.width && jpeg->height == page.height && page.dots_per_inch > 0;
    if (!right) in.fail(AnswerFault::BadValue);
    return page;
}

PageWord read_word(FrameReader& in) {
    PageWord word;
    word.text = in.text(most_word_bytes);
    word.box = in.box();
    word.baseline = in.coordinate();
    word.confidence = static_cast<std::uint8_t>(in.up_to(1, 100));
    word.ends_line = in.up_to(1, 1) == 1;
    if (!is_word(word.text)) in.fail(AnswerFault::BadValue);
    return word;
}

PageText read_page_text(FrameReader& in) {
    PageText text;
    const std::uint32_t count = in.up_to(2, most_words);
    for (std::uint32_t i = 0; i < count && !in.fault(); ++i)
        text.words.push_back(read_word(in));
    return text;
}

/// Every text of it, in the order it travels.
template <class File>
auto texts_of(File& file) {
    return std::array{&file.issuer,      &file.family,      &file.given,       &file.sex,
                      &file.fiscal_code, &file.citizenship, &file.birth_place, &file.birth_state,
                      &file.residence_place, &file.residence};
}
template <class File>
auto dates_of(File& file) {
    return std::array{&file.issued_on, &file.expires_on, &file.birth_date};
}

CardFile read_card(FrameReader& in) {
    CardFile file;
    for (std::string* const text : texts_of(file)) {
        *text = in.text(most_card_file * 2);
        if (!is_card_text(*text)) in.fail(AnswerFault::BadValue);
    }
    for (auto* const date : dates_of(file)) {
        const std::string text = in.text(10);
        *date = forms::PartialDate::parse(text);
        if (text.empty() ? date->has_value() : !*date || !(*date)->complete()) in.fail(AnswerFault::BadValue);
    }
    return file;
}

Readout read_readout(FrameReader& in) {
    Readout readout;
    readout.width = in.up_to(4, most_side);
    readout.height = in.up_to(4, most_side);
    const std::uint32_t codes = in.up_to(1, most_codes);
    for (std::uint32_t i = 0; i < codes && !in.fault(); ++i) {
        CodeFound code;
        code.symbology = static_cast<Symbology>(in.up_to(1, symbology_count - 1));
        code.bytes = in.text(most_code_bytes);
        code.corners = in.corners();
        readout.codes.push_back(std::move(code));
    }
    if (in.up_to(1, 1) == 1) readout.mrz = read_zone(in);
    readout.page = read_page_seen(in);
    return readout;
}

void put(FrameWriter& out, const PageSeen& seen) {
    out.number(seen.corners ? 1 : 0, 1);
    if (seen.corners) out.corners(*seen.corners);
    unsigned troubles = 0;
    for (const PageTrouble trouble : seen.troubles)
        troubles |= 1u << static_cast<unsigned>(trouble);
    out.number(troubles, 1);
    out.number(seen.glare ? 1 : 0, 1);
    if (seen.glare) out.box(*seen.glare);
}

struct Put {
    FrameWriter& out;
    void operator()(const Readout& readout) const {
        out.number(readout.width, 4);
        out.number(readout.height, 4);
        const std::size_t codes = std::min(readout.codes.size(), most_codes);
        out.number(codes, 1);
        for (std::size_t i = 0; i < codes; ++i) {
            const CodeFound& code = readout.codes[i];
            out.number(static_cast<std::uint8_t>(code.symbology), 1);
            out.text(std::string_view(code.bytes).substr(0, most_code_bytes));
            out.corners(code.corners);
        }
        out.number(readout.mrz ? 1 : 0, 1);
        if (readout.mrz) {
            out.number(readout.mrz->lines.size(), 1);
            for (const std::string& line : readout.mrz->lines)
                out.text(line);
            out.corners(readout.mrz->corners);
        }
        put(out, readout.page);
    }
    void operator()(PictureFault fault) const { out.number(static_cast<std::uint8_t>(fault), 1); }
    void operator()(const PagePicture& page) const {
        put(out, page.seen);
        out.number(page.width, 4);
        out.number(page.height, 4);
        out.number(page.dots_per_inch, 2);
        out.number(page.small.width, 4);
        out.number(page.small.height, 4);
        out.raw(std::as_bytes(std::span(page.small.bytes)));
        out.raw(page.jpeg);
    }
    void operator()(const CardFile& file) const {
        for (const std::string* const text : texts_of(file))
            out.text(*text);
        for (const auto* const date : dates_of(file))
            out.text(*date ? (*date)->text() : std::string());
    }
    void operator()(const PageText& text) const {
        const std::size_t words = std::min(text.words.size(), most_words);
        out.number(words, 2);
        for (std::size_t i = 0; i < words; ++i) {
            const PageWord& word = text.words[i];
            out.text(word.text);
            out.box(word.box);
            out.number(static_cast<std::uint32_t>(word.baseline), 4);
            out.number(word.confidence, 1);
            out.number(word.ends_line ? 1 : 0, 1);
        }
    }
};

} // namespace

std::string_view name_of(Symbology symbology) {
    constexpr std::array<std::string_view, symbology_count> names = {"code-39",     "code-128", "qr-code",
                                                                     "data-matrix", "pdf-417",  "aztec"};
    return names[static_cast<std::size_t>(symbology)];
}

std::string_view name_of(PictureFault fault) {
    constexpr std::array<std::string_view, picture_fault_count> names = {
        "empty",          "too-large",   "unknown-type",      "bad-header", "too-many-pixels",
        "too-many-scans", "animated",    "profile-too-large", "bad-pixels", "colours-not-read",
        "wrong-size",     "bad-corners", "wrong-job",         "bad-card-file"};
    return names[static_cast<std::size_t>(fault)];
}

std::string_view name_of(PageTrouble trouble) {
    constexpr std::array<std::string_view, page_trouble_count> names = {"no-page", "too-dark", "glare",
                                                                        "blurred", "too-far",  "cut-off"};
    return names[static_cast<std::size_t>(trouble)];
}

bool PageSeen::has(PageTrouble trouble) const {
    return std::find(troubles.begin(), troubles.end(), trouble) != troubles.end();
}

std::vector<std::byte> encode_answer(const DecoderAnswer& answer) {
    FrameWriter out;
    out.number(version, 1);
    out.number(answer.index(), 1);
    std::visit(Put{out}, answer);
    return out.framed();
}

forms::Result<DecoderAnswer, AnswerFault> decode_answer(std::span<const std::byte> frame) {
    FrameReader in(frame);
    if (in.number(1) != version && !in.fault()) return AnswerFault::WrongVersion;
    DecoderAnswer answer;
    switch (in.up_to(1, std::variant_size_v<DecoderAnswer> - 1)) {
    case 0:
        answer = read_readout(in);
        break;
    case 1:
        answer = static_cast<PictureFault>(in.up_to(1, picture_fault_count - 1));
        break;
    case 2:
        answer = read_page_picture(in);
        break;
    case 3:
        answer = read_page_text(in);
        break;
    default:
        answer = read_card(in);
        break;
    }
    in.end();
    if (in.fault()) return *in.fault();
    return answer;
}

} // namespace kiosk
