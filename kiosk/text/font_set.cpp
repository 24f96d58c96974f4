// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/text/font_set.hpp"

#include <algorithm>
#include <cmath>
#include <ft2build.h>
#include <hb-ot.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include FT_MODULE_H

namespace kiosk {

struct FontSet::Family {
    const char* name; ///< of the file, before "-Regular.ttf"
    const char* package;
    std::vector<hb_script_t> scripts;
    char32_t reference = 0; ///< stands as high as a Latin capital should look; 0: drawn on Noto Sans' own grid
    bool required = false;
    const char* extension = ".ttf";
    int index = 0; ///< inside a collection
};

struct FontSet::Face {
    FaceId id = 0;
    FT_Face freetype = nullptr;
    hb_face_t* harfbuzz = nullptr;
    double cap_ratio = 0; ///< height of the reference glyph ÷ em
    std::int32_t drawn_em_64 = 0;

    Face() = default;
    Face(const Face&) = delete;
    Face& operator=(const Face&) = delete;
    ~Face() {
        if (freetype != nullptr) FT_Done_Face(freetype);
        if (harfbuzz != nullptr) hb_face_destroy(harfbuzz);
    }
};

struct FontSet::Sized {
    hb_font_t* font = nullptr;
    std::unordered_map<std::uint32_t, GlyphReach> reaches;

    Sized() = default;
    Sized(const Sized&) = delete;
    Sized& operator=(const Sized&) = delete;
    ~Sized() {
        if (font != nullptr) hb_font_destroy(font);
    }
};

void FontSet::LibraryCloser::operator()(FT_LibraryRec_* library) const { FT_Done_FreeType(library); }

const std::vector<FontSet::Family>& FontSet::families() {
    constexpr const char* core = "fonts-noto-core";
    static const std::vector<Family> list{
        {"NotoSans", core, {HB_SCRIPT_LATIN, HB_SCRIPT_GREEK, HB_SCRIPT_CYRILLIC}, U'H', true},
        {"NotoSansArabic",
         core,
         {HB_SCRIPT_ARABIC},
         U'\u0627',
         true}, // its OS/2 sCapHeight is that of no letter: alef is
        {"NotoSansHebrew", core, {HB_SCRIPT_HEBREW}},
        {"NotoSansDevanagari", core, {HB_SCRIPT_DEVANAGARI}},
        {"NotoSansBengali", core, {HB_SCRIPT_BENGALI}},
        {"NotoSansGurmukhi", core, {HB_SCRIPT_GURMUKHI}},
        {"NotoSansGujarati", core, {HB_SCRIPT_GUJARATI}},
        {"NotoSansTamil", core, {HB_SCRIPT_TAMIL}},
        {"NotoSansTelugu", core, {HB_SCRIPT_TELUGU}},
        {"NotoSansKannada", core, {HB_SCRIPT_KANNADA}},
        {"NotoSansMalayalam", core, {HB_SCRIPT_MALAYALAM}},
        {"NotoSansSinhala", core, {HB_SCRIPT_SINHALA}},
        {"NotoSansArmenian", core, {HB_SCRIPT_ARMENIAN}},
        {"NotoSansGeorgian", core, {HB_SCRIPT_GEORGIAN}},
        {"NotoSansEthiopic", core, {HB_SCRIPT_ETHIOPIC}},
        {"NotoSansThai", core, {HB_SCRIPT_THAI}},
        {"NotoSansLao", core, {HB_SCRIPT_LAO}},
        {"NotoSansKhmer", core, {HB_SCRIPT_KHMER}},
        {"NotoSansMyanmar", core, {HB_SCRIPT_MYANMAR}},
        {"NotoSansSyriac", core, {HB_SCRIPT_SYRIAC}},
        {"NotoSansThaana", core, {HB_SCRIPT_THAANA}},
        {"NotoSansTifinagh", core, {HB_SCRIPT_TIFINAGH}},
        {"NotoSansNKo", core, {HB_SCRIPT_NKO}},
        {"NotoSansAdlam", core, {HB_SCRIPT_ADLAM}},
        {"NotoSansVai", core, {HB_SCRIPT_VAI}},
        {"NotoSansCJK",
         "fonts-noto-cjk",
         {HB_SCRIPT_HAN, HB_SCRIPT_HIRAGANA, HB_SCRIPT_KATAKANA, HB_SCRIPT_HANGUL, HB_SCRIPT_BOPOMOFO},
         0,
         false,
         ".ttc",
         2}, // simplified Chinese; the font's own rules give the other countries their forms
        {"NotoSansSymbols", core, {}},
        {"NotoSansSymbols2", core, {}},
        {"NotoSansMath", core, {}},
    };
    return list;
}

std::vector<std::filesystem::path> default_font_folders() {
    return {"/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto"};
}

forms::Result<std::unique_ptr<FontSet>, FontFault> FontSet::open(std::span<const std::filesystem::path> folders) {
    std::unique_ptr<FontSet> set(new FontSet);
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library) != 0) return FontFault{FontError::Unreadable, "", "libfreetype6"};
    set->library_.reset(library);
    set->folders_.assign(folders.begin(), folders.end());
    for (std::size_t i = 0; i < families().size(); ++i) {
        if (!families()[i].required) continue;
        for (const Weight weight : {Weight::Regular, Weight::Bold}) {
            if (set->load(i, weight) != nullptr) continue;
            const Family& family = families()[i];
            const std::string file =
                std::string(family.name) + (weight == Weight::Bold ? "-Bold" : "-Regular") + family.extension;
            const bool there = std::any_of(folders.begin(), folders.end(), [&](const std::filesystem::path& folder) {
                std::error_code none;
                return std::filesystem::exists(folder / file, none);
            });
            return FontFault{there ? FontError::Unreadable : FontError::Missing, file, family.package};
        }
    }
    return set;
}

