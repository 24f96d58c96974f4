// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/demo.hpp"

#include "net/runtime/json_text.hpp"

#include <cerrno>
#include <charconv>
#include <chrono>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

constexpr auto start_patience = 60s;
constexpr std::size_t most_restarts = 5;
constexpr forms::BootTime restart_window{600'000};

/// "https://127.0.0.1:8443/fhir" → 8443; 0 when there is none.
int port_of(std::string_view address) {
    const std::size_t scheme = address.find("://");
    if (scheme == std::string_view::npos) return 0;
    address.remove_prefix(scheme + 3);
    address = address.substr(0, address.find('/'));
    const std::size_t colon = address.rfind(':');
    if (colon == std::string_view::npos) return 0;
    address.remove_prefix(colon + 1);
    int port = 0;
    const auto [end, error] = std::from_chars(address.data(), address.data() + address.size(), port);
    return error == std::errc{} && end == address.data() + address.size() ? port : 0;
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::string reason(ChildFault fault) {
    switch (fault) {
    case ChildFault::NotStarted:
        return "could not be started";
    case ChildFault::NoAnswer:
        return "did not get ready within a minute";
    case ChildFault::Ended:
        return "ended at once; its reason stands above";
    }
    return "failed";
}

/// A TOML basic string.
std::string toml_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

} // namespace

forms::Result<std::unique_ptr<Demo>, DemoFault> Demo::start(Setting setting) {
    std::error_code error;
    std::filesystem::create_directories(setting.state.parent_path(), error);
    if (::mkdir(setting.state.c_str(), 0700) != 0 && errno != EEXIST)
        return DemoFault{"the folder " + setting.state.string() + " cannot be made; choose another with --state DIR"};
    if (::access(setting.state.c_str(), W_OK | X_OK) != 0)
        return DemoFault{"the folder " + setting.state.string() +
                         " cannot be written; choose another with --state DIR"};
    std::unique_ptr<Demo> demo(new Demo(std::move(setting)));
    if (auto fault = demo->start_sandbox()) return *fault;
    if (auto fault = demo->write_config()) return *fault;
    if (auto fault = demo->start_sender()) return *fault;
    return demo;
}

Demo::~Demo() {
    watch_.reset();
    sender_.reset();
    sandbox_.reset();
}

std::optional<DemoFault> Demo::start_sandbox() {
    std::vector<std::string> arguments = {"--state", (setting_.state / "sandbox").string()};
    if (port_ != 0) {
        arguments.emplace_back("--port");
        arguments.push_back(std::to_string(port_));
    }
    auto child = ChildProcess::start(setting_.programs / "sportello-sandbox", arguments);
    if (!child.ok()) return DemoFault{"sportello-sandbox " + reason(child.error())};
    const auto line = child.value().first_line(start_patience);
    if (!line.ok()) return DemoFault{"sportello-sandbox " + reason(line.error())};
    base_ = net::json_text_member(line.value(), "base");
    page_ = net::json_text_member(line.value(), "page");
    ca_ = net::json_text_member(line.value(), "ca");
    publisher_ = net::json_text_member(line.value(), "publisher");
    drop_folder_ = net::json_text_member(line.value(), "publish");
    port_ = port_of(base_);
    if (base_.empty() || ca_.empty() || port_ == 0) return DemoFault{"sportello-sandbox printed no usable ready line"};
    sandbox_ = std::make_unique<ChildProcess>(std::move(child).value());
    return std::nullopt;
}

/// Where the sandbox is, as one more layer of configuration for the sender.
std::optional<DemoFault> Demo::write_config() const {
    const std::filesystem::path file = setting_.state / "demo-central.toml";
    const DemoFault fault{"the file " + file.string() + " cannot be written"};
    const std::string text = "[central.fhir]\nbase_url = " + toml_text(base_) +
                             "\n[central.tls]\nca_file = " + toml_text(ca_) + "\n[feed]\ndefinition_keys = [" +
                             toml_text(publisher_) + "]\nnotice_keys = [" + toml_text(publisher_) + "]\n";
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return fault;
    const bool written = write_all(descriptor, text);
    const bool closed = ::close(descriptor) == 0;
    if (!written || !closed) return fault;
    return std::nullopt;
}

std::optional<DemoFault> Demo::start_sender() {
    std::vector<std::string> arguments;
    for (const std::filesystem::path& file : setting_.config) {
        arguments.emplace_back("--config");
        arguments.push_back(file.string());
    }
    arguments.emplace_back("--config");
    arguments.push_back((setting_.state / "demo-central.toml").string());
    arguments.emplace_back("--state");
    arguments.push_back((setting_.state / "sender").string());
    arguments.emplace_back("--demo-pace"); // nobody at a demonstration waits the minute after an unclear answer
    auto child = ChildProcess::start(setting_.programs / "sportello-sender", arguments);
    if (!child.ok()) return DemoFault{"sportello-sender " + reason(child.error())};
    if (socket_.empty()) { // the first time; a restarted one has the same socket, and nobody waits for it
        const auto line = child.value().first_line(start_patience);
        if (!line.ok()) return DemoFault{"sportello-sender " + reason(line.error())};
        socket_ = net::json_text_member(line.value(), "socket");
        if (socket_.empty()) return DemoFault{"sportello-sender printed no usable ready line"};
    }
    watch_.reset();
    sender_ = std::make_unique<ChildProcess>(std::move(child).value());
    watch_ = std::make_unique<FdWatch>(sender_->descriptor(), setting_.wake);
    return std::nullopt;
}

void Demo::look() {
    if (!watch_ || !watch_->seen()) return;
    watch_.reset();
    if (sender_ && !sender_->ended()) return;
    const forms::BootTime now = setting_.clock->since_boot();
    while (!restarts_.empty() && now - restarts_.front() > restart_window)
        restarts_.pop_front();
    if (restarts_.size() >= most_restarts) return; // the screen is out of service now, and says so
    restarts_.push_back(now);
    if (start_sender() && setting_.log != nullptr)
        setting_.log->write(net::LogEvent::Fault, {{"sender_not_started", 1L}});
}

std::string Demo::publish(std::string_view json) {
    const std::string name = "step-" + std::to_string(::getpid()) + "-" + std::to_string(++published_) + ".json";
    const std::filesystem::path part = drop_folder_ / (name + ".part");
    const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return {};
    const bool written = write_all(descriptor, json);
    if (::close(descriptor) != 0 || !written) return {};
    std::error_code error;
    std::filesystem::rename(part, drop_folder_ / name, error); // moved in whole: the sandbox never sees half of it
    return error ? std::string() : name;
}

Demo::Fate Demo::fate_of(const std::string& published) const {
    std::error_code error;
    if (std::filesystem::exists(drop_folder_ / "taken" / published, error)) return Fate::Taken;
    if (std::filesystem::exists(drop_folder_ / "refused" / published, error)) return Fate::Refused;
    return Fate::Waiting;
}

bool Demo::central(bool up) {
    if (up == central_up_) return true;
    if (!up) {
        sandbox_.reset();
        central_up_ = false;
        return true;
    }
    if (start_sandbox()) return false;
    central_up_ = true;
    return true;
}

} // namespace kiosk
