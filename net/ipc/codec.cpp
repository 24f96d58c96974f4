// SPDX-License-Identifier: EUPL-1.2
#include "net/ipc/codec.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstring>
#include <type_traits>
#include <utility>

namespace net::ipc {
namespace {

constexpr std::size_t longest_text = 4096;
constexpr std::size_t longest_list = 1000;

constexpr bool in_list(Role v) { return v >= Role::Kiosk && v <= Role::Desk; }
constexpr bool in_list(ReadyCode v) { return v <= ReadyCode::Broken; }
constexpr bool in_list(NotKeptReason v) { return v >= NotKeptReason::NoSpace && v <= NotKeptReason::DiskRefused; }
constexpr bool in_list(Life v) { return v >= Life::Kept && v <= Life::NeedsDesk; }
constexpr bool in_list(Reason v) { return v <= Reason::NotTrusted; }
constexpr bool in_list(Action v) { return v >= Action::Retry && v <= Action::Erase; }
constexpr bool in_list(ActOutcome v) { return v <= ActOutcome::NotLogged; }
constexpr bool in_list(KeyAction v) { return v >= KeyAction::List && v <= KeyAction::Destroy; }
constexpr bool in_list(StaffRole v) { return v <= StaffRole::Technician; }
constexpr bool in_list(SignInOutcome v) { return v <= SignInOutcome::NotNow; }
constexpr bool in_list(StaffChange v) { return v >= StaffChange::List && v <= StaffChange::Reset; }
constexpr bool in_list(StaffAnswer v) { return v <= StaffAnswer::NotWritten; }
constexpr bool in_list(DeskOutcome v) { return v <= DeskOutcome::NotWritten; }
constexpr bool in_list(Sending v) { return v <= Sending::ClockWrong; }
constexpr bool in_list(PackageKind v) { return v == PackageKind::Definition || v == PackageKind::Notice; }
constexpr bool in_list(RequestStep v) { return v <= RequestStep::Closed; }
constexpr bool in_list(StatusOutcome v) { return v <= StatusOutcome::TooMany; }

class Writer {
public:
    explicit Writer(std::vector<std::byte>& out) : out_(out) {}

    template <std::integral T>
    void operator()(T value) {
        if constexpr (std::is_same_v<T, bool>) {
            out_.push_back(std::byte{value});
        } else {
            const auto bits = static_cast<std::uint64_t>(static_cast<std::make_unsigned_t<T>>(value));
            for (std::size_t i = sizeof(T); i-- > 0;)
                out_.push_back(static_cast<std::byte>(bits >> (8 * i) & 0xff));
        }
    }
    template <class E>
    requires std::is_enum_v<E>
    void operator()(E value) { (*this)(static_cast<std::underlying_type_t<E>>(value)); }
    template <std::size_t size>
    void operator()(const std::array<std::byte, size>& bytes) {
        out_.insert(out_.end(), bytes.begin(), bytes.end());
    }
    void operator()(const forms::Uuid& id) {
        for (const std::uint8_t byte : id.bytes())
            out_.push_back(static_cast<std::byte>(byte));
    }
    void operator()(const std::string& text) {
        const std::size_t size = std::min(text.size(), longest_text);
        (*this)(static_cast<std::uint32_t>(size));
        const auto bytes = std::as_bytes(std::span(text.data(), size));
        out_.insert(out_.end(), bytes.begin(), bytes.end());
    }
    void operator()(const std::vector<std::byte>& bytes) {
        (*this)(static_cast<std::uint32_t>(bytes.size()));
        out_.insert(out_.end(), bytes.begin(), bytes.end());
    }
    template <class T>
    void operator()(const std::vector<T>& list) {
        (*this)(static_cast<std::uint32_t>(list.size()));
        for (const T& one : list)
            (*this)(one);
    }
    template <class M>
    requires requires(const M& m, Writer& w) { M::fields(m, w); }
    void operator()(const M& message) { M::fields(message, *this); }

private:
    std::vector<std::byte>& out_;
};

/// Reads what Writer wrote, and stops believing at the first thing that does not fit.
class Reader {
public:
    explicit Reader(std::span<const std::byte> in) : in_(in) {}

    [[nodiscard]] std::optional<FrameFault> fault() const { return fault_; }
    [[nodiscard]] bool at_end() const { return in_.empty(); }

