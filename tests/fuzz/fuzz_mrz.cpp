// SPDX-License-Identifier: EUPL-1.2
// Any text as lines of a machine-readable zone: none, or fields that keep their promises.
#include "kiosk/capture/mrz.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace {
void must(bool promise) {
    if (!promise) std::abort();
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::vector<std::string> lines(1);
    for (std::size_t i = 0; i < size; ++i)
        if (bytes[i] == '\n')
            lines.emplace_back();
        else
            lines.back() += static_cast<char>(bytes[i]);
    if (!lines.back().empty() || lines.size() > 3) lines.emplace_back();
    lines.pop_back();
    const forms::PartialDate today{2026, 11, 22};
    const auto mrz = kiosk::read_mrz(lines, today);
    if (!mrz) return 0;
    for (const std::string* const field : {&mrz->type, &mrz->issuer, &mrz->number, &mrz->nationality, &mrz->family,
                                           &mrz->given, &mrz->sex, &mrz->optional_data})
        must(field->size() <= 44 && field->find('?') == std::string::npos);
    must(!mrz->birth || forms::order(*mrz->birth, today) != forms::TimeOrder::After);
    must(mrz->checks.size() >= 2);
    for (const kiosk::MrzCheck& check : mrz->checks) {
        if (check.what == kiosk::MrzCheck::What::Number && !check.right) must(mrz->number.empty());
        if (check.what == kiosk::MrzCheck::What::Birth && !check.right) must(!mrz->birth);
        if (check.what == kiosk::MrzCheck::What::Expiry && !check.right) must(!mrz->expiry);
    }
    return 0;
}
