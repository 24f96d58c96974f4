// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/message.hpp"
#include "net/sandbox/page/words.hpp"
#include "net/sandbox/records.hpp"
#include "net/seal/signed_package.hpp"

#include <string>

namespace net::sandbox {

/// The web page for people: what arrived, with all answers, and a form to move a request along. Plain HTML made here,
/// one style sheet, no script. Everything that came from outside is escaped. Thread: that of its records.
class Page {
public:
    /// `signer` outlives it: what the page publishes is signed with it.
    Page(Records& records, const Signer& signer)
        : records_(records), signer_(signer), italian_(Language::Italian), english_(Language::English) {}

    [[nodiscard]] Reply answer(const Request& request);

private:
    Reply list(const Request& request, const Words& words);
    Reply one(const Request& request, const Words& words, const std::string& id);
    Reply move(const Request& request, const Words& words, const std::string& id);
    Reply published(const Request& request, const Words& words);
    Reply publish_notice(const Request& request, const Words& words);
    Reply withdraw(const Words& words, const std::string& id);
    Reply scan(const std::string& id);
    Reply missing(const Request& request, const Words& words, int status);

    Records& records_;
    const Signer& signer_;
    Words italian_;
    Words english_;
};

} // namespace net::sandbox
