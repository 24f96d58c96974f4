// SPDX-License-Identifier: EUPL-1.2
// ISO 32000-1 (PDF 1.7); PDF/A-2u is ISO 19005-2. Numbers in brackets are its clauses.
#include "kiosk/capture/page_pdf.hpp"

#include "forms/base/utf8.hpp"
#include "kiosk/capture/page_jpeg.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string>

namespace kiosk {
namespace {

constexpr double points_per_inch = 72;
constexpr std::size_t codes_per_font = 255; // a simple font has one byte; 0 stays free

std::string decimal(double value) {
    std::array<char, 32> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 2).ptr;
    return {digits.data(), end};
}

std::string hex(std::uint32_t value, int digits) {
    std::string out;
    for (int i = digits - 1; i >= 0; --i)
        out += "0123456789ABCDEF"[value >> (4 * i) & 15];
    return out;
}

/// UTF-16, big-endian, as hexadecimal digits.
std::string utf16(char32_t letter) {
    if (letter < 0x10000) return hex(letter, 4);
    const std::uint32_t above = letter - 0x10000;
    return hex(0xD800 + (above >> 10), 4) + hex(0xDC00 + (above & 0x3FF), 4);
}

/// Which code stands for which letter. Invisible text needs no glyphs, only this: fonts of 255 letters each, in the
/// order in which the letters were met.
class Letters {
public:
    struct Code {
        std::size_t font;
        std::uint32_t code;
    };
    Code code_of(char32_t letter) {
        const auto [place, fresh] = numbers_.try_emplace(letter, numbers_.size());
        if (fresh) letters_.push_back(letter);
        return {place->second / codes_per_font, static_cast<std::uint32_t>(place->second % codes_per_font + 1)};
    }
    [[nodiscard]] std::size_t fonts() const { return (letters_.size() + codes_per_font - 1) / codes_per_font; }
    [[nodiscard]] std::span<const char32_t> of_font(std::size_t font) const {
        const auto all = std::span(letters_).subspan(font * codes_per_font);
        return all.first(std::min(all.size(), codes_per_font));
    }

private:
    std::map<char32_t, std::size_t> numbers_;
    std::vector<char32_t> letters_;
};

/// Objects one after the other, and the table of where each begins (7.5).
class Objects {
public:
    Objects() : out_("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n") {}
    /// The number that the next one will have.
    [[nodiscard]] std::size_t next() const { return places_.size() + 1; }
    std::size_t add(std::string_view body) {
        places_.push_back(out_.size());
        out_ += std::to_string(places_.size()) + " 0 obj\n" + std::string(body) + "\nendobj\n";
        return places_.size();
    }
    std::size_t add_stream(const std::string& entries, std::string_view bytes) {
        return add("<<" + entries + "/Length " + std::to_string(bytes.size()) + ">>\nstream\n" + std::string(bytes) +
                   "\nendstream");
    }
    [[nodiscard]] std::size_t size() const { return out_.size(); }
    std::string finish(std::size_t catalogue) {
        // An identifier is asked for (ISO 19005-2, 6.1.3); made of the bytes, it tells nothing that they do not
        // (FNV-1a).
        std::uint64_t digest = 0xCBF29CE484222325u;
        for (const char c : out_)
            digest = (digest ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
        const std::string id =
            hex(static_cast<std::uint32_t>(digest >> 32), 8) + hex(static_cast<std::uint32_t>(digest), 8);
        const std::size_t table = out_.size();
        out_ += "xref\n0 " + std::to_string(places_.size() + 1) + "\n0000000000 65535 f \n";
        for (const std::size_t place : places_) {
            const std::string digits = std::to_string(place);
            out_ += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
        }
        out_ += "trailer\n<</Size " + std::to_string(places_.size() + 1) + "/Root " + std::to_string(catalogue) +
                " 0 R/ID[<" + id + "><" + id + ">]>>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
        return std::move(out_);
    }

private:
    std::string out_;
    std::vector<std::size_t> places_;
};

std::string reference(std::size_t object) { return std::to_string(object) + " 0 R"; }

/// A letter is half its font's size wide, so a word of n letters is stretched by Tz to the width it has on the paper.
std::string words_of(const PageText& text, double points_per_px, double page_height, Letters& letters) {
    std::string out = "BT\n3 Tr\n"; // neither filled nor stroked (9.3.6)
    for (const PageWord& word : text.words) {
        const double size = std::max(1.0, (word.box.to.y - word.box.from.y) * points_per_px);
        std::vector<Letters::Code> codes;
        std::string_view left = word.text;
        while (const auto letter = forms::first_code_point(left)) {
            codes.push_back(letters.code_of(letter->value));
            left.remove_prefix(letter->bytes);
        }
        if (codes.empty()) continue;
        const double natural = 0.5 * size * static_cast<double>(codes.size());
        out += decimal(100 * (word.box.to.x - word.box.from.x) * points_per_px / natural) + " Tz 1 0 0 1 " +
               decimal(word.box.from.x * points_per_px) + ' ' + decimal(page_height - word.baseline * points_per_px) +
               " Tm\n";
        codes.push_back(letters.code_of(U' ')); // so that words do not run together when they are copied
        for (std::size_t i = 0; i < codes.size();) {
            const std::size_t font = codes[i].font;
            out += "/F" + std::to_string(font) + ' ' + decimal(size) + " Tf <";
            for (; i < codes.size() && codes[i].font == font; ++i)
                out += hex(codes[i].code, 2);
            out += "> Tj\n";
        }
    }
    return out + "ET\n";
}

/// A Type 3 font whose glyphs draw nothing (9.6.5), with what each code stands for (9.10.3).
std::size_t add_font(Objects& objects, std::span<const char32_t> letters) {
    std::string map = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry "
                      "(Adobe) /Ordering (UCS) "
                      "/Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 "
                      "begincodespacerange\n<00> <FF>\nendcodespacerange\n";
    std::string names, widths;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (i % 100 == 0) { // at most 100 in one block
            if (i > 0) map += "endbfchar\n";
            map += std::to_string(std::min<std::size_t>(100, letters.size() - i)) + " beginbfchar\n";
        }
        map += '<' + hex(static_cast<std::uint32_t>(i + 1), 2) + "> <" + utf16(letters[i]) + ">\n";
        names += "/n";
        widths += "500 ";
    }
    map += "endbfchar\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
    const std::size_t nothing = objects.add_stream("", "500 0 d0");
    const std::size_t meaning = objects.add_stream("", map);
    return objects.add("<</Type/Font/Subtype/Type3/FontBBox[0 0 500 1000]/FontMatrix[0.001 0 0 0.001 0 "
                       "0]/Resources<<>>/CharProcs<</n " +
                       reference(nothing) + ">>/Encoding<</Type/Encoding/Differences[1" + names +
                       "]>>/FirstChar 1/LastChar " + std::to_string(letters.size()) + "/Widths[" + widths +
                       "]/ToUnicode " + reference(meaning) + ">>");
}

/// What ISO 19005-2 (6.6.4) asks for, and nothing else: no title, author, program or date.
std::size_t add_metadata(Objects& objects) {
    return objects.add_stream(
        "/Type/Metadata/Subtype/XML",
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
        "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance></rdf:Description></rdf:RDF></"
        "x:xmpmeta>\n"
        "<?xpacket end=\"r\"?>");
}

bool is_language(std::string_view text) {
    return !text.empty() && text.size() <= 16 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
}

} // namespace

