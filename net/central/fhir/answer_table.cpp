// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/answer_table.hpp"

namespace net::fhir {
namespace {

/// "https://host:port" of an address.
std::string_view origin_of(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    return url.substr(0, url.find('/', scheme + 3));
}

Fault fault_of_status(int status, bool retry_after, Asked asked) {
    switch (status) {
    case 202:
        return asked == Asked::Transaction || asked == Asked::Place ? Fault::Pending : Fault::BadReply;
    case 401:
    case 403:
    case 407:
        return Fault::NotAdmitted;
    case 404:
    case 405:
    case 410:
        if (asked == Asked::Part) return Fault::Refused;
        if (asked == Asked::Place) return Fault::BadReply;
        return Fault::NotAdmitted;
    case 408:
        return Fault::TimedOut;
    case 409:
        return Fault::Conflict;
    case 412:
        return Fault::Precondition;
    case 429:
        return Fault::Busy;
    case 503:
        return retry_after ? Fault::Busy : Fault::BadReply;
    default:
        break;
    }
    // Never followed: the new place is not the one that was configured.
    if (status >= 300 && status < 400) return Fault::NotAdmitted;
    if (status >= 400 && status < 500) return Fault::Refused;
    return Fault::BadReply;
}

} // namespace

std::optional<CentralError> fault_of(const HttpReply& reply, Asked asked) {
    CentralError error{.fault = Fault::BadReply,
                       .http_status = reply.status,
                       .library_code = reply.library_code,
                       .retry_after = reply.retry_after,
                       .posted = asked == Asked::Transaction};
    using End = HttpReply::End;
    switch (reply.end) {
    case End::Answered:
        if (reply.status == 200 || reply.status == 201) return std::nullopt;
        error.fault = fault_of_status(reply.status, reply.retry_after.has_value(), asked);
        if (error.fault == Fault::Pending) error.location = reply.location;
        break;
    case End::NoConnection:
        error.fault = Fault::Unreachable;
        break;
    case End::NotTrusted:
        error.fault = Fault::NotTrusted;
        break;
    case End::ClockWrong:
        error.fault = Fault::ClockWrong;
        break;
    case End::BadSettings:
        error.fault = Fault::NotConfigured;
        break;
    case End::Stopped:
        error.fault = Fault::Stopped;
        break;
    case End::Lost:
    case End::TimedOut:
        error.fault = Fault::TimedOut;
        break;
    case End::TooLarge:
        error.fault = Fault::BadReply;
        break;
    }
    return error;
}

std::string place_on_same_host(std::string_view base, std::string_view location) {
    constexpr std::size_t longest = 1'000; // it is stored with the request
    const std::string_view origin = origin_of(base);
    std::string place = location.starts_with('/') ? std::string(origin) + std::string(location) : std::string(location);
    if (origin.empty() || place.size() > longest || origin_of(place) != origin) return {};
    return place;
}

} // namespace net::fhir
