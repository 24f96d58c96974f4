// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhir/load.hpp"
#include "kiosk/model/mailbox.hpp"
#include "kiosk/model/orders.hpp"

#include <filesystem>
#include <thread>

namespace kiosk {

/// Looks after the file of a form that is being written. Reads it on a thread of its own at the start and each time it
/// has been saved and then stood still for a moment (editors write in several steps), and posts what came of it: the
/// form, or its mistakes. A file that cannot be read counts as one mistake.
/// Thread: make and destroy on one. Ends within a moment when destroyed.
class FormWatch {
public:
    FormWatch(std::filesystem::path file, forms::LoadOptions options, Mailbox<News>& news);

private:
    std::jthread thread_;
};

/// The file that --preview names: the form itself, or a folder that holds one.
[[nodiscard]] std::filesystem::path form_file(const std::filesystem::path& given);

} // namespace kiosk
