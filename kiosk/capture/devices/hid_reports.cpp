// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/hid_reports.hpp"

#include <algorithm>
#include <array>

namespace kiosk {
namespace {

constexpr std::uint32_t generic_desktop = 0x01, byte_count = 0x3B;
constexpr std::uint32_t bar_code_scanner = 0x8C, decoded_data = 0xFE, data_continues = 0xFF;
constexpr std::size_t most_report_bits = 8u * 4096u; // what hidraw carries at most

struct Globals {
    std::uint32_t page = 0, size = 0, count = 0;
    std::uint8_t id = 0;
};

/// Walks the items of a report descriptor (HID 1.11, 6.2.2).
class Walk {
public:
    std::vector<CodeReport> reports;

    void over(std::span<const std::uint8_t> descriptor) {
        while (!descriptor.empty()) {
            const std::uint8_t prefix = descriptor[0];
            if (prefix == 0xFE) { // a long item: none is defined
                if (descriptor.size() < 3 || descriptor.size() < std::size_t{3} + descriptor[1]) return;
                descriptor = descriptor.subspan(std::size_t{3} + descriptor[1]);
                continue;
            }
            constexpr std::array<std::size_t, 4> sizes{0, 1, 2, 4};
            const std::size_t size = sizes[prefix & 3];
            if (descriptor.size() < 1 + size) return;
            std::uint32_t value = 0;
            for (std::size_t i = 0; i < size; ++i)
                value |= std::uint32_t{descriptor[1 + i]} << (8 * i);
            item(prefix & 0xFC, value, size);
            descriptor = descriptor.subspan(1 + size);
        }
    }

private:
    void item(unsigned kind, std::uint32_t value, std::size_t size) {
        switch (kind) {
        case 0x04: // global: usage page
            now_.page = value;
            break;
        case 0x74: // report size
            now_.size = value;
            break;
        case 0x84: // report id
            now_.id = static_cast<std::uint8_t>(value);
            break;
        case 0x94: // report count
            now_.count = value;
            break;
        case 0xA4: // push
            if (kept_.size() < 16) kept_.push_back(now_);
            break;
        case 0xB4: // pop
            if (!kept_.empty()) {
                now_ = kept_.back();
                kept_.pop_back();
            }
            break;
        case 0x08: // local: usage; of four bytes the upper two are its page
            if (usages_.size() < 256) usages_.push_back(size == 4 ? value : now_.page << 16 | value);
            break;
        case 0x80: // main: input
            input();
            usages_.clear();
            break;
        case 0x90: // output
        case 0xB0: // feature
        case 0xA0: // collection
        case 0xC0: // its end
            usages_.clear();
            break;
        default:
            break;
        }
    }

    void input() {
        std::size_t& at = used_[now_.id];
        if (at == 0 && now_.id != 0) at = 8; // the id byte
        const std::size_t bits = std::size_t{now_.size} * now_.count;
        if (now_.size > most_report_bits || now_.count > most_report_bits || at + bits > most_report_bits) {
            at = most_report_bits; // nothing of this report can be where the descriptor says
            return;
        }
        for (std::size_t i = 0; i < usages_.size(); ++i) {
            const std::uint32_t page = usages_[i] >> 16, usage = usages_[i] & 0xFFFF;
            // Several usages share the fields one each; the last has what is left.
            const std::size_t first = std::min<std::size_t>(i, now_.count);
            const std::size_t fields = i + 1 == usages_.size() ? now_.count - first : (first < now_.count ? 1 : 0);
            const CodeReport::Field field{at + first * now_.size, fields * now_.size};
            if (field.bits == 0) continue;
            Found& found = found_of(now_.id);
            if (page == bar_code_scanner && usage == decoded_data && now_.size == 8 && field.bit % 8 == 0) {
                found.report.data = field;
                found.whole = true;
            } else if (page == bar_code_scanner && usage == data_continues) {
                found.report.continued = CodeReport::Field{field.bit, 1};
            } else if (page == generic_desktop && usage == byte_count && field.bits <= 16) {
                found.report.length = field;
            }
        }
        at += bits;
    }

    struct Found {
        CodeReport report;
        bool whole = false;
    };
    Found& found_of(std::uint8_t id) {
        const auto at = std::find_if(found_.begin(), found_.end(), [&](const Found& f) { return f.report.id == id; });
        if (at != found_.end()) return *at;
        found_.push_back({});
        found_.back().report.id = id;
        return found_.back();
    }

public:
    void finish() {
        for (const Found& found : found_)
            if (found.whole) reports.push_back(found.report);
    }

private:
    Globals now_;
    std::vector<Globals> kept_;
    std::vector<std::uint32_t> usages_;
    std::array<std::size_t, 256> used_{}; ///< bits of each report so far
    std::vector<Found> found_;
};

/// Nothing: past the end of what came.
std::optional<std::uint32_t> number_at(const CodeReport::Field& field, std::span<const std::uint8_t> report) {
    if (field.bit + field.bits > report.size() * 8) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < field.bits; ++i)
        value |= static_cast<std::uint32_t>(report[(field.bit + i) / 8] >> ((field.bit + i) % 8) & 1) << i;
    return value;
}

} // namespace

std::vector<CodeReport> code_reports(std::span<const std::uint8_t> descriptor) {
    Walk walk;
    walk.over(descriptor);
    walk.finish();
    return std::move(walk.reports);
}

std::optional<CodePart> code_in(std::span<const CodeReport> reports, std::span<const std::uint8_t> report) {
    for (const CodeReport& known : reports) {
        if (report.empty() || (known.id != 0 && report[0] != known.id)) continue;
        const std::size_t begin = known.data.bit / 8;
        if (begin >= report.size()) return std::nullopt;
        std::size_t size = std::min(known.data.bits / 8, report.size() - begin);
        if (known.length) {
            const auto told = number_at(*known.length, report);
            if (!told || *told > size) return std::nullopt;
            size = *told;
        }
        CodePart part;
        const auto data = report.subspan(begin, size);
        part.bytes.assign(data.begin(), data.end());
        if (!known.length) part.bytes.resize(part.bytes.find_last_not_of('\0') + 1); // filled up with zeros
        if (known.continued) part.more = number_at(*known.continued, report).value_or(0) != 0;
        return part;
    }
    return std::nullopt;
}

} // namespace kiosk
