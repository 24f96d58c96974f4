// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/capture/page.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace kiosk {

/// One page of a document: its picture, and what stands on it for searching. `text` may be empty: not read, or not yet.
struct PdfPage {
    const PagePicture* picture = nullptr;
    const PageText* text = nullptr; ///< nullptr = none
};

enum class PdfFault {
    NoPages,
    NotAPage, ///< a picture without bytes, or not the JPEG of our own making
    TooLarge, ///< more than an attachment may have (threat-model §4: 20 MiB): take pages out, or make two documents
};
[[nodiscard]] std::string_view name_of(PdfFault fault); ///< "too-large"

/// Pages as one PDF 1.7, written in memory: each JPEG as it is, at its own size on paper, its words beneath it
/// invisible and in their places, so that they can be searched and copied. Nothing in it says who, when, where or by
/// which program; no scripts, no links, no files. Made as PDF/A-2u asks. The same pages give the same bytes.
/// `language`: BCP 47, "it". Any thread; values in, values out.
[[nodiscard]] forms::Result<std::vector<std::byte>, PdfFault> write_pdf(std::span<const PdfPage> pages,
                                                                        std::string_view language);

inline constexpr std::size_t most_pdf_bytes = 20u << 20;

} // namespace kiosk
