// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/faults.hpp"
#include "net/sandbox/fhir_service.hpp"
#include "net/sandbox/one_thread.hpp"
#include "net/sandbox/page.hpp"
#include "net/sandbox/token_desk.hpp"
#include "net/sandbox/web_server.hpp"

#include <atomic>
#include <cstdint>
#include <string>

namespace net::sandbox {

/// What lies where: `/fhir` the FHIR server, `/_sandbox` the tests' hand (only with `allow_faults`), the rest the page.
/// Thread: any.
class Site {
public:
    struct Parts {
        OneThread& storage; ///< where records live
        Records& records;
        FhirService& fhir;
        Page& page;
        Faults& faults;
        int port;
        bool allow_faults;
        TokenDesk* tokens = nullptr; ///< with it, `/fhir` is for those with a token alone
    };
    explicit Site(Parts parts) : parts_(parts) {}

    [[nodiscard]] Delivery handle(const Request& request);

private:
    Delivery central(const Request& request);
    Reply control(const Request& request);
    [[nodiscard]] bool is_own_host(const std::string& host) const;

    Parts parts_;
    std::atomic<std::int64_t> reads_ = 0;
    std::atomic<std::int64_t> writes_ = 0;
};

} // namespace net::sandbox