    template <std::integral T>
    void operator()(T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            std::uint8_t byte = 0;
            (*this)(byte);
            if (byte > 1) fail(FrameFault::BadValue);
            value = byte == 1;
        } else {
            std::uint64_t bits = 0;
            for (const std::byte byte : take(sizeof(T)))
                bits = bits << 8 | std::to_integer<std::uint64_t>(byte);
            value = static_cast<T>(bits);
        }
    }
    template <class E>
    requires std::is_enum_v<E>
    void operator()(E& value) {
        std::underlying_type_t<E> number{};
        (*this)(number);
        if (fault_) return;
        if (in_list(static_cast<E>(number)))
            value = static_cast<E>(number);
        else
            fail(FrameFault::BadValue);
    }
    template <std::size_t size>
    void operator()(std::array<std::byte, size>& bytes) {
        const auto from = take(size);
        std::copy(from.begin(), from.end(), bytes.begin());
    }
    void operator()(forms::Uuid& id) {
        forms::Uuid::Bytes bytes{};
        const auto from = take(bytes.size());
        if (!from.empty()) std::memcpy(bytes.data(), from.data(), from.size());
        id = forms::Uuid(bytes);
    }
    void operator()(std::string& text) {
        std::uint32_t size = 0;
        (*this)(size);
        if (size > longest_text) return fail(FrameFault::BadValue);
        const auto bytes = take(size);
        text.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    void operator()(std::vector<std::byte>& list) {
        std::uint32_t size = 0;
        (*this)(size);
        const auto bytes = take(size); // refuses before room is made for anything
        list.assign(bytes.begin(), bytes.end());
    }
    template <class T>
    void operator()(std::vector<T>& list) {
        std::uint32_t size = 0;
        (*this)(size);
        if (size > longest_list) return fail(FrameFault::BadValue);
        list.clear();
        for (std::uint32_t i = 0; i < size && !fault_; ++i)
            (*this)(list.emplace_back());
    }
    template <class M>
    requires requires(M& m, Reader& r) { M::fields(m, r); }
    void operator()(M& message) { M::fields(message, *this); }

private:
    std::span<const std::byte> take(std::size_t size) {
        if (fault_ || in_.size() < size) {
            fail(FrameFault::Truncated);
            return {};
        }
        const auto bytes = in_.first(size);
        in_ = in_.subspan(size);
        return bytes;
    }
    void fail(FrameFault fault) {
        if (!fault_) fault_ = fault;
    }

    std::span<const std::byte> in_;
    std::optional<FrameFault> fault_;
};

template <std::size_t index = 0>
Message empty_message(std::size_t wanted) {
    if constexpr (index < std::variant_size_v<Message>) {
        if (wanted == index) return Message(std::in_place_index<index>);
        return empty_message<index + 1>(wanted);
    } else {
        return {};
    }
}

} // namespace

std::vector<std::byte> encode(const Message& message) {
    std::vector<std::byte> frame(4);
    frame.push_back(static_cast<std::byte>(message.index()));
    Writer writer(frame);
    std::visit([&](const auto& m) { writer(m); }, message);
    const std::size_t size = frame.size() - 4;
    for (std::size_t i = 0; i < 4; ++i)
        frame[i] = static_cast<std::byte>(size >> (8 * (3 - i)) & 0xff);
    return frame;
}

forms::Result<Message, FrameFault> decode(std::span<const std::byte> frame) {
    if (frame.size() > largest_frame) return FrameFault::TooLarge;
    if (frame.empty()) return FrameFault::Truncated;
    const auto number = std::to_integer<std::size_t>(frame[0]);
    if (number >= std::variant_size_v<Message>) return FrameFault::Unknown;
    Message message = empty_message(number);
    Reader reader(frame.subspan(1));
    std::visit([&](auto& m) { reader(m); }, message);
    if (reader.fault()) return *reader.fault();
    if (!reader.at_end()) return FrameFault::TrailingBytes;
    return message;
}

void FrameBuffer::add(std::span<const std::byte> bytes) {
    if (read_ > 0) {
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(read_));
        read_ = 0;
    }
    waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
}

std::optional<forms::Result<Message, FrameFault>> FrameBuffer::next() {
    const auto have = std::span(waiting_).subspan(read_);
    if (have.size() < 4) return std::nullopt;
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i)
        size = size << 8 | std::to_integer<std::size_t>(have[i]);
    if (size > largest_frame) // before waiting for it
        return forms::Result<Message, FrameFault>(FrameFault::TooLarge);
    if (have.size() < 4 + size) return std::nullopt;
    read_ += 4 + size;
    return decode(have.subspan(4, size));
}

} // namespace net::ipc
