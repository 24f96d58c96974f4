// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/text/shaper.hpp"

#include <algorithm>
#include <fribidi.h>
#include <linebreak.h>

namespace kiosk {
namespace {

constexpr std::uint32_t word_joiner = 0x2060;       // takes no place, bidi class BN, transparent to Arabic joining
constexpr std::uint32_t zero_width_joiner = 0x200D; // for line breaking it belongs to what stands before it
constexpr int most_marks_in_a_row = 4;

bool has_no_script(hb_script_t script) {
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN;
}

bool draws_nothing(char32_t c) {
    return c == word_joiner || c == 0x200C || c == zero_width_joiner || c == 0x2068 || c == 0x2069;
}

WipingVector<hb_script_t> scripts_of(std::span<const std::uint32_t> characters) {
    WipingVector<hb_script_t> scripts(characters.size());
    hb_unicode_funcs_t* unicode = hb_unicode_funcs_get_default();
    hb_script_t last = HB_SCRIPT_COMMON;
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const hb_script_t own = hb_unicode_script(unicode, characters[i]);
        scripts[i] = last = has_no_script(own) ? last : own;
    }
    // Signs before the first letter go with it.
    const auto first = std::find_if(scripts.begin(), scripts.end(), [](hb_script_t s) { return !has_no_script(s); });
    std::fill(scripts.begin(), first, first == scripts.end() ? HB_SCRIPT_LATIN : *first);
    return scripts;
}

/// A telephone number, an amount, a date in figures: digits without any letter are read from left to right in every
/// language. In a right-to-left paragraph the groups of "333 000 0001" would stand in reverse.
bool only_figures(std::span<const FriBidiCharType> types) {
    const bool letters =
        std::any_of(types.begin(), types.end(), [](FriBidiCharType t) { return FRIBIDI_IS_LETTER(t); });
    return !letters && std::any_of(types.begin(), types.end(), [](FriBidiCharType t) { return FRIBIDI_IS_NUMBER(t); });
}

/// A sentence all of whose letters run against the page is in another language: an Italian question that a form has no
/// Arabic words for. It keeps its signs where it has them; mixed with words of the page, it is for its writer to isolate.
bool all_letters_run(std::span<const FriBidiCharType> types, bool right_to_left) {
    bool found = false;
    for (const FriBidiCharType type : types) {
        if (!FRIBIDI_IS_LETTER(type)) continue;
        if ((FRIBIDI_IS_RTL(type) != 0) != right_to_left) return false;
        found = true;
    }
    return found;
}

void find_levels(Shaped& shaped, bool right_to_left, bool by_content) {
    const auto length = static_cast<FriBidiStrIndex>(shaped.characters.size());
    WipingVector<FriBidiCharType> types(shaped.characters.size());
    WipingVector<FriBidiBracketType> brackets(shaped.characters.size());
    WipingVector<FriBidiLevel> levels(shaped.characters.size());
    fribidi_get_bidi_types(shaped.characters.data(), length, types.data());
    fribidi_get_bracket_types(shaped.characters.data(), length, types.data(), brackets.data());
    shaped.begins_right = right_to_left;
    if (by_content && only_figures(types)) right_to_left = false;
    if (!by_content && all_letters_run(types, !right_to_left)) right_to_left = !right_to_left;
    FriBidiParType base = by_content ? (right_to_left ? FRIBIDI_PAR_WRTL : FRIBIDI_PAR_WLTR)
                                     : (right_to_left ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR);
    const FriBidiLevel most =
        fribidi_get_par_embedding_levels_ex(types.data(), brackets.data(), length, &base, levels.data());
    shaped.base_level = FRIBIDI_IS_RTL(base) ? 1 : 0;
    if (by_content) shaped.begins_right = shaped.base_level == 1;
    shaped.levels.assign(shaped.characters.size(), shaped.base_level);
    if (most == 0) return; // no memory for the algorithm: everything runs as the paragraph does
    std::transform(levels.begin(), levels.end(), shaped.levels.begin(),
                   [](FriBidiLevel level) { return static_cast<std::uint8_t>(level); });
}

void find_breaks(Shaped& shaped, std::span<const Decoded> paragraph, const std::string& language) {
    static const bool ready = [] {
        init_linebreak();
        return true;
    }();
    (void)ready;
    const std::size_t length = shaped.characters.size();
    WipingVector<utf32_t> characters(length);
    for (std::size_t i = 0; i < length; ++i)
        characters[i] = shaped.characters[i] == word_joiner ? zero_width_joiner : shaped.characters[i];
    WipingVector<char> kinds(length);
    set_linebreaks_utf32(characters.data(), length, language.c_str(), kinds.data());
    shaped.breaks.resize(length);
    shaped.spaces.resize(length);
    for (std::size_t i = 0; i < length; ++i) {
        shaped.breaks[i] = kinds[i] == LINEBREAK_ALLOWBREAK || kinds[i] == LINEBREAK_MUSTBREAK ? 1 : 0;
        shaped.spaces[i] = is_space(paragraph[i].character) ? 1 : 0;
    }
}

} // namespace

Shaper::Shaper(FontSet& fonts) : fonts_(fonts), buffer_(hb_buffer_create()) {}

