// SPDX-License-Identifier: EUPL-1.2
#include "net/http/http_client.hpp"

#include "net/http/http_date.hpp"
#include "net/http/tls_rules.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include <malloc.h>
#include <string.h> // explicit_bzero, strdup

namespace net {
namespace {

struct FreeList {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

void add(List& list, const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) std::abort(); // out of memory
    (void)list.release();
    list.reset(longer);
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// What curl gives back may hold a request or an answer.
void wiping_free(void* block) {
    if (block == nullptr) return;
    explicit_bzero(block, malloc_usable_size(block));
    std::free(block);
}
void* wiping_realloc(void* block, std::size_t size) {
    if (block == nullptr) return std::malloc(size);
    void* larger = std::malloc(size);
    if (larger == nullptr) return nullptr;
    std::memcpy(larger, block, std::min(size, malloc_usable_size(block)));
    wiping_free(block);
    return larger;
}

/// One call, as curl's callbacks see it.
struct Exchange {
    HttpReply& reply;
    std::stop_token stop;
    std::chrono::milliseconds answer_limit;
    const forms::Clock& clock;
    TlsRules tls;
    forms::BootTime window_begin = clock.since_boot();
    std::string date{}, retry_after{};
    std::size_t header_bytes = 0;
    bool too_large = false, stopped = false, over_time = false, no_rules = false;
    std::optional<forms::BootTime> all_sent{};
    curl_off_t window_bytes = 0;

