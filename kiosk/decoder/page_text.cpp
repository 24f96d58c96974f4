// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/page_text.hpp"

#include "forms/base/utf8.hpp"
#include "kiosk/capture/page_jpeg.hpp"
#include "kiosk/decoder/pixels.hpp"

#include <algorithm>
#include <cmath>

#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

namespace kiosk::decoder {
namespace {

constexpr int least_dots = 70, most_dots = 300; // what Tesseract takes for granted; beyond it would guess

std::optional<PageWord> word_at(const tesseract::ResultIterator& place) {
    PageWord word;
    const std::unique_ptr<char[]> text(place.GetUTF8Text(tesseract::RIL_WORD));
    if (!text) return std::nullopt;
    word.text = forms::shown_text(text.get());
    std::erase_if(word.text, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
    if (word.text.empty() || word.text.size() > most_word_bytes) return std::nullopt;
    int left = 0, top = 0, right = 0, bottom = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    if (!place.BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom) || right <= left || bottom <= top)
        return std::nullopt;
    word.box = {{left, top}, {right, bottom}};
    word.baseline = place.Baseline(tesseract::RIL_WORD, &x1, &y1, &x2, &y2) ? (y1 + y2) / 2 : bottom;
    word.confidence =
        static_cast<std::uint8_t>(std::clamp(std::lround(place.Confidence(tesseract::RIL_WORD)), 0l, 100l));
    word.ends_line = place.IsAtFinalElement(tesseract::RIL_TEXTLINE, tesseract::RIL_WORD);
    return word;
}

} // namespace

TextReader::TextReader(std::unique_ptr<tesseract::TessBaseAPI> tesseract) : tesseract_(std::move(tesseract)) {}
TextReader::~TextReader() = default;

std::unique_ptr<TextReader> TextReader::start(const std::string& languages) {
    auto tesseract = std::make_unique<tesseract::TessBaseAPI>();
    if (tesseract->Init(nullptr, languages.c_str(), tesseract::OEM_LSTM_ONLY) != 0) return nullptr;
    tesseract->SetPageSegMode(tesseract::PSM_AUTO);
    return std::unique_ptr<TextReader>(new TextReader(std::move(tesseract)));
}

DecoderAnswer TextReader::read(const TextJob& job) {
    if (!read_page_jpeg(job.jpeg)) return PictureFault::UnknownType;
    auto picture = decode_picture(job.jpeg);
    if (!picture.ok()) return picture.error();
    const GrayPicture& page = picture.value();
    tesseract_->SetImage(page.pixels.data(), page.width, page.height, 1, page.width);
    tesseract_->SetSourceResolution(std::clamp<int>(job.dots_per_inch, least_dots, most_dots));
    PageText text;
    if (tesseract_->Recognize(nullptr) != 0) return text;
    const std::unique_ptr<tesseract::ResultIterator> place(tesseract_->GetIterator());
    if (!place) return text;
    do {
        if (place->Empty(tesseract::RIL_WORD)) continue;
        if (auto word = word_at(*place)) text.words.push_back(std::move(*word));
    } while (text.words.size() < most_words && place->Next(tesseract::RIL_WORD));
    return text;
}

} // namespace kiosk::decoder
