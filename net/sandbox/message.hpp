// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace net::sandbox {

enum class Method { Get, Head, Post, Put, Other };

/// Names and values in the order they came, already percent-decoded, UTF-8.
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// What the FHIR layer and the page see of an HTTP request: no socket, no library type. An empty header is an absent
/// one.
struct Request {
    Method method = Method::Get;
    std::string path; ///< below the base, begins with '/', percent-decoded: "/Task/12"
    Parameters query = {};
    std::string content_type = {};
    std::string accept = {};
    std::string if_match = {};
    std::string if_none_match = {};
    std::string if_none_exist = {};
    std::string prefer = {};
    std::string authorization = {};
    std::string host = {};   ///< as the client wrote it: "127.0.0.1:4711"
    std::string origin = {}; ///< which page a browser sends this for
    std::string body = {};
};

struct Reply {
    int status = 200;
    std::string content_type = {}; ///< empty: no body
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
};

inline constexpr const char* fhir_json = "application/fhir+json; charset=utf-8";

} // namespace net::sandbox
