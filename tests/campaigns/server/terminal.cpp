// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/server/terminal.hpp"

#include "net/central/fhir/fhir_central.hpp"
#include "net/sender/opening.hpp"
#include "tests/doubles/sealed.hpp"

#include <cstdlib>
#include <span>
#include <string>

namespace campaign {

using namespace std::chrono_literals;

forms::Uuid CountedChance::uuid() { return tests::id_number(1'000'000 + ++made); }
std::uint32_t CountedChance::below(std::uint32_t limit) {
    return limit == 0 ? 0 : static_cast<std::uint32_t>(numbers() % limit);
}

Terminal::Terminal(const Faces& faces, int port, tests::SharedClock& clock, const net::Pauses& pauses,
                   const Plant& plant)
    : clock_(clock), pauses_(pauses), plant_(plant),
      keys_(std::move(net::KeyRing::open(folder_.path() / "keys", &memory)).value()) {
    faces.ca.write(folder_.path() / "ca.pem");
    net::HttpSettings http;
    http.ca_file = (folder_.path() / "ca.pem").string();
    http.pins = {faces.pin};
    http.connect_limit = 20s;
    channel_ = {"https://127.0.0.1:" + std::to_string(port) + "/fhir", http};
    start();
}

void Terminal::start() {
    central_ = std::make_unique<net::FhirCentral>(channel_, clock_, floor_, chance_, &memory);
    if (plant_) central_ = plant_(std::move(central_));
    net::OutboxOptions options;
    options.reserve = 1 << 20;
    options.waits = {pauses_.unclear, pauses_.refused};
    auto opened = net::DiskOutbox::open(folder_.path(), options, clock_);
    if (!opened.ok()) std::abort();
    outbox = std::move(opened).value();
    courier_ = std::make_unique<net::Courier>(
        *outbox, *central_,
        [this](const net::SealedRequest& sealed) { return net::open_request(sealed, keys_, &memory); },
        [this](const net::OutboxRow& row) {
            if (row.life == net::Life::Acknowledged) acknowledged(row);
        },
        pauses_, clock_, chance_, log_);
}

void Terminal::restart() {
    courier_.reset();
    outbox.reset();
    start();
}

void Terminal::keep(const net::Submission& submission, const std::vector<std::string_view>& files) {
    const auto body = net::encode_submission(submission);
    std::vector<std::span<const std::byte>> parts = {std::as_bytes(std::span(body.data(), body.size()))};
    for (const std::string_view file : files)
        parts.push_back(std::as_bytes(std::span(file.data(), file.size())));
    const auto sealed = net::seal(submission.id, keys_.current(), parts);
    if (!sealed.ok() || !outbox->keep(sealed.value(), clock_.wall_time(), true, clock_.since_boot()).ok()) std::abort();
    ids.push_back(submission.id);
}

bool Terminal::step() {
    const auto next = courier_->step({});
    const auto now = clock_.since_boot();
    if (next > now) clock_.forward(next - now);
    return outbox->next_time().has_value();
}

std::size_t Terminal::release() {
    std::size_t released = 0;
    for (const net::OutboxRow& row : outbox->list(0, 100'000)) {
        if (row.life != net::Life::NeedsDesk) continue;
        net::NewsFacts facts;
        facts.due = clock_.since_boot();
        if (outbox->tell(row.id, net::News::Released, facts).ok()) ++released;
    }
    return released;
}

} // namespace campaign