    /// Slower than 1 kB/s over 30 s. Waiting for the first byte of the answer is not slow: that has its own limit.
    bool crawls(curl_off_t moved, bool waiting) {
        constexpr auto window = std::chrono::seconds(30);
        const auto now = clock.since_boot();
        if (waiting || moved - window_bytes >= 30'000) {
            window_begin = now;
            window_bytes = moved;
            return false;
        }
        return now - window_begin > window;
    }
};

std::size_t on_body(char* bytes, std::size_t one, std::size_t count, void* user) {
    auto& x = *static_cast<Exchange*>(user);
    const std::size_t size = one * count;
    if (x.reply.body.size() + size > HttpClient::largest_body) {
        x.too_large = true;
        return 0;
    }
    x.reply.body.append(bytes, size);
    return size;
}

std::size_t on_header(char* bytes, std::size_t one, std::size_t count, void* user) {
    auto& x = *static_cast<Exchange*>(user);
    const std::size_t size = one * count;
    x.header_bytes += size;
    if (x.header_bytes > HttpClient::largest_headers) {
        x.too_large = true;
        return 0;
    }
    std::string_view line(bytes, size);
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n'))
        line.remove_suffix(1);
    if (line.starts_with("HTTP/")) { // a 1xx before the real answer
        x.reply.location.clear();
        x.reply.etag.clear();
        x.reply.content_type.clear();
        x.date.clear();
        x.retry_after.clear();
        return size;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return size;
    const std::string name = lower(line.substr(0, colon));
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
        value.remove_prefix(1);
    if (name == "content-type")
        x.reply.content_type = lower(value.substr(0, value.find_first_of("; \t")));
    else if (name == "location" || (name == "content-location" && x.reply.location.empty()))
        x.reply.location = value;
    else if (name == "etag")
        x.reply.etag = value;
    else if (name == "date")
        x.date = value;
    else if (name == "retry-after")
        x.retry_after = value;
    return size;
}

int on_progress(void* user, curl_off_t, curl_off_t received, curl_off_t to_send, curl_off_t sent) {
    auto& x = *static_cast<Exchange*>(user);
    if (x.stop.stop_requested()) {
        x.stopped = true;
        return 1;
    }
    if (x.crawls(received + sent, sent >= to_send && received == 0)) {
        x.over_time = true;
        return 1;
    }
    if (sent >= to_send) {
        const auto now = x.clock.since_boot();
        if (!x.all_sent)
            x.all_sent = now;
        else if (now - *x.all_sent > x.answer_limit) {
            x.over_time = true;
            return 1;
        }
    } else {
        x.all_sent.reset();
    }
    return 0;
}

/// Before the handshake of each connection: what OpenSSL is to demand, beside what curl demands.
CURLcode on_tls(CURL*, void* context, void* user) {
    auto& x = *static_cast<Exchange*>(user);
    x.no_rules = !apply(x.tls, static_cast<ssl_ctx_st*>(context));
    return x.no_rules ? CURLE_SSL_ENGINE_SETFAILED : CURLE_OK;
}

/// The host of an address, as it is called; nothing for what is no https address.
std::string host_of(const std::string& url) {
    struct Free {
        void operator()(CURLU* u) const noexcept { curl_url_cleanup(u); }
    };
    const std::unique_ptr<CURLU, Free> parsed(curl_url());
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return {};
    char* part = nullptr;
    if (curl_url_get(parsed.get(), CURLUPART_HOST, &part, 0) != CURLUE_OK) return {};
    std::string host(part);
    curl_free(part);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    return host;
}

HttpReply::End end_of(CURLcode code, const Exchange& x, bool bytes_left, long system_error) {
    using End = HttpReply::End;
    if (code == CURLE_OK) return End::Answered;
    if (x.no_rules) return End::BadSettings;
    if (x.stopped) return End::Stopped;
    if (x.too_large) return End::TooLarge;
    if (x.over_time) return End::TimedOut;
    if (bytes_left) // from here on the code says little: a refused client certificate, too, shows as a lost connection
        return code == CURLE_OPERATION_TIMEDOUT ? End::TimedOut : End::Lost;
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CIPHER:
        return End::NotTrusted;
    case CURLE_SSL_CONNECT_ERROR:
        // A handshake cut by the network is no sign of a wrong partner.
        return system_error == ECONNRESET || system_error == EPIPE ? End::NoConnection : End::NotTrusted;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return End::BadSettings;
    default:
        return End::NoConnection;
    }
}

} // namespace

struct HttpClient::Handle {
    Handle() {
        static std::once_flag once;
        std::call_once(once, [] {
            if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, std::malloc, wiping_free, wiping_realloc, strdup,
                                     std::calloc) != CURLE_OK)
                std::abort();
        });
        fresh();
    }
    ~Handle() { curl_easy_cleanup(curl); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    void fresh() {
        if (curl != nullptr) curl_easy_cleanup(curl);
        curl = curl_easy_init();
        if (curl == nullptr) std::abort();
    }
    /// Every option matters here: one that is not taken would silently mean a weaker default.
    template <class T>
    void set(CURLoption option, T value) {
        if (curl_easy_setopt(curl, option, value) != CURLE_OK) refused = true;
    }

    CURL* curl = nullptr;
    bool refused = false;
};

HttpClient::HttpClient(HttpSettings settings, const forms::Clock& clock, ClockFloor& floor)
    : settings_(std::move(settings)), clock_(clock), floor_(floor), handle_(std::make_unique<Handle>()) {}
HttpClient::~HttpClient() = default;
void HttpClient::forget_connections() { handle_->fresh(); }

HttpReply HttpClient::ask(const HttpRequest& request, std::pmr::memory_resource* memory, std::stop_token stop) {
    HttpReply reply(memory);
    const auto wall = clock_.wall_time();
    if (!floor_.allows(wall)) {
        reply.end = HttpReply::End::ClockWrong;
        return reply;
    }
    Exchange exchange{reply, std::move(stop), settings_.answer_limit, clock_, {host_of(request.url), wall}};
    Handle& h = *handle_;
    curl_easy_reset(h.curl); // keeps connections, forgets options
    h.refused = false;

    h.set(CURLOPT_URL, request.url.c_str());
    h.set(CURLOPT_PROTOCOLS_STR, "https");
    h.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    h.set(CURLOPT_FOLLOWLOCATION, 0L);
    h.set(CURLOPT_PROXY, "");
    h.set(CURLOPT_NOPROXY, "*");
    h.set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    h.set(CURLOPT_NOSIGNAL, 1L);
    h.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    h.set(CURLOPT_SSL_VERIFYPEER, 1L);
    h.set(CURLOPT_SSL_VERIFYHOST, 2L);
    // Every connection is judged anew: a resumed session would skip certificate and pin, and some servers that ask for
    // our certificate cut off whoever resumes.
    h.set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
    h.set(CURLOPT_CAPATH, nullptr); // Debian's own certificates count for nothing here
    h.set(CURLOPT_CAINFO, settings_.ca_file.c_str());
    if (!settings_.client_certificate_file.empty()) {
        h.set(CURLOPT_SSLCERT, settings_.client_certificate_file.c_str());
        h.set(CURLOPT_SSLKEY, settings_.client_key_file.c_str());
    }
    h.set(CURLOPT_SSL_CTX_FUNCTION, on_tls);
    h.set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(&exchange));
    std::string pins;
    for (const std::string& pin : settings_.pins)
        pins += (pins.empty() ? "" : ";") + pin;
    if (!pins.empty()) h.set(CURLOPT_PINNEDPUBLICKEY, pins.c_str());
    h.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings_.connect_limit.count()));
    h.set(CURLOPT_WRITEFUNCTION, on_body);
    h.set(CURLOPT_WRITEDATA, static_cast<void*>(&exchange));
    h.set(CURLOPT_HEADERFUNCTION, on_header);
    h.set(CURLOPT_HEADERDATA, static_cast<void*>(&exchange));
    h.set(CURLOPT_NOPROGRESS, 0L);
    h.set(CURLOPT_XFERINFOFUNCTION, on_progress);
    h.set(CURLOPT_XFERINFODATA, static_cast<void*>(&exchange));

    List headers;
    add(headers, "Accept: " + request.accept);
    add(headers, "Expect:"); // a pause before the body helps nobody here
    if (!request.content_type.empty()) add(headers, "Content-Type: " + request.content_type);
    for (const std::string& line : request.headers)
        add(headers, line);
    h.set(CURLOPT_HTTPHEADER, headers.get());

    const bool changes_something =
        request.method == HttpRequest::Method::Post || request.method == HttpRequest::Method::Put;
    if (request.method == HttpRequest::Method::Head) h.set(CURLOPT_NOBODY, 1L);
    if (changes_something) {
        h.set(CURLOPT_POST, 1L);
        if (request.method == HttpRequest::Method::Put) h.set(CURLOPT_CUSTOMREQUEST, "PUT");
        h.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        h.set(CURLOPT_POSTFIELDS, request.body.empty() ? "" : request.body.data());
        h.set(CURLOPT_FRESH_CONNECT, 1L);
        h.set(CURLOPT_FORBID_REUSE, 1L);
    }
    if (h.refused || settings_.ca_file.empty()) {
        reply.end = HttpReply::End::BadSettings;
        return reply;
    }

    const CURLcode code = curl_easy_perform(h.curl);
    long status = 0, request_bytes = 0, system_error = 0;
    // These three exist since curl 7.12 and cannot fail on a handle that has just performed.
    (void)curl_easy_getinfo(h.curl, CURLINFO_RESPONSE_CODE, &status);
    (void)curl_easy_getinfo(h.curl, CURLINFO_REQUEST_SIZE, &request_bytes);
    (void)curl_easy_getinfo(h.curl, CURLINFO_OS_ERRNO, &system_error);
    reply.end = end_of(code, exchange, request_bytes > 0, system_error);
    reply.library_code = static_cast<int>(code);
    if (reply.end == HttpReply::End::Answered) {
        reply.status = static_cast<int>(status);
        reply.retry_after = parse_retry_after(exchange.retry_after, exchange.date);
        if (const auto date = parse_http_date(exchange.date)) floor_.saw(*date, clock_.wall_time());
    } else {
        reply.body.clear();
    }
    return reply;
}

} // namespace net
