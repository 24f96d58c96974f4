// SPDX-License-Identifier: EUPL-1.2
// Whatever a bar code holds, its meaning is one of the list, and what may be shown of it is text without tricks.
#include "forms/base/utf8.hpp"
#include "kiosk/capture/document.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void must(bool promise) {
    if (!promise) std::abort();
}

void must_be_safe(const std::string& text) {
    must(text.size() <= kiosk::most_shown_bytes);
    must(forms::shown_text(text) == text);
    for (const char c : text)
        must(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    const forms::PartialDate today{2026, 11, 22};
    const kiosk::CodeMeaning meaning = kiosk::meaning_of(text, today);
    must(!kiosk::name_of(meaning).empty());
    if (const auto* const code = std::get_if<kiosk::FiscalCodeMark>(&meaning))
        must(code->code.size() == 16 || code->code.size() == 11);
    if (const auto* const other = std::get_if<kiosk::OtherMark>(&meaning)) must_be_safe(other->text);
    if (const auto* const link = std::get_if<kiosk::LinkMark>(&meaning)) must_be_safe(link->host);
    if (const auto* const sepa = std::get_if<kiosk::SepaMark>(&meaning))
        for (const std::string* const part : {&sepa->name, &sepa->iban, &sepa->amount, &sepa->reference, &sepa->text})
            must_be_safe(*part);
    kiosk::Readout readout;
    readout.codes.push_back({kiosk::Symbology::Code39, text.substr(0, size / 2), {}});
    readout.codes.push_back({kiosk::Symbology::QrCode, text.substr(size / 2), {}});
    const kiosk::DocumentSeen seen = kiosk::understand(readout, today);
    must(seen.conflicts.empty() || !seen.person);
    return 0;
}