FontSet::~FontSet() {
    sized_.clear(); // before the faces they come from
    faces_.clear();
}

const FontSet::Face* FontSet::load(std::size_t family_index, Weight weight) {
    const auto known = loaded_.find({family_index, weight});
    if (known != loaded_.end()) return known->second;
    const Family& family = families()[family_index];
    const Face* result = nullptr;
    for (const std::filesystem::path& folder : folders_) {
        const std::filesystem::path file =
            folder / (std::string(family.name) + (weight == Weight::Bold ? "-Bold" : "-Regular") + family.extension);
        auto face = std::make_unique<Face>();
        if (FT_New_Face(library_.get(), file.c_str(), family.index, &face->freetype) != 0) continue;
        hb_blob_t* blob = hb_blob_create_from_file_or_fail(file.c_str());
        if (blob == nullptr) continue;
        face->harfbuzz = hb_face_create(blob, static_cast<unsigned int>(family.index));
        hb_blob_destroy(blob);
        const double em = face->freetype->units_per_EM;
        if (em <= 0 || FT_Select_Charmap(face->freetype, FT_ENCODING_UNICODE) != 0) continue;
        if (family.reference != 0) {
            const FT_UInt glyph = FT_Get_Char_Index(face->freetype, family.reference);
            if (glyph == 0 || FT_Load_Glyph(face->freetype, glyph, FT_LOAD_NO_SCALE) != 0) continue;
            face->cap_ratio = static_cast<double>(face->freetype->glyph->metrics.horiBearingY) / em;
        } else {
            face->cap_ratio = cap_ratio(weight);
        }
        if (face->cap_ratio <= 0) continue;
        face->id = static_cast<FaceId>(faces_.size());
        result = face.get();
        faces_.push_back(std::move(face));
        break;
    }
    // A script without a bold face is better read in regular than not at all.
    if (result == nullptr && weight == Weight::Bold && !family.required) result = load(family_index, Weight::Regular);
    loaded_[{family_index, weight}] = result;
    return result;
}

FaceId FontSet::main_face(Weight weight) const { return loaded_.at({0, weight})->id; }
float FontSet::cap_ratio(Weight weight) const { return static_cast<float>(loaded_.at({0, weight})->cap_ratio); }

