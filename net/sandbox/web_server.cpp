// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/web_server.hpp"

#include "net/sandbox/web_text.hpp"

#include <httplib.h>

#include <algorithm>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <utility>

namespace net::sandbox {
namespace {

constexpr std::size_t threads = 16;
constexpr std::size_t longest_target = 2048;

/// None of those that the system gives to connections (from 32768): else one of them may have it when a later sandbox
/// wants it back. 0: none of many is free.
int bound_to_some_port(httplib::SSLServer& server) {
    std::random_device chance;
    std::uniform_int_distribution<int> ports(10'000, 29'999);
    for (int tries = 0; tries < 100; ++tries)
        if (const int port = ports(chance); server.bind_to_port("127.0.0.1", port)) return port;
    return 0;
}

/// The connections that were ever opened. A number may have been given to another connection since; hanging up on that
/// one at the end is just as right, and on anything but a socket it does nothing.
class Sockets {
public:
    void add(int socket) {
        std::lock_guard lock(mutex_);
        open_.insert(socket);
        if (ended_) ::shutdown(socket, SHUT_RDWR);
    }
    void hang_up() {
        std::lock_guard lock(mutex_);
        ended_ = true;
        for (const int socket : open_)
            ::shutdown(socket, SHUT_RDWR);
    }

private:
    std::mutex mutex_;
    std::set<int> open_; ///< guarded by mutex_
    bool ended_ = false; ///< guarded by mutex_
};

/// The connection this thread serves now. The library shows it to nobody, but TLS tells us when it starts.
thread_local int current_socket = -1;
/// Set while a request is handled whose body was not read to its end.
thread_local bool last_reply = false;

void note_connection(const SSL* ssl, int where, int) {
    if ((where & SSL_CB_HANDSHAKE_START) == 0) return;
    current_socket = SSL_get_fd(ssl);
    auto* sockets = static_cast<Sockets*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
    if (sockets != nullptr) sockets->add(current_socket);
}

Method method_of(const std::string& name) {
    if (name == "GET") return Method::Get;
    if (name == "HEAD") return Method::Head;
    if (name == "POST") return Method::Post;
    if (name == "PUT") return Method::Put;
    return Method::Other;
}

/// None: the target cannot be decoded.
std::optional<Request> request_of(const httplib::Request& from) {
    Request request;
    request.method = method_of(from.method);
    const std::size_t question = std::min(from.target.find('?'), from.target.size());
    auto path = percent_decoded(std::string_view(from.target).substr(0, question));
    auto query = read_parameters(std::string_view(from.target).substr(std::min(question + 1, from.target.size())));
    if (!path || !query) return std::nullopt;
    request.path = std::move(*path);
    request.query = std::move(*query);
    request.content_type = from.get_header_value("Content-Type");
    request.accept = from.get_header_value("Accept");
    request.if_match = from.get_header_value("If-Match");
    request.if_none_match = from.get_header_value("If-None-Match");
    request.if_none_exist = from.get_header_value("If-None-Exist");
    request.authorization = from.get_header_value("Authorization");
    request.prefer = from.get_header_value("Prefer");
    request.host = from.get_header_value("Host");
    request.origin = from.get_header_value("Origin");
    return request;
}

/// The rest of a body that was not read would be taken for the next request: the connection ends with this reply.
void no_further_request(httplib::Response& to) {
    to.set_header("Connection", "close");
    last_reply = true;
}

/// Called by the library when a reply has left.
void after_reply(const httplib::Request&, const httplib::Response&) {
    if (std::exchange(last_reply, false)) ::shutdown(current_socket, SHUT_RDWR);
}

void answer_plainly(httplib::Response& to, int status, const char* text) {
    to.status = status;
    to.set_content(text, "text/plain; charset=utf-8");
}

void deliver(Delivery delivery, httplib::Response& to) {
    if (delivery.hang_up) {
        ::shutdown(current_socket, SHUT_RDWR);
        return;
    }
    Reply& reply = delivery.reply;
    to.status = reply.status;
    for (const auto& [name, value] : reply.headers)
        to.set_header(name.c_str(), value);
    if (reply.content_type.empty()) return;
    if (!delivery.cut) {
        to.set_content(std::move(reply.body), reply.content_type);
        return;
    }
    const std::size_t whole = reply.body.size();
    reply.body.resize(std::min(*delivery.cut, whole));
    to.set_content_provider(std::max<std::size_t>(whole, 1), reply.content_type,
                            [part = std::move(reply.body)](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                                if (offset >= part.size()) return false;
                                return sink.write(part.data() + offset, part.size() - offset);
                            });
}

} // namespace

struct WebServer::Inside {
    Sockets sockets;
    int port = 0;
    Handler handler;
    std::unique_ptr<httplib::SSLServer> server;

