// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/page_scanner.hpp"

#include "kiosk/capture/devices/folder_watch.hpp"

#include <array>
#include <cerrno>
#include <functional>
#include <optional>
#include <span>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

namespace kiosk {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto until_next_look = 30s;  // for one that the configuration names, and that is not there
constexpr auto settling = 1s;          // after something was plugged in: the system's device rules act a moment later
constexpr auto longest_silence = 120s; // a lamp that warms up, a slow sheet in fine resolution
constexpr auto longest_search = 60s;
constexpr auto tidying = 10s;      // at an order's end: the carriage goes home, the feeder lets its sheet go
constexpr auto hasty_tidying = 1s; // when the program ends

/// All that drivers are told of where they run: SANE's folder of settings, if it is not the usual one.
const std::vector<std::string> surroundings{"SANE_CONFIG_DIR"};

/// What the other side has said by now. False: it says nothing more.
bool hear(int socket, WordReader& reader) {
    std::array<std::byte, 64u << 10> buffer; // NOLINT: filled by the call
    const ssize_t got = ::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0) return errno == EINTR || errno == EAGAIN;
    return got > 0 && reader.add(std::span(buffer).first(static_cast<std::size_t>(got)));
}

/// Waits for the descriptor, no longer than told; false: nobody wants to wait any more, or it took too long.
using Wait = std::function<bool(std::chrono::milliseconds, int)>;

ScannersFound search(const std::filesystem::path& program, const std::string& device, const Wait& wait) {
    const auto child = HelperProcess::start(program, {"find", device}, surroundings);
    const auto until = Steady::now() + longest_search;
    WordReader reader;
    while (child) {
        if (!wait(std::chrono::ceil<std::chrono::milliseconds>(until - Steady::now()), child.socket())) break;
        const bool more = hear(child.socket(), reader);
        if (const auto word = reader.next()) {
            if (word->ok())
                if (const auto* const found = std::get_if<ScannersFound>(&word->value())) return *found;
            break;
        }
        if (!more) break;
    }
    return {};
}

} // namespace

PageScanner::PageScanner(std::string device, std::vector<std::string> options, Outlet outlet,
                         std::filesystem::path program, std::filesystem::path bus)
    : device_(std::move(device)), options_(std::move(options)), program_(std::move(program)), bus_(std::move(bus)),
      outlet_(std::move(outlet)),
      thread_([this](DeviceThread& thread) { run(thread); }) {}

void PageScanner::scan(SheetSource source) {
    if (order_.load(std::memory_order_acquire) != Order::None) return; // one runs; nobody else begins one
    cancelled_.store(false, std::memory_order_release);
    order_.store(source == SheetSource::Feeder ? Order::Feeder : Order::Glass, std::memory_order_release);
    thread_.ring();
}

void PageScanner::cancel() {
    cancelled_.store(true, std::memory_order_release);
    thread_.ring();
}

bool PageScanner::given_up(const DeviceThread& thread) const {
    return cancelled_.load(std::memory_order_acquire) || thread.stopping();
}

void PageScanner::run(DeviceThread& thread) {
    const Wait wait = [&thread](std::chrono::milliseconds patience, int descriptor) {
        return !thread.stopping() && patience.count() > 0 &&
               thread.wait(patience, descriptor) != DeviceThread::Woken::ByTime && !thread.stopping();
    };
    const FolderWatch plugged(bus_, FolderWatch::Depth::AndBelow); // where there is no bus nothing is plugged in
    bool look = true; // again only when an order finds it gone, or when something else may be it
    std::string name;
    while (!thread.stopping()) {
        if (look) {
            plugged.drain();
            const ScannersFound found = search(program_, device_, wait);
            if (thread.stopping()) return;
            name = device_ != "auto" ? device_ : found.names.empty() ? std::string() : found.names.front();
            if (found.state == DeviceState::Absent) name.clear();
            look = false;
            outlet_.say(name.empty() ? DeviceState::Absent : DeviceState::Ready);
        }
        const Order order = order_.load(std::memory_order_acquire);
        if (order == Order::None) {
            const bool missed = name.empty() && device_ != "auto";
            const auto woken = thread.wait(missed ? std::chrono::milliseconds(until_next_look) : std::chrono::milliseconds(-1),
                                           name.empty() ? plugged.descriptor() : -1);
            look = woken != DeviceThread::Woken::ByRing;
            if (woken == DeviceThread::Woken::ByDescriptor) (void)wait(settling, -1);
            continue;
        }
        DeviceState end = DeviceState::Absent;
        if (!name.empty()) {
            outlet_.say(DeviceState::Working);
            end = scan_all(thread, name, order == Order::Feeder ? SheetSource::Feeder : SheetSource::Glass);
        }
        order_.store(Order::None, std::memory_order_release);
        if (thread.stopping()) return;
        outlet_.answer(end);
        look = end == DeviceState::Failed || end == DeviceState::Absent; // it may have been taken away
    }
}

DeviceState PageScanner::scan_all(const DeviceThread& thread, const std::string& name, SheetSource source) {
    std::vector<std::string> order{"scan", name, source == SheetSource::Feeder ? "feeder" : "glass"};
    order.insert(order.end(), options_.begin(), options_.end());
    HelperProcess child = HelperProcess::start(program_, order, surroundings);
    if (!child) return DeviceState::Failed;
    WordReader reader;
    std::optional<DeviceState> end;
    std::optional<Steady::time_point> until; // it tidies up, and its words concern nobody
    bool hasty = false;
    for (;;) {
        if (!until && (end || given_up(thread))) {
            (void)::shutdown(child.socket(), SHUT_WR);
            until = Steady::now() + tidying;
        }
        if (thread.stopping() && !std::exchange(hasty, true)) until = Steady::now() + hasty_tidying;
        const auto patience = until ? std::chrono::ceil<std::chrono::milliseconds>(*until - Steady::now())
                                    : std::chrono::milliseconds(longest_silence);
        if (patience.count() <= 0) break;
        const auto woken = thread.wait(patience, child.socket());
        if (woken == DeviceThread::Woken::ByTime) break;
        if (woken == DeviceThread::Woken::ByRing) continue;
        const bool more = hear(child.socket(), reader);
        while (auto word = reader.next()) {
            if (!word->ok()) return DeviceState::Failed;
            if (until || end || given_up(thread)) continue;
            if (const auto* const progress = std::get_if<ScanProgress>(&word->value())) {
                outlet_.post(*progress);
            } else if (auto* const sheet = std::get_if<SheetScanned>(&word->value())) {
                outlet_.post(PictureTaken{.device = DeviceKind::PageScanner,
                                          .picture = std::make_shared<const Pixels>(std::move(sheet->pixels)),
                                          .dots_per_inch = sheet->dots_per_inch,
                                          .file = {}});
            } else if (const auto* const ended = std::get_if<OrderEnded>(&word->value())) {
                end = ended->state;
            } else {
                return DeviceState::Failed;
            }
        }
        if (!more) break;
    }
    if (end) return *end;
    return given_up(thread) ? DeviceState::Ready : DeviceState::Failed;
}

ScannersFound find_page_scanners(const std::string& device, const std::filesystem::path& program) {
    return search(program, device, [](std::chrono::milliseconds patience, int descriptor) {
        pollfd one{descriptor, POLLIN, 0};
        return patience.count() > 0 && ::poll(&one, 1, static_cast<int>(patience.count())) > 0;
    });
}

} // namespace kiosk
