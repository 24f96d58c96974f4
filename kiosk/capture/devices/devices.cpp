// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/devices.hpp"

#include "kiosk/capture/devices/camera.hpp"
#include "kiosk/capture/devices/card_reader.hpp"
#include "kiosk/capture/devices/code_reader.hpp"
#include "kiosk/capture/devices/page_scanner.hpp"

#include <filesystem>
#include <optional>

namespace kiosk {
namespace {

bool wanted(const std::string& setting) { return setting != "none" && !setting.empty(); }

std::filesystem::path folder_of_camera(const std::string& camera) {
    if (camera == "auto") return "/dev";
    const auto parent = std::filesystem::path(camera).parent_path();
    return parent.empty() ? std::filesystem::path(".") : parent;
}

} // namespace

struct Devices::Parts {
    explicit Parts(net::EventLog& where) : log(where) {}

    net::EventLog& log;
    std::optional<Camera> camera;
    std::optional<PageScanner> page_scanner;
    std::optional<CodeReader> code_reader;
    std::optional<CardReader> card_reader;

    template <class Action>
    void each(Action action) {
        const auto do_it = [&](auto& device, DeviceKind kind) {
            if (device) action(*device, kind);
        };
        do_it(camera, DeviceKind::Camera);
        do_it(page_scanner, DeviceKind::PageScanner);
        do_it(code_reader, DeviceKind::CodeReader);
        do_it(card_reader, DeviceKind::CardReader);
    }
};

Devices::Devices(const DeviceSettings& settings, PostDeviceMessage post, net::EventLog& log)
    : parts_(std::make_unique<Parts>(log)) {
    const auto outlet = [&](DeviceKind kind) { return Outlet(kind, post, log); };
    // One that is not configured is absent, and says so: the screen need not know why.
    const auto absent = [&](DeviceKind kind) { post(DeviceChanged{kind, DeviceState::Absent}); };
    if (wanted(settings.camera))
        parts_->camera.emplace(make_frame_source(settings.camera), folder_of_camera(settings.camera),
                               outlet(DeviceKind::Camera));
    else
        absent(DeviceKind::Camera);
    if (wanted(settings.page_scanner))
        parts_->page_scanner.emplace(settings.page_scanner, settings.page_scanner_options,
                                     outlet(DeviceKind::PageScanner));
    else
        absent(DeviceKind::PageScanner);
    if (wanted(settings.code_reader))
        parts_->code_reader.emplace(settings.code_reader, outlet(DeviceKind::CodeReader));
    else
        absent(DeviceKind::CodeReader);
    if (wanted(settings.card_reader))
        parts_->card_reader.emplace(settings.card_reader, outlet(DeviceKind::CardReader));
    else
        absent(DeviceKind::CardReader);
}

Devices::~Devices() {
    // All are told before the first is waited for: together they take as long as the slowest.
    parts_->each([](auto& device, DeviceKind) { device.tell_to_end(); });
}

void Devices::open_camera() {
    if (parts_->camera) parts_->camera->show(true);
}

void Devices::close_camera() {
    if (parts_->camera) parts_->camera->show(false);
}

void Devices::take_photograph() {
    if (parts_->camera) parts_->camera->photograph();
}

void Devices::scan_sheets(SheetSource source) {
    if (parts_->page_scanner) parts_->page_scanner->scan(source);
}

void Devices::cancel_scan() {
    if (parts_->page_scanner) parts_->page_scanner->cancel();
}

void Devices::want_codes(bool wanted) {
    if (parts_->code_reader) parts_->code_reader->want(wanted);
}

void Devices::want_cards(bool wanted) {
    if (parts_->card_reader) parts_->card_reader->want(wanted);
}

void Devices::forget() {
    if (parts_->camera) parts_->camera->forget();
    cancel_scan();
    want_codes(false);
    want_cards(false);
}

bool Devices::stop(std::chrono::milliseconds limit) {
    parts_->each([](auto& device, DeviceKind) { device.tell_to_end(); });
    bool all = true;
    auto left = limit;
    parts_->each([&](auto& device, DeviceKind kind) {
        if (device.ended_within(left)) return;
        all = false;
        left = std::chrono::milliseconds(0); // the others had as long as this one
        parts_->log.write(net::LogEvent::DeviceStuck, {{"device", static_cast<std::int64_t>(kind)}});
    });
    return all;
}

} // namespace kiosk
