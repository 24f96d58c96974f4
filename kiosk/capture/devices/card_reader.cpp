// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/card_reader.hpp"

#include "kiosk/capture/devices/card_conversation.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <winscard.h>

namespace kiosk {
namespace {

using Why = CardNotRead::Why;
using namespace std::chrono_literals;

// Waiting in the daemon cannot be ended by our bell, and to cancel it from another thread is a conversation with the
// daemon itself, which may hang: so it is asked twice a second.
constexpr DWORD at_most_ms = 500;
constexpr auto until_next_try = 5s;

/// A conversation with pcscd.
class Context {
public:
    Context() { known_ = ::SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &handle_) == SCARD_S_SUCCESS; }
    ~Context() {
        if (known_) ::SCardReleaseContext(handle_);
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    explicit operator bool() const { return known_; }
    [[nodiscard]] SCARDCONTEXT get() const { return handle_; }

private:
    SCARDCONTEXT handle_ = 0;
    bool known_ = false;
};

bool daemon_gone(LONG result) {
    return result == SCARD_E_NO_SERVICE || result == SCARD_E_SERVICE_STOPPED || result == SCARD_F_COMM_ERROR ||
           result == SCARD_E_INVALID_HANDLE;
}

/// Nothing: the daemon is gone.
std::optional<std::vector<std::string>> names(const Context& context) {
    DWORD size = 0;
    LONG result = ::SCardListReaders(context.get(), nullptr, nullptr, &size);
    if (result == SCARD_E_NO_READERS_AVAILABLE) return std::vector<std::string>{};
    if (result != SCARD_S_SUCCESS) return std::nullopt;
    std::string all(size, '\0');
    result = ::SCardListReaders(context.get(), nullptr, all.data(), &size);
    if (result == SCARD_E_NO_READERS_AVAILABLE) return std::vector<std::string>{};
    if (result != SCARD_S_SUCCESS) return std::nullopt; // one more reader came in between: asked again soon
    std::vector<std::string> list;
    for (std::string_view rest(all.data(), size); !rest.empty() && rest.front() != '\0';) {
        const std::string_view name = rest.substr(0, rest.find('\0'));
        list.emplace_back(name);
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    }
    return list;
}

/// A card in our hands; on every way out it is left as it lies.
class Card {
public:
    Card(const Context& context, const std::string& reader) {
        result_ = ::SCardConnect(context.get(), reader.c_str(), SCARD_SHARE_SHARED,
                                 SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &handle_, &protocol_);
        if (result_ == SCARD_S_SUCCESS) {
            connected_ = true;
            result_ = ::SCardBeginTransaction(handle_);
            in_transaction_ = result_ == SCARD_S_SUCCESS;
        }
    }
    ~Card() {
        if (in_transaction_) ::SCardEndTransaction(handle_, SCARD_LEAVE_CARD);
        if (connected_) ::SCardDisconnect(handle_, SCARD_LEAVE_CARD);
    }
    Card(const Card&) = delete;
    Card& operator=(const Card&) = delete;