std::string_view name_of(PdfFault fault) {
    constexpr std::array<std::string_view, 3> names = {"no-pages", "not-a-page", "too-large"};
    return names[static_cast<std::size_t>(fault)];
}

forms::Result<std::vector<std::byte>, PdfFault> write_pdf(std::span<const PdfPage> pages, std::string_view language) {
    if (pages.empty()) return PdfFault::NoPages;
    std::size_t pictures = 0;
    for (const PdfPage& page : pages) {
        if (!page.picture || page.picture->dots_per_inch == 0 || !read_page_jpeg(page.picture->jpeg))
            return PdfFault::NotAPage;
        pictures += page.picture->jpeg.size();
    }
    if (pictures > most_pdf_bytes) return PdfFault::TooLarge;

    Objects objects;
    Letters letters;
    struct Made {
        std::size_t picture, content;
        double width, height; // points
    };
    std::vector<Made> made;
    // Grey as a camera means it, without a profile of a device (8.6.5.2).
    const std::size_t grey = objects.add("[/CalGray<</WhitePoint[0.9505 1 1.089]/Gamma 2.2>>]");
    for (const PdfPage& page : pages) {
        const PageJpeg size = *read_page_jpeg(page.picture->jpeg);
        const double points = points_per_inch / page.picture->dots_per_inch;
        Made one{0, 0, size.width * points, size.height * points};
        one.picture = objects.add_stream(
            "/Type/XObject/Subtype/Image/Width " + std::to_string(size.width) + "/Height " +
                std::to_string(size.height) + "/ColorSpace " + reference(grey) + "/BitsPerComponent 8/Filter/DCTDecode",
            {reinterpret_cast<const char*>(page.picture->jpeg.data()), page.picture->jpeg.size()});
        std::string content = "q " + decimal(one.width) + " 0 0 " + decimal(one.height) + " 0 0 cm /P Do Q\n";
        if (page.text && !page.text->words.empty()) content += words_of(*page.text, points, one.height, letters);
        one.content = objects.add_stream("", content);
        made.push_back(one);
    }
    std::string fonts;
    for (std::size_t font = 0; font < letters.fonts(); ++font)
        fonts += "/F" + std::to_string(font) + ' ' + reference(add_font(objects, letters.of_font(font)));
    const std::size_t metadata = add_metadata(objects);
    const std::size_t tree = objects.next() + made.size(); // written after the pages that name it
    std::string kids;
    for (const Made& page : made)
        kids +=
            reference(objects.add("<</Type/Page/Parent " + reference(tree) + "/MediaBox[0 0 " + decimal(page.width) +
                                  ' ' + decimal(page.height) + "]/Resources<</XObject<</P " + reference(page.picture) +
                                  ">>/Font<<" + fonts + ">>>>/Contents " + reference(page.content) + ">>")) +
            ' ';
    objects.add("<</Type/Pages/Count " + std::to_string(made.size()) + "/Kids[" + kids + "]>>");
    const std::size_t catalogue =
        objects.add("<</Type/Catalog/Pages " + reference(tree) + "/Metadata " + reference(metadata) +
                    (is_language(language) ? "/Lang(" + std::string(language) + ")" : "") + ">>");
    const std::string pdf = objects.finish(catalogue);
    if (pdf.size() > most_pdf_bytes) return PdfFault::TooLarge;
    const auto* const begin = reinterpret_cast<const std::byte*>(pdf.data());
    return std::vector<std::byte>(begin, begin + pdf.size());
}

} // namespace kiosk
