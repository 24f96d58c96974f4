// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/card_conversation.hpp"

#include "kiosk/capture/card_file.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kiosk {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Why = CardNotRead::Why;
template <class T>
using Or = forms::Result<T, Why>;

// ISO/IEC 7816-4.
constexpr std::uint16_t done = 0x9000;
constexpr std::uint16_t file_not_found = 0x6A82;
constexpr std::uint16_t security_not_satisfied = 0x6982;
constexpr std::uint16_t end_of_file_before = 0x6282; ///< fewer bytes than asked for; they are good
constexpr std::uint8_t more_waits = 0x61;            ///< low byte: how many bytes GET RESPONSE brings
constexpr std::uint8_t wrong_length = 0x6C;          ///< low byte: the length to ask for

struct Answer {
    Bytes data;
    std::uint16_t status = 0;
    [[nodiscard]] std::uint8_t high() const { return static_cast<std::uint8_t>(status >> 8); }
    [[nodiscard]] std::uint8_t low() const { return static_cast<std::uint8_t>(status & 0xFF); }
};

Or<Answer> converse(const CardTransmit& transmit, std::span<const std::uint8_t> command) {
    auto raw = transmit(command);
    if (!raw) return Why::Gone;
    if (raw->size() < 2 || raw->size() > 258) return Why::Nonsense;
    Answer answer;
    answer.status = static_cast<std::uint16_t>((*raw)[raw->size() - 2] << 8 | raw->back());
    raw->resize(raw->size() - 2);
    answer.data = *std::move(raw);
    return answer;
}

/// With T=0 an answer has to be fetched: at most `fetches` times, or a card that always has "more" holds us for ever.
Or<Answer> complete(const CardTransmit& transmit, std::span<const std::uint8_t> command) {
    auto first = converse(transmit, command);
    if (!first.ok()) return first.error();
    Answer answer = std::move(first).value();
    if (answer.high() == wrong_length && answer.low() != 0) {
        Bytes again(command.begin(), command.end());
        again.back() = answer.low();
        auto second = converse(transmit, again);
        if (!second.ok()) return second.error();
        answer = std::move(second).value();
    }
    constexpr int fetches = 4;
    for (int i = 0; answer.high() == more_waits; ++i) {
        if (i == fetches) return Why::Nonsense;
        const std::array<std::uint8_t, 5> get_response{0x00, 0xC0, 0x00, 0x00, answer.low()};
        auto more = converse(transmit, get_response);
        if (!more.ok()) return more.error();
        answer.data.insert(answer.data.end(), more.value().data.begin(), more.value().data.end());
        answer.status = more.value().status;
    }
    return answer;
}

Or<forms::Done> select(const CardTransmit& transmit, std::uint16_t file) {
    const std::array<std::uint8_t, 7> command{
        0x00, 0xA4, 0x00, 0x00, 0x02, static_cast<std::uint8_t>(file >> 8), static_cast<std::uint8_t>(file & 0xFF)};
    auto first = converse(transmit, command);
    if (!first.ok()) return first.error();
    Answer answer = std::move(first).value();
    if (answer.high() == more_waits) { // what the card says of the file is fetched and not looked at
        const std::array<std::uint8_t, 5> get_response{0x00, 0xC0, 0x00, 0x00, answer.low()};
        auto more = converse(transmit, get_response);
        if (!more.ok()) return more.error();
        answer = std::move(more).value();
    }
    if (answer.status == done) return forms::Done{};
    if (answer.status == security_not_satisfied) return Why::AsksForPin;
    // A card of another kind says so in many ways: no such file, no such command or class, wrong parameters.
    if (answer.status == file_not_found || answer.high() == 0x6A || answer.high() == 0x6D || answer.high() == 0x6E ||
        answer.status == 0x6986 || answer.high() == 0x6B)
        return Why::NotACns;
    return Why::Nonsense;
}

Or<Bytes> read_binary(const CardTransmit& transmit, std::size_t from, std::size_t count) {
    const std::array<std::uint8_t, 5> command{0x00, 0xB0, static_cast<std::uint8_t>(from >> 8),
                                              static_cast<std::uint8_t>(from & 0xFF), static_cast<std::uint8_t>(count)};
    auto answer = complete(transmit, command);
    if (!answer.ok()) return answer.error();
    if (answer.value().status == security_not_satisfied) return Why::AsksForPin;
    if (answer.value().status != done && answer.value().status != end_of_file_before) return Why::Nonsense;
    if (answer.value().data.empty() || answer.value().data.size() > count) return Why::Nonsense;
    return std::move(answer).value().data;
}

std::optional<std::size_t> length_of(const Bytes& digits) {
    std::size_t value = 0;
    for (const std::uint8_t digit : digits) {
        const char c = static_cast<char>(digit);
        constexpr std::string_view known = "0123456789ABCDEF";
        const char big = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
        const auto at = known.find(big);
        if (at == std::string_view::npos) return std::nullopt;
        value = value * 16 + at;
    }
    return value;
}

} // namespace

forms::Result<std::vector<std::byte>, CardNotRead::Why> read_personal_data(const CardTransmit& transmit) {
    for (const std::uint16_t file : std::array<std::uint16_t, 3>{0x3F00, 0x1100, 0x1102})
        if (const auto selected = select(transmit, file); !selected.ok()) return selected.error();
    constexpr std::size_t length_digits = 6;
    constexpr std::size_t most_at_once = 0xE0; // some cards refuse more
    auto file = read_binary(transmit, 0, length_digits);
    if (!file.ok()) return file.error();
    if (file.value().size() != length_digits) return Why::Nonsense;
    const auto declared = length_of(file.value());
    if (!declared || *declared == 0 || *declared > most_card_file - length_digits) return Why::Nonsense;
    Bytes all = std::move(file).value();
    const std::size_t whole = length_digits + *declared;
    while (all.size() < whole) { // each turn brings a byte at least
        auto part = read_binary(transmit, all.size(), std::min(whole - all.size(), most_at_once));
        if (!part.ok()) return part.error();
        all.insert(all.end(), part.value().begin(), part.value().end());
    }
    const auto bytes = std::as_bytes(std::span(all));
    return std::vector<std::byte>(bytes.begin(), bytes.end());
}

} // namespace kiosk
