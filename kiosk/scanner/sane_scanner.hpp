// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/scanner_word.hpp"

#include <functional>
#include <string>
#include <vector>

namespace kiosk::scanner {

/// To whoever started this program. Thread: any call below makes it on its own.
struct Line {
    std::function<void(const ScannerWord&)> say;
    std::function<bool()> cancelled; ///< nobody wants the order any more
};

/// Says `ScannersFound`. `device`: "auto" or a name of SANE's. Blocks, for seconds with some drivers.
void find(const std::string& device, const Line& line);

/// One order: sheets with their progress, then `OrderEnded`, said before the driver is asked to tidy up, since some
/// drivers hang in that. `options`: "name=value", set on top of our own. The scanner is let go when this returns.
void scan(const std::string& device, SheetSource source, const std::vector<std::string>& options, const Line& line);

} // namespace kiosk::scanner
