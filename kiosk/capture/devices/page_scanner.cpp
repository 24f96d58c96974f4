// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/page_scanner.hpp"

#include "kiosk/capture/devices/scanner_options.hpp"
#include "kiosk/capture/devices/sheet_builder.hpp"

#include <cmath>
#include <utility>

#include <sane/sane.h>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

constexpr auto until_next_look = 30s; // for a scanner that is not there: some drivers probe for long
constexpr unsigned most_sheets = 50;  // of one order: more do not fit a request, and a feeder may never say "empty"
constexpr int most_reads_of_nothing = 1000;

/// SANE as a whole, in this thread.
class Sane {
public:
    Sane() { works_ = sane_init(nullptr, nullptr) == SANE_STATUS_GOOD; } // scanners with a password: not for us
    ~Sane() {
        if (works_) sane_exit();
    }
    Sane(const Sane&) = delete;
    Sane& operator=(const Sane&) = delete;
    explicit operator bool() const { return works_; }

private:
    bool works_ = false;
};

class Opened {
public:
    explicit Opened(const std::string& name) : status_(sane_open(name.c_str(), &handle_)) {}
    ~Opened() {
        if (status_ == SANE_STATUS_GOOD) {
            sane_cancel(handle_); // ends what runs; the feeder lets its sheet go
            sane_close(handle_);
        }
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    [[nodiscard]] SANE_Status status() const { return status_; }
    [[nodiscard]] SANE_Handle get() const { return handle_; }

private:
    SANE_Handle handle_ = nullptr;
    SANE_Status status_;
};

DeviceState state_of(SANE_Status status) {
    switch (status) { // no default: the compiler names the one we forgot
    case SANE_STATUS_GOOD:
    case SANE_STATUS_EOF:
    case SANE_STATUS_CANCELLED:
        return DeviceState::Ready;
    case SANE_STATUS_DEVICE_BUSY:
        return DeviceState::Busy;
    case SANE_STATUS_JAMMED:
        return DeviceState::Jammed;
    case SANE_STATUS_NO_DOCS:
        return DeviceState::NoPaper;
    case SANE_STATUS_COVER_OPEN:
        return DeviceState::CoverOpen;
    case SANE_STATUS_ACCESS_DENIED:
        return DeviceState::Denied;
    case SANE_STATUS_INVAL: // also what drivers say to the name of a scanner that was taken away
    case SANE_STATUS_UNSUPPORTED:
    case SANE_STATUS_IO_ERROR:
    case SANE_STATUS_NO_MEM:
        return DeviceState::Failed;
    }
    return DeviceState::Failed;
}

std::vector<std::string> names() {
    const SANE_Device** list = nullptr;
    std::vector<std::string> found;
    // Local ones only: looking for others asks the whole network.
    if (sane_get_devices(&list, SANE_TRUE) != SANE_STATUS_GOOD || list == nullptr) return found;
    for (; *list != nullptr; ++list)
        found.emplace_back((*list)->name);
    return found;
}

std::optional<SheetLayout> layout_of(SANE_Handle handle) {
    SANE_Parameters told{};
    if (sane_get_parameters(handle, &told) != SANE_STATUS_GOOD) return std::nullopt;
    if (told.format != SANE_FRAME_GRAY && told.format != SANE_FRAME_RGB) return std::nullopt; // in three passes
    SheetLayout layout{.width = told.pixels_per_line,
                       .lines = told.lines,
                       .bytes_per_line = told.bytes_per_line,
                       .depth = told.depth,
                       .channels = told.format == SANE_FRAME_RGB ? 3 : 1};
    if (!layout.sound()) return std::nullopt;
    return layout;
}

} // namespace

PageScanner::PageScanner(std::string device, std::vector<std::string> options, Outlet outlet)
    : device_(std::move(device)), options_(std::move(options)), outlet_(std::move(outlet)),
      thread_([this](DeviceThread& thread) { run(thread); }) {}

void PageScanner::scan(SheetSource source) {
    if (order_.load(std::memory_order_acquire) != Order::None) return; // one runs; nobody else begins one
    cancelled_.store(false, std::memory_order_release);
    order_.store(source == SheetSource::Feeder ? Order::Feeder : Order::Glass, std::memory_order_release);
    thread_.ring();
}

void PageScanner::cancel() { cancelled_.store(true, std::memory_order_release); }

