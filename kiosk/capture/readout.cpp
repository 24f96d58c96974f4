// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/readout.hpp"

#include "kiosk/capture/mrz.hpp"

#include <algorithm>
#include <optional>

namespace kiosk {
namespace {

constexpr std::uint8_t version = 2; // 2: with a machine-readable zone
constexpr std::uint32_t most_side = 20000;
constexpr std::int32_t farthest = 100000; // a corner may lie outside the picture, but not just anywhere

constexpr std::uint32_t most_zone_lines = 3, longest_zone_line = 44;

bool is_zone(const std::vector<std::string>& lines) {
    return mrz_format(lines).has_value() && std::all_of(lines.begin(), lines.end(), [](const std::string& line) {
               return std::all_of(line.begin(), line.end(),
                                  [](char c) { return c == '?' || mrz_allows(MrzPlace::Any, c); });
           });
}

class Writer {
public:
    void number(std::uint64_t value, int bytes) {
        for (int i = bytes - 1; i >= 0; --i)
            out_.push_back(static_cast<std::byte>(value >> (8 * i)));
    }
    void text(std::string_view bytes) {
        number(bytes.size(), 2);
        for (const char c : bytes)
            out_.push_back(static_cast<std::byte>(c));
    }
    void corners(const PictureCorners& corners) {
        for (const PicturePoint& point : corners) {
            number(static_cast<std::uint32_t>(point.x), 4);
            number(static_cast<std::uint32_t>(point.y), 4);
        }
    }
    std::vector<std::byte> framed() {
        std::vector<std::byte> frame;
        for (int i = 3; i >= 0; --i)
            frame.push_back(static_cast<std::byte>(out_.size() >> (8 * i)));
        frame.insert(frame.end(), out_.begin(), out_.end());
        return frame;
    }

private:
    std::vector<std::byte> out_;
};

/// After the first thing that is not there or not right every further one is zero; `fault` says which it was.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : left_(bytes) {}

    std::uint32_t number(std::size_t bytes) {
        if (left_.size() < bytes) fail(AnswerFault::Truncated);
        if (fault_) return 0;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i)
            value = value << 8 | std::to_integer<std::uint32_t>(left_[i]);
        left_ = left_.subspan(bytes);
        return value;
    }
    std::uint32_t up_to(std::size_t bytes, std::uint32_t most) {
        const std::uint32_t value = number(bytes);
        if (value > most) fail(AnswerFault::BadValue);
        return fault_ ? 0 : value;
    }
    std::string text(std::uint32_t most) {
        const std::uint32_t length = up_to(2, most);
        if (left_.size() < length) fail(AnswerFault::Truncated);
        if (fault_) return {};
        std::string out(reinterpret_cast<const char*>(left_.data()), length);
        left_ = left_.subspan(length);
        return out;
    }
    PictureCorners corners() {
        PictureCorners all{};
        for (PicturePoint& point : all)
            for (std::int32_t* const part : {&point.x, &point.y}) {
                *part = static_cast<std::int32_t>(number(4));
                if (*part < -farthest || *part > farthest) fail(AnswerFault::BadValue);
            }
        return all;
    }
    void end() {
        if (!left_.empty()) fail(AnswerFault::TrailingBytes);
    }
    void fail(AnswerFault fault) {
        if (!fault_) fault_ = fault;
    }
    [[nodiscard]] std::optional<AnswerFault> fault() const { return fault_; }

private:
    std::span<const std::byte> left_;
    std::optional<AnswerFault> fault_;
};

MrzFound read_zone(Reader& in) {
    MrzFound zone;
    const std::uint32_t count = in.up_to(1, most_zone_lines);
    for (std::uint32_t i = 0; i < count && !in.fault(); ++i)
        zone.lines.push_back(in.text(longest_zone_line));
    zone.corners = in.corners();
    if (!in.fault() && !is_zone(zone.lines)) in.fail(AnswerFault::BadValue);
    return zone;
}

Readout read_readout(Reader& in) {
    Readout readout;
    readout.width = in.up_to(4, most_side);
    readout.height = in.up_to(4, most_side);
    const std::uint32_t codes = in.up_to(1, most_codes);
    for (std::uint32_t i = 0; i < codes && !in.fault(); ++i) {
        CodeFound code;
        code.symbology = static_cast<Symbology>(in.up_to(1, symbology_count - 1));
        code.bytes = in.text(most_code_bytes);
        code.corners = in.corners();
        readout.codes.push_back(std::move(code));
    }
    if (in.up_to(1, 1) == 1) readout.mrz = read_zone(in);
    return readout;
}

} // namespace

std::string_view name_of(Symbology symbology) {
    constexpr std::array<std::string_view, symbology_count> names = {"code-39",     "code-128", "qr-code",
                                                                     "data-matrix", "pdf-417",  "aztec"};
    return names[static_cast<std::size_t>(symbology)];
}

std::string_view name_of(PictureFault fault) {
    constexpr std::array<std::string_view, picture_fault_count> names = {
        "empty",          "too-large", "unknown-type",      "bad-header", "too-many-pixels",
        "too-many-scans", "animated",  "profile-too-large", "bad-pixels", "colours-not-read"};
    return names[static_cast<std::size_t>(fault)];
}

std::vector<std::byte> encode_answer(const DecoderAnswer& answer) {
    Writer out;
    out.number(version, 1);
    if (const auto* const fault = std::get_if<PictureFault>(&answer)) {
        out.number(1, 1);
        out.number(static_cast<std::uint8_t>(*fault), 1);
        return out.framed();
    }
    const Readout& readout = std::get<Readout>(answer);
    out.number(0, 1);
    out.number(readout.width, 4);
    out.number(readout.height, 4);
    const std::size_t codes = std::min(readout.codes.size(), most_codes);
    out.number(codes, 1);
    for (std::size_t i = 0; i < codes; ++i) {
        const CodeFound& code = readout.codes[i];
        out.number(static_cast<std::uint8_t>(code.symbology), 1);
        out.text(std::string_view(code.bytes).substr(0, most_code_bytes));
        out.corners(code.corners);
    }
    out.number(readout.mrz ? 1 : 0, 1);
    if (readout.mrz) {
        out.number(readout.mrz->lines.size(), 1);
        for (const std::string& line : readout.mrz->lines)
            out.text(line);
        out.corners(readout.mrz->corners);
    }
    return out.framed();
}

forms::Result<DecoderAnswer, AnswerFault> decode_answer(std::span<const std::byte> frame) {
    Reader in(frame);
    if (in.number(1) != version && !in.fault()) return AnswerFault::WrongVersion;
    const std::uint32_t kind = in.up_to(1, 1);
    DecoderAnswer answer;
    if (kind == 1)
        answer = static_cast<PictureFault>(in.up_to(1, picture_fault_count - 1));
    else
        answer = read_readout(in);
    in.end();
    if (in.fault()) return *in.fault();
    return answer;
}

} // namespace kiosk