    [[nodiscard]] LONG result() const { return result_; }
    [[nodiscard]] std::optional<std::vector<std::uint8_t>> transmit(std::span<const std::uint8_t> command) {
        std::vector<std::uint8_t> answer(MAX_BUFFER_SIZE);
        DWORD size = static_cast<DWORD>(answer.size());
        const SCARD_IO_REQUEST* const how = protocol_ == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_T0;
        result_ = ::SCardTransmit(handle_, how, command.data(), static_cast<DWORD>(command.size()), nullptr,
                                  answer.data(), &size);
        if (result_ != SCARD_S_SUCCESS) return std::nullopt;
        answer.resize(size);
        return answer;
    }

private:
    SCARDHANDLE handle_ = 0;
    DWORD protocol_ = 0;
    LONG result_ = SCARD_S_SUCCESS;
    bool connected_ = false, in_transaction_ = false;
};

forms::Result<std::vector<std::byte>, Why> read_once(const Context& context, const std::string& reader, LONG& result) {
    Card card(context, reader);
    result = card.result();
    if (result != SCARD_S_SUCCESS)
        return result == SCARD_E_NO_SMARTCARD || result == SCARD_W_REMOVED_CARD ? Why::Gone : Why::Nonsense;
    auto file = read_personal_data([&](std::span<const std::uint8_t> command) { return card.transmit(command); });
    result = card.result();
    return file;
}

/// The card is still there a second later.
bool stays(const Context& context, const std::string& reader) {
    SCARD_READERSTATE state{};
    state.szReader = reader.c_str();
    if (::SCardGetStatusChange(context.get(), 0, &state, 1) != SCARD_S_SUCCESS) return false;
    if ((state.dwEventState & SCARD_STATE_PRESENT) == 0) return false;
    state.dwCurrentState = state.dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
    constexpr DWORD a_second_in_ms = 1000;
    return ::SCardGetStatusChange(context.get(), a_second_in_ms, &state, 1) == SCARD_E_TIMEOUT;
}

forms::Result<std::vector<std::byte>, Why> read_card(const Context& context, const std::string& reader) {
    LONG result = SCARD_S_SUCCESS;
    auto file = read_once(context, reader, result);
    // Another program has reset the card before our transaction began, or holds it alone for a moment.
    if (!file.ok() && (result == SCARD_W_RESET_CARD || result == SCARD_E_SHARING_VIOLATION))
        file = read_once(context, reader, result);
    // What comes of a card on its way out depends on the driver: an error, or an answer of nothing. The reader notices
    // a moment later that it has gone; where it stays, it was the card's own nonsense.
    if (!file.ok() && (file.error() == Why::Gone || file.error() == Why::Nonsense))
        return stays(context, reader) ? Why::Nonsense : Why::Gone;
    return file;
}

} // namespace

CardReader::CardReader(std::string reader, Outlet outlet)
    : reader_(std::move(reader)), outlet_(std::move(outlet)), thread_([this](DeviceThread& thread) { run(thread); }) {}

void CardReader::want(bool wanted) {
    unsigned now = wishes_.load(std::memory_order_acquire);
    if ((now % 2 == 1) != wanted) wishes_.store(now + 1, std::memory_order_release); // one thread writes: the screen's
    thread_.ring();
}

void CardReader::run(DeviceThread& thread) {
    while (!thread.stopping()) {
        const Context context;
        if (!context) {
            outlet_.say(DeviceState::Absent);
            thread.wait(until_next_try);
            continue;
        }
        DWORD card_seen = SCARD_STATE_UNAWARE;
        std::pair<DWORD, unsigned> answered{}; // the card (a count in the upper half) and the wish that were served
        DWORD readers_seen = SCARD_STATE_UNAWARE;
        std::string of;
        while (!thread.stopping()) {
            const auto list = names(context);
            if (!list) break;
            std::string chosen;
            for (const std::string& name : *list)
                if (chosen.empty() && (reader_ == "auto" || name.starts_with(reader_))) chosen = name;
            outlet_.say(chosen.empty() ? DeviceState::Absent : DeviceState::Ready);
            if (of != chosen) {
                of = chosen;
                card_seen = SCARD_STATE_UNAWARE;
                answered = {};
            }
            std::array<SCARD_READERSTATE, 2> states{};
            states[0].szReader = "\\\\?PnP?\\Notification"; // a reader came or went
            states[0].dwCurrentState = readers_seen;
            states[1].szReader = chosen.c_str();
            states[1].dwCurrentState = card_seen;
            const LONG result = ::SCardGetStatusChange(context.get(), at_most_ms, states.data(), chosen.empty() ? 1 : 2);
            if (daemon_gone(result)) break;
            if (result != SCARD_S_SUCCESS && result != SCARD_E_TIMEOUT) { // the reader left at this moment
                if (thread.stopping()) break;
                thread.wait(std::chrono::milliseconds(at_most_ms));
                continue;
            }
            readers_seen = states[0].dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
            if (chosen.empty()) continue;
            card_seen = states[1].dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
            const unsigned wish = wishes_.load(std::memory_order_acquire);
            const std::pair<DWORD, unsigned> now{card_seen >> 16, wish};
            if (wish % 2 == 0 || (card_seen & SCARD_STATE_PRESENT) == 0 || now == answered) continue;
            answered = now;
            outlet_.say(DeviceState::Working);
            auto file = (card_seen & SCARD_STATE_MUTE) != 0
                            ? forms::Result<std::vector<std::byte>, Why>(Why::Nonsense)
                            : read_card(context, chosen);
            outlet_.say(DeviceState::Ready);
            // Meanwhile nobody may want it any more: then what was read belongs to nobody.
            if (wishes_.load(std::memory_order_acquire) != wish) continue;
            if (file.ok())
                outlet_.post(CardRead{std::move(file).value()});
            else
                outlet_.card_not_read(file.error());
        }
        if (!thread.stopping()) {
            outlet_.say(DeviceState::Absent);
            thread.wait(until_next_try);
        }
    }
}

std::optional<std::vector<std::string>> card_readers() {
    const Context context;
    if (!context) return std::nullopt;
    return names(context);
}

} // namespace kiosk
