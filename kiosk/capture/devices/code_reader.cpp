// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/code_reader.hpp"

#include "kiosk/capture/devices/folder_watch.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

/// A serial reader sends a code without a pause; at 9600 baud a byte takes 1 ms.
constexpr auto gap_after_a_code = 100ms;
/// Where the folder cannot be watched; and after a reader that gives an error, so that it is not opened in a circle.
constexpr auto until_next_look = 5s;

std::vector<std::filesystem::path> hid_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> found;
    std::error_code fault;
    for (std::filesystem::directory_iterator at(folder, fault), end; !fault && at != end; at.increment(fault))
        if (at->path().filename().string().starts_with("hidraw")) found.push_back(at->path());
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

forms::Result<CodeLine, DeviceState> open_code_reader(const std::string& device, const std::filesystem::path& folder) {
    if (device != "auto")
        return std::filesystem::path(device).filename().string().starts_with("hidraw") ? CodeLine::open_hid(device)
                                                                                       : CodeLine::open_serial(device);
    // A keyboard that may not be opened is no reader that is denied: the installed rules give us readers alone.
    for (const auto& file : hid_files(folder)) {
        auto line = CodeLine::open_hid(file);
        if (line.ok() || line.error() == DeviceState::Busy) return line;
    }
    return DeviceState::Absent;
}

CodeReader::CodeReader(std::string device, Outlet outlet, std::filesystem::path folder)
    : device_(std::move(device)), folder_(std::move(folder)), outlet_(std::move(outlet)),
      thread_([this](DeviceThread& thread) { run(thread); }) {}

CodeReader::CodeReader(CodeLine line, Outlet outlet)
    : outlet_(std::move(outlet)), line_(std::move(line)), thread_([this](DeviceThread& thread) {
          listen(thread, *line_);
          if (!thread.stopping()) outlet_.say(DeviceState::Absent);
      }) {}

void CodeReader::run(DeviceThread& thread) {
    const FolderWatch watch(device_ == "auto" ? folder_ : std::filesystem::path(device_).parent_path());
    while (!thread.stopping()) {
        watch.drain();
        auto line = open_code_reader(device_, folder_);
        if (line.ok()) {
            listen(thread, line.value());
            if (!thread.stopping()) {
                outlet_.say(DeviceState::Absent);
                thread.wait(until_next_look);
            }
            continue;
        }
        outlet_.say(line.error());
        // Held by somebody else, nothing tells when it is let go.
        const bool news_will_come = watch.works() && line.error() != DeviceState::Busy;
        thread.wait(news_will_come ? std::chrono::milliseconds(-1) : std::chrono::milliseconds(until_next_look),
                    watch.descriptor());
    }
}

void CodeReader::listen(DeviceThread& thread, CodeLine& line) {
    outlet_.say(DeviceState::Ready);
    CodeText text;
    std::vector<CodeText::Ended> ended;
    while (!thread.stopping()) {
        const bool pause_ends_it = line.ends_by_gap() && text.begun();
        const auto woken = thread.wait(pause_ends_it ? gap_after_a_code : -1ms, line.descriptor());
        if (woken == DeviceThread::Woken::ByDescriptor) {
            if (!line.take(text, ended)) return;
        } else if (woken == DeviceThread::Woken::ByTime) {
            if (auto last = text.end()) ended.push_back(*std::move(last));
        }
        for (auto& code : ended) {
            if (!wanted_.load(std::memory_order_acquire)) continue;
            if (code.text.empty())
                outlet_.dropped_code(code.bytes);
            else
                outlet_.post(TextScanned{std::move(code.text)});
        }
        ended.clear();
    }
}

} // namespace kiosk