Shaped Shaper::shape(std::span<const Decoded> paragraph, const Wish& wish) {
    Shaped shaped;
    if (paragraph.empty()) {
        shaped.base_level = wish.right_to_left ? 1 : 0;
        shaped.begins_right = wish.right_to_left;
        return shaped;
    }
    shaped.characters.reserve(paragraph.size());
    int marks = 0;
    for (const Decoded& decoded : paragraph) {
        const char32_t c = decoded.character;
        const bool joiner = c == 0x200C || c == zero_width_joiner;
        marks = is_mark(c) && !joiner ? marks + 1 : 0;
        const bool hidden = is_hidden(c) || marks > most_marks_in_a_row;
        shaped.characters.push_back(hidden ? word_joiner : c == '\t' ? U' ' : c);
    }
    if (!wish.strong.empty()) {
        shaped.strong.assign(paragraph.size(), 0);
        for (std::size_t i = 0; i < paragraph.size(); ++i)
            for (const Stretch& stretch : wish.strong)
                if (paragraph[i].byte >= stretch.begin && paragraph[i].byte < stretch.end) shaped.strong[i] = 1;
    }
    find_levels(shaped, wish.right_to_left, wish.by_content);
    find_breaks(shaped, paragraph, wish.language);
    find_runs(shaped, wish);
    shaped.glyphs.reserve(paragraph.size());
    for (TextRun& run : shaped.runs) {
        run.glyph_begin = static_cast<std::uint32_t>(shaped.glyphs.size());
        shape_run(shaped.characters, run.begin, run.end, 0, run, wish, shaped.glyphs);
        run.glyph_end = static_cast<std::uint32_t>(shaped.glyphs.size());
    }
    return shaped;
}

void Shaper::find_runs(Shaped& shaped, const Wish& wish) {
    const WipingVector<hb_script_t> scripts = scripts_of(shaped.characters);
    hb_unicode_funcs_t* unicode = hb_unicode_funcs_get_default();
    FaceId face = fonts_.main_face(wish.weight);
    const auto weight_at = [&](std::uint32_t i) {
        return !shaped.strong.empty() && shaped.strong[i] != 0 ? Weight::Bold : wish.weight;
    };
    for (std::uint32_t i = 0; i < shaped.characters.size(); ++i) {
        const char32_t c = shaped.characters[i];
        // Spaces and signs stay with the letters before them where that face has them; digits are those of the main
        // face in every script, so that numbers look alike everywhere.
        const bool new_weight = i > 0 && weight_at(i) != weight_at(i - 1);
        const bool follows = i > 0 && (!new_weight || is_mark(c)) &&
                             (is_mark(c) || (has_no_script(hb_unicode_script(unicode, c)) && (c < '0' || c > '9')));
        if (draws_nothing(c)) {
            // stays where it is
        } else if (!follows || !fonts_.covers(face, c)) {
            face = fonts_.face_for(c, scripts[i], weight_at(i));
        }
        const bool same = !shaped.runs.empty() && shaped.runs.back().level == shaped.levels[i] &&
                          shaped.runs.back().script == scripts[i] && shaped.runs.back().face == face;
        if (same)
            shaped.runs.back().end = i + 1;
        else
            shaped.runs.push_back({i, i + 1, shaped.levels[i], face, scripts[i], 0, 0});
    }
}

void Shaper::shape_run(std::span<const std::uint32_t> context, std::uint32_t begin, std::uint32_t end,
                       std::uint32_t first, const TextRun& run, const Wish& wish, WipingVector<ShapedGlyph>& out) {
    hb_buffer_t* buffer = buffer_.get();
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_codepoints(buffer, context.data(), static_cast<int>(context.size()), begin - first,
                             static_cast<int>(end - begin));
    hb_buffer_set_direction(buffer, run.right_to_left() ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, run.script);
    hb_buffer_set_language(buffer,
                           hb_language_from_string(wish.language.data(), static_cast<int>(wish.language.size())));
    hb_shape(fonts_.sized(run.face, fonts_.em_64(run.face, wish.cap_px)), buffer, nullptr, 0);

    unsigned int count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, &count);
    longest_ = std::max({longest_, count, static_cast<unsigned int>(end - begin)});
    for (unsigned int i = 0; i < count; ++i) {
        const bool unsafe = (hb_glyph_info_get_glyph_flags(&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0;
        out.push_back({infos[i].codepoint, infos[i].cluster + first, static_cast<float>(positions[i].x_advance) / 64,
                       static_cast<float>(positions[i].x_offset) / 64, -static_cast<float>(positions[i].y_offset) / 64,
                       unsafe});
    }
}

WipingVector<ShapedGlyph> Shaper::reshape(const Shaped& shaped, const TextRun& run, std::uint32_t begin,
                                          std::uint32_t end, std::uint32_t line_begin, std::uint32_t line_end,
                                          const Wish& wish) {
    WipingVector<ShapedGlyph> out;
    const std::span<const std::uint32_t> line =
        std::span(shaped.characters.data(), shaped.characters.size()).subspan(line_begin, line_end - line_begin);
    shape_run(line, begin, end, line_begin, run, wish, out);
    return out;
}

void Shaper::scrub() {
    // The buffer keeps its memory: make it as long as it ever was, then overwrite all of it.
    hb_buffer_t* buffer = buffer_.get();
    hb_buffer_clear_contents(buffer);
    if (hb_buffer_set_length(buffer, longest_) == 0) return;
    unsigned int count = 0;
    hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    if (infos != nullptr) explicit_bzero(infos, count * sizeof *infos);
    hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, &count);
    if (positions != nullptr) explicit_bzero(positions, count * sizeof *positions);
    hb_buffer_clear_contents(buffer);
}

void Shaper::forget() {
    scrub();
    longest_ = 0;
}

} // namespace kiosk
