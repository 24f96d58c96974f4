// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/message.hpp"
#include "net/sandbox/page/words.hpp"
#include "net/sandbox/records.hpp"

#include <string>

namespace net::sandbox {

/// The web page for people: what arrived, with all answers, and a form to move a request along. Plain HTML made here,
/// one style sheet, no script. Everything that came from outside is escaped. Thread: that of its records.
class Page {
public:
    explicit Page(Records& records) : records_(records), italian_(Language::Italian), english_(Language::English) {}

    [[nodiscard]] Reply answer(const Request& request);

private:
    Reply list(const Request& request, const Words& words);
    Reply one(const Request& request, const Words& words, const std::string& id);
    Reply move(const Request& request, const Words& words, const std::string& id);
    Reply scan(const std::string& id);
    Reply missing(const Request& request, const Words& words, int status);

    Records& records_;
    Words italian_;
    Words english_;
};

} // namespace net::sandbox
