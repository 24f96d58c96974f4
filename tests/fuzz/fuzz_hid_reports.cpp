// SPDX-License-Identifier: EUPL-1.2
// A bar-code reader may describe itself as it likes and then send what it likes: no report is read past its end, and
// what is put together from its parts is free of control characters and within its length.
#include "kiosk/capture/devices/code_text.hpp"
#include "kiosk/capture/devices/hid_reports.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace {

void must(bool promise) {
    if (!promise) std::abort();
}

void must_be_whole(const kiosk::CodeText::Ended& ended) {
    must(ended.text.size() <= kiosk::most_code_bytes && ended.text.size() <= ended.bytes);
    for (const char byte : ended.text) {
        const auto value = static_cast<unsigned char>(byte);
        must(value != 0x7F && (value >= 0x20 || value == 0x04 || (value >= 0x1D && value <= 0x1F)));
    }
}

} // namespace

/// Two bytes: how long the descriptor is (hidraw gives 4096 at most); the descriptor; then reports, each after its
/// length.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size < 2) return 0;
    std::span<const std::uint8_t> rest(bytes + 2, size - 2);
    const std::size_t described = std::min<std::size_t>({bytes[0] | std::size_t{bytes[1]} << 8, rest.size(), 4096});
    // Copies of the very size, so that the sanitizer sees a byte read past the end.
    const std::vector<std::uint8_t> descriptor(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(described));
    const auto reports = kiosk::code_reports(descriptor);
    must(reports.size() <= 256);
    for (const kiosk::CodeReport& report : reports)
        must(report.data.bits % 8 == 0 && report.data.bit % 8 == 0);
    kiosk::CodeText text;
    for (rest = rest.subspan(described); !rest.empty();) {
        const std::size_t told = std::min<std::size_t>(rest[0], rest.size() - 1);
        const std::vector<std::uint8_t> report(rest.begin() + 1, rest.begin() + 1 + static_cast<std::ptrdiff_t>(told));
        rest = rest.subspan(1 + told);
        const auto part = kiosk::code_in(reports, report);
        if (!part) continue;
        must(part->bytes.size() <= report.size());
        for (const char byte : part->bytes)
            if (const auto ended = text.add(byte)) must_be_whole(*ended);
        if (!part->more)
            if (const auto ended = text.end()) must_be_whole(*ended);
    }
    return 0;
}