bool PageScanner::given_up(const DeviceThread& thread) const {
    return cancelled_.load(std::memory_order_acquire) || thread.stopping();
}

std::string PageScanner::find() const {
    if (device_ != "auto") return device_;
    const auto list = names();
    return list.empty() ? std::string() : list.front();
}

void PageScanner::run(DeviceThread& thread) {
    while (!thread.stopping()) {
        const Sane sane;
        if (sane) work(thread);
        if (thread.stopping()) return;
        outlet_.say(DeviceState::Absent);
        thread.wait(until_next_look);
        if (order_.exchange(Order::None, std::memory_order_acq_rel) != Order::None)
            outlet_.answer(DeviceState::Absent);
    }
}

void PageScanner::work(DeviceThread& thread) {
    bool look = true; // a scanner that is there is looked at again only when an order finds it gone
    std::string name;
    while (!thread.stopping()) {
        if (look || name.empty()) {
            name = find();
            // A name of the configuration is tried by opening it: whether it is there, the list need not know.
            if (!name.empty() && device_ != "auto" && Opened(name).status() == SANE_STATUS_INVAL) name.clear();
            look = false;
            outlet_.say(name.empty() ? DeviceState::Absent : DeviceState::Ready);
        }
        const Order order = order_.load(std::memory_order_acquire);
        if (order == Order::None) {
            thread.wait(name.empty() ? std::chrono::milliseconds(until_next_look) : std::chrono::milliseconds(-1));
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
        look = end == DeviceState::Failed; // it may have been taken away
    }
}

DeviceState PageScanner::scan_all(const DeviceThread& thread, const std::string& name, SheetSource source) {
    const Opened scanner(name);
    if (scanner.status() != SANE_STATUS_GOOD) return state_of(scanner.status());
    double dpi = 0;
    switch (set_options(scanner.get(), {source, options_}, dpi)) {
    case OptionsOutcome::Set:
        break;
    case OptionsOutcome::NoSuchSource:
        return DeviceState::Absent;
    case OptionsOutcome::BadOption:
        return DeviceState::Failed;
    }
    std::vector<std::uint8_t> piece(64u << 10);
    for (unsigned sheet = 1; sheet <= most_sheets; ++sheet) {
        if (given_up(thread)) return DeviceState::Ready;
        outlet_.post(ScanProgress{sheet, 0});
        SANE_Status status = sane_start(scanner.get());
        if (status == SANE_STATUS_NO_DOCS && sheet > 1) return DeviceState::Ready; // the feeder is empty now
        if (status != SANE_STATUS_GOOD) return state_of(status);
        const auto layout = layout_of(scanner.get());
        if (!layout) return DeviceState::Failed;
        SheetBuilder builder(*layout);
        double told = 0;
        int nothing = 0;
        while (!given_up(thread)) {
            SANE_Int got = 0;
            status = sane_read(scanner.get(), piece.data(), static_cast<SANE_Int>(piece.size()), &got);
            if (status != SANE_STATUS_GOOD) break;
            nothing = got > 0 ? 0 : nothing + 1;
            if (got < 0 || static_cast<std::size_t>(got) > piece.size() || nothing > most_reads_of_nothing ||
                !builder.add(std::span(piece).first(static_cast<std::size_t>(got))))
                return DeviceState::Failed;
            if (builder.share() - told >= 0.05) outlet_.post(ScanProgress{sheet, told = builder.share()});
        }
        if (given_up(thread)) return DeviceState::Ready;
        if (status != SANE_STATUS_EOF) return state_of(status);
        auto pixels = std::move(builder).finish();
        if (!pixels) return DeviceState::Failed;
        outlet_.post(PictureTaken{.device = DeviceKind::PageScanner,
                                  .picture = std::make_shared<const Pixels>(*std::move(pixels)),
                                  .dots_per_inch = dpi,
                                  .file = {}});
        if (source == SheetSource::Glass) return DeviceState::Ready;
    }
    return DeviceState::Ready;
}

ScannersFound try_page_scanner(const std::string& device) {
    ScannersFound found;
    const Sane sane;
    if (!sane) return found;
    found.names = names();
    const std::string name = device != "auto" ? device : found.names.empty() ? std::string() : found.names.front();
    if (name.empty()) return found;
    const SANE_Status status = Opened(name).status();
    found.state = status == SANE_STATUS_INVAL ? DeviceState::Absent : state_of(status);
    return found;
}

} // namespace kiosk