    void handle(const httplib::Request& from, httplib::Response& to, const httplib::ContentReader* reader) {
        auto request = request_of(from);
        if (!request) return answer_plainly(to, 400, "The address cannot be read.\n");
        if (reader != nullptr && !read_body(from, *reader, *request, to)) return;
        deliver(handler(*request), to);
    }

    /// Reads with our own limit, whatever Content-Length says.
    bool read_body(const httplib::Request& from, const httplib::ContentReader& reader, Request& request,
                   httplib::Response& to) {
        if (from.is_multipart_form_data()) { // the library has no way to read it and throw it away
            answer_plainly(to, 415, "No multipart requests.\n");
            no_further_request(to);
            return false;
        }
        const bool packed =
            from.has_header("Content-Encoding"); // is unpacked on its way, within the limit, and dropped
        std::size_t size = 0;
        const bool read = reader([&](const char* data, std::size_t more) {
            size += more;
            if (size > largest_body) return false;
            if (!packed) request.body.append(data, more);
            return true;
        });
        if (read && !packed) return true;
        if (size > largest_body || to.status == 413)
            answer_plainly(to, 413, "The request is too large.\n");
        else if (packed)
            answer_plainly(to, 415, "No compressed requests.\n");
        else
            answer_plainly(to, 400, "The request broke off.\n");
        if (!read) no_further_request(to);
        return false;
    }
};

WebServer::WebServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
WebServer::~WebServer() = default;

forms::Result<std::unique_ptr<WebServer>, WebFault> WebServer::bind(const CertificateFiles& files, int port,
                                                                    const std::filesystem::path& clients_of) {
    auto inside = std::make_unique<Inside>();
    Sockets* sockets = &inside->sockets;
    inside->server = std::make_unique<httplib::SSLServer>([&](SSL_CTX& context) {
        SSL_CTX_set_app_data(&context, sockets);
        SSL_CTX_set_info_callback(&context, note_connection);
        if (!clients_of.empty()) {
            if (SSL_CTX_load_verify_locations(&context, clients_of.c_str(), nullptr) != 1) return false;
            SSL_CTX_set_verify(&context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        }
        return SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION) == 1 &&
               SSL_CTX_use_certificate_chain_file(&context, files.chain.c_str()) == 1 &&
               SSL_CTX_use_PrivateKey_file(&context, files.key.c_str(), SSL_FILETYPE_PEM) == 1;
    });
    httplib::SSLServer& server = *inside->server;
    if (!server.is_valid()) return WebFault::BadCertificate;
    server.set_address_family(AF_INET);
    server.set_socket_options([](int socket) {
        // The library would share the port with a second sandbox. A failure only means waiting for old connections.
        const int yes = 1;
        static_cast<void>(::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes));
    });
    server.set_tcp_nodelay(true);
    server.set_keep_alive_max_count(1000);
    server.set_keep_alive_timeout(2);
    server.set_payload_max_length(largest_body);
    server.new_task_queue = [] { return new httplib::ThreadPool(threads); }; // the library takes it and frees it
    inside->port = port == 0 ? bound_to_some_port(server) : server.bind_to_port("127.0.0.1", port) ? port : 0;
    if (inside->port <= 0) return WebFault::PortTaken;
    return std::unique_ptr<WebServer>(new WebServer(std::move(inside)));
}

int WebServer::port() const { return inside_->port; }

void WebServer::serve(Handler handler) {
    Inside& inside = *inside_;
    inside.handler = std::move(handler);
    httplib::SSLServer& server = *inside.server;
    // The library finds handlers by regular expression; a short target keeps that harmless, and one pattern takes all.
    server.set_pre_routing_handler([](const httplib::Request& from, httplib::Response& to) {
        if (from.target.size() <= longest_target) return httplib::Server::HandlerResponse::Unhandled;
        answer_plainly(to, 414, "The address is too long.\n");
        if (!from.get_header_value("Content-Length").empty() || from.has_header("Transfer-Encoding"))
            no_further_request(to);
        return httplib::Server::HandlerResponse::Handled;
    });
    server.set_logger(after_reply);
    const auto plain = [&inside](const httplib::Request& from, httplib::Response& to) {
        inside.handle(from, to, nullptr);
    };
    const auto with_body = [&inside](const httplib::Request& from, httplib::Response& to,
                                     const httplib::ContentReader& reader) { inside.handle(from, to, &reader); };
    const std::string everything = "[\\s\\S]*";
    server.Get(everything, plain);
    server.Options(everything, plain);
    server.Post(everything, httplib::Server::HandlerWithContentReader(with_body));
    server.Put(everything, httplib::Server::HandlerWithContentReader(with_body));
    server.Patch(everything, httplib::Server::HandlerWithContentReader(with_body));
    server.Delete(everything, httplib::Server::HandlerWithContentReader(with_body));
    server.listen_after_bind();
}

void WebServer::stop() {
    inside_->server->stop();
    inside_->sockets.hang_up();
}

} // namespace net::sandbox
