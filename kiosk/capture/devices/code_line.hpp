// SPDX-License-Identifier: EUPL-1.2
// Inside kiosk/capture/devices: an opened bar-code reader, whatever it hangs on.
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/capture/device_messages.hpp"
#include "kiosk/capture/devices/code_text.hpp"
#include "kiosk/capture/devices/hid_reports.hpp"
#include "net/runtime/descriptor.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace kiosk {

/// A reader that is open for us alone. Thread: one.
class CodeLine {
public:
    /// A serial one: raw bytes, no echo, no signals, 8 bits; exclusive (TIOCEXCL).
    [[nodiscard]] static forms::Result<CodeLine, DeviceState> open_serial(const std::filesystem::path& device);
    /// A HID point-of-sale one. The system has no exclusive opening for it: a lock keeps two of our programs apart, the
    /// installed device rules all others. `Absent`: its descriptor names no code, so it is something else.
    [[nodiscard]] static forms::Result<CodeLine, DeviceState> open_hid(const std::filesystem::path& device);
    /// One whose reports come through `descriptor`, one a read, as recorded.
    [[nodiscard]] static CodeLine of_reports(net::Descriptor descriptor, std::vector<CodeReport> reports);

    [[nodiscard]] int descriptor() const { return descriptor_.number(); }
    /// Bytes end a code by a gap; reports say themselves whether more follows.
    [[nodiscard]] bool ends_by_gap() const { return reports_.empty(); }
    /// After `poll` said so. False: the reader has gone. Codes that have ended are added to `into`.
    [[nodiscard]] bool take(CodeText& text, std::vector<CodeText::Ended>& into);

private:
    net::Descriptor descriptor_;
    std::vector<CodeReport> reports_; ///< empty: serial
};

} // namespace kiosk