bool FontSet::covers(FaceId face, char32_t character) const {
    return FT_Get_Char_Index(faces_[face]->freetype, character) != 0;
}

FaceId FontSet::face_for(char32_t character, hb_script_t script, Weight weight) {
    const std::uint64_t key = (static_cast<std::uint64_t>(script) << 32) |
                              (static_cast<std::uint64_t>(character) << 1) | (weight == Weight::Bold ? 1U : 0U);
    const auto known = found_.find(key);
    if (known != found_.end()) return known->second;

    FaceId result = main_face(weight);
    if (!covers(result, character)) {
        // First the families of its script, then every other one: signs have no script of their own.
        const auto& list = families();
        for (const bool of_its_script : {true, false}) {
            bool found = false;
            for (std::size_t i = 1; i < list.size() && !found; ++i) {
                const bool has =
                    std::find(list[i].scripts.begin(), list[i].scripts.end(), script) != list[i].scripts.end();
                if (has != of_its_script) continue;
                const Face* face = load(i, weight);
                found = face != nullptr && covers(face->id, character);
                if (found) result = face->id;
            }
            if (found) break;
        }
    }
    found_.emplace(key, result);
    return result;
}

std::int32_t FontSet::em_64(FaceId face, float cap_px) const {
    return std::max<std::int32_t>(64, static_cast<std::int32_t>(std::lround(cap_px * 64.0 / faces_[face]->cap_ratio)));
}

hb_font_t* FontSet::sized(FaceId face, std::int32_t em_64) {
    std::unique_ptr<Sized>& entry = sized_[{face, em_64}];
    if (!entry) {
        entry = std::make_unique<Sized>();
        entry->font = hb_font_create(faces_[face]->harfbuzz);
        hb_ot_font_set_funcs(entry->font);
        hb_font_set_scale(entry->font, em_64, em_64);
    }
    return entry->font;
}

GlyphReach FontSet::reach(FaceId face, std::int32_t em_64, std::uint32_t glyph) {
    hb_font_t* font = sized(face, em_64);
    auto& reaches = sized_[{face, em_64}]->reaches;
    const auto known = reaches.find(glyph);
    if (known != reaches.end()) return known->second;
    hb_glyph_extents_t extents{};
    GlyphReach result;
    if (hb_font_get_glyph_extents(font, glyph, &extents))
        result = {static_cast<float>(extents.y_bearing) / 64,
                  -static_cast<float>(extents.y_bearing + extents.height) / 64};
    reaches.emplace(glyph, result);
    return result;
}

GlyphPicture FontSet::draw(FaceId id, std::int32_t em_64, std::uint32_t glyph, int quarter) {
    Face& face = *faces_[id];
    if (face.drawn_em_64 != em_64) {
        if (FT_Set_Char_Size(face.freetype, em_64, em_64, 72, 72) != 0) return {};
        face.drawn_em_64 = em_64;
    }
    // Light hinting moves outlines up and down only: stems stay where shaping put them, capitals meet the pixel rows.
    if (FT_Load_Glyph(face.freetype, glyph, FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP) != 0) return {};
    FT_GlyphSlot slot = face.freetype->glyph;
    if (slot->format != FT_GLYPH_FORMAT_OUTLINE) return {};
    FT_Outline_Translate(&slot->outline, quarter * 16, 0);
    if (FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) != 0) return {};

    const FT_Bitmap& bitmap = slot->bitmap;
    GlyphPicture picture{
        slot->bitmap_left, slot->bitmap_top, static_cast<int>(bitmap.width), static_cast<int>(bitmap.rows), {}};
    const std::size_t width = bitmap.width;
    picture.pixels.resize(width * bitmap.rows);
    for (std::size_t row = 0; row < bitmap.rows; ++row) {
        const std::uint8_t* source = bitmap.buffer + static_cast<std::ptrdiff_t>(row) * bitmap.pitch;
        std::copy_n(source, width, picture.pixels.begin() + static_cast<std::ptrdiff_t>(row * width));
    }
    return picture;
}

void FontSet::forget() {
    found_.clear();
    sized_.clear();
}

} // namespace kiosk
