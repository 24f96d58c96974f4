// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/jobs.hpp"
#include "kiosk/capture/readout.hpp"

#include <memory>
#include <string>

namespace tesseract {
class TessBaseAPI;
}

namespace kiosk::decoder {

/// Reads the words of one page (Tesseract). Its tables are files: it is made before the process is locked in.
class TextReader {
public:
    /// `languages`: as the tables are named, "ita+fra". None: a table is not installed, or damaged.
    [[nodiscard]] static std::unique_ptr<TextReader> start(const std::string& languages);
    ~TextReader();
    TextReader(const TextReader&) = delete;
    TextReader& operator=(const TextReader&) = delete;

    /// 2 to 5 s a page. Words in reading order; what is no word of plain text is left out.
    [[nodiscard]] DecoderAnswer read(const TextJob& job);

private:
    explicit TextReader(std::unique_ptr<tesseract::TessBaseAPI> tesseract);
    std::unique_ptr<tesseract::TessBaseAPI> tesseract_;
};

} // namespace kiosk::decoder
