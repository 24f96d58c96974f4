// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/scanner/sane_scanner.hpp"

#include "kiosk/scanner/scanner_options.hpp"
#include "kiosk/scanner/sheet_builder.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include <sane/sane.h>

namespace kiosk::scanner {
namespace {

constexpr unsigned most_sheets = 50; // of one order: more do not fit a request, and a feeder may never say "empty"
constexpr int most_reads_of_nothing = 1000;
constexpr double step = 0.05; // of a sheet, between two words about it

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

/// Open as long as it lives.
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

/// The order behind an opened scanner.
DeviceState scan_all(SANE_Handle scanner, SheetSource source, const std::vector<std::string>& options,
                     const Line& line) {
    double dpi = 0;
    switch (set_options(scanner, {source, options}, dpi)) {
    case OptionsOutcome::Set:
        break;
    case OptionsOutcome::NoSuchSource:
        return DeviceState::Absent;
    case OptionsOutcome::BadOption:
        return DeviceState::Failed;
    }
    std::vector<std::uint8_t> piece(64u << 10);
    for (unsigned sheet = 1; sheet <= most_sheets; ++sheet) {
        if (line.cancelled()) return DeviceState::Ready;
        line.say(ScanProgress{sheet, 0});
        SANE_Status status = sane_start(scanner);
        if (status == SANE_STATUS_NO_DOCS && sheet > 1) return DeviceState::Ready; // the feeder is empty now
        if (status != SANE_STATUS_GOOD) return state_of(status);
        const auto layout = layout_of(scanner);
        if (!layout) return DeviceState::Failed;
        SheetBuilder builder(*layout);
        double told = 0;
        int nothing = 0;
        while (!line.cancelled()) {
            SANE_Int got = 0;
            status = sane_read(scanner, piece.data(), static_cast<SANE_Int>(piece.size()), &got);
            if (status != SANE_STATUS_GOOD) break;
            nothing = got > 0 ? 0 : nothing + 1;
            if (got < 0 || static_cast<std::size_t>(got) > piece.size() || nothing > most_reads_of_nothing ||
                !builder.add(std::span(piece).first(static_cast<std::size_t>(got))))
                return DeviceState::Failed;
            if (builder.share() - told >= step) line.say(ScanProgress{sheet, told = builder.share()});
        }
        if (line.cancelled()) return DeviceState::Ready;
        if (status != SANE_STATUS_EOF) return state_of(status);
        auto pixels = std::move(builder).finish();
        if (!pixels) return DeviceState::Failed;
        line.say(SheetScanned{dpi, *std::move(pixels)});
        if (source == SheetSource::Glass) return DeviceState::Ready;
    }
    return DeviceState::Ready;
}

} // namespace

void find(const std::string& device, const Line& line) {
    ScannersFound found;
    const Sane sane;
    if (sane) {
        found.names = names();
        const std::string name =
            device != "auto" ? device : found.names.empty() ? std::string() : found.names.front();
        if (!name.empty()) {
            // A name of the configuration is tried by opening it: whether it is there, the list need not know.
            const SANE_Status status = Opened(name).status();
            found.state = status == SANE_STATUS_INVAL ? DeviceState::Absent : state_of(status);
        }
    }
    line.say(std::move(found));
}

void scan(const std::string& device, SheetSource source, const std::vector<std::string>& options, const Line& line) {
    const Sane sane;
    if (!sane) return line.say(OrderEnded{DeviceState::Absent});
    const Opened scanner(device);
    line.say(OrderEnded{scanner.status() == SANE_STATUS_GOOD ? scan_all(scanner.get(), source, options, line)
                                                             : state_of(scanner.status())});
}

} // namespace kiosk::scanner
