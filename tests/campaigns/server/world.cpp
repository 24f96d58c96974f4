// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/server/world.hpp"

#include "net/central/fhir/fhir_central.hpp"
#include "net/outbox/courier.hpp"
#include "net/outbox/disk_outbox.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/sender/opening.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/sealed.hpp"
#include "tests/doubles/submissions.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <span>

namespace campaign {
namespace {

using namespace std::chrono_literals;

/// The server's side: reads, finds out whose try it is, and follows the script.
class Other {
public:
    Other(const Script& script, OwnIds own_ids, const Faces& faces, tests::SharedClock& clock)
        : model(clock, own_ids), script_(script), clock_(clock),
          server({faces.good}, [this](tests::TlsLine& line) { serve(line); }) {
        model.set_index_lag(script.index_lag);
    }

    ServerModel model;
    std::atomic<std::size_t> mishandled = 0, transactions = 0, questions = 0, by_own_ids = 0;

private:
    void serve(tests::TlsLine& line) {
        if (line.ssl == nullptr) {
            (void)line.read(1);
            (void)line.write(tests::http_answer(400, ""));
            return;
        }
        auto asked = script_.cut_request > 0 ? line.read(script_.cut_request) : line.read();
        if (!asked && script_.cut_request > 0) {
            const bool brings_something = line.first() == 'P';
            if (brings_something && brought_++ % 2 == 0) {
                ++mishandled;
                return line.reset();
            }
            asked = line.read();
        }
        if (asked) answer(line, *asked); // and each answer closes its line
    }
    void answer(tests::TlsLine& line, const tests::Asked& asked) {
        Meeting meeting{line, asked, model, clock_, chance_, 1, {}};
        const bool transaction = asked.method == "POST";
        bool wrong = false;
        {
            const std::lock_guard lock(mutex_);
            if (transaction) {
                ++transactions;
                if (asked.body.find(R"("ifNoneMatch":"*")") != std::string::npos) ++by_own_ids;
                meeting.request = ServerModel::request_of(asked.body);
                meeting.attempt = ++attempts_[meeting.request];
                wrong = script_.transaction && meeting.attempt <= script_.tries;
                if (wrong) wrong_questions_ = script_.look_ups;
            } else {
                ++questions;
                wrong = script_.look_up && wrong_questions_ > 0;
                if (wrong) --wrong_questions_;
            }
        }
        if (wrong) {
            ++mishandled;
            return (transaction ? script_.transaction : script_.look_up)(meeting);
        }
        if (transaction) return meeting.good();
        const auto reply = model.other(asked.method, asked.target, asked.body, asked.headers.contains("if-none-match"));
        std::string bytes = tests::http_answer(reply.status, reply.body, "application/fhir+json");
        if (asked.method == "HEAD") bytes.resize(bytes.size() - reply.body.size());
        (void)line.write(bytes);
    }

    const Script& script_;
    tests::SharedClock& clock_;
    std::mt19937 chance_{7};
    std::atomic<std::size_t> brought_ = 0;
    std::mutex mutex_;
    // all below guarded by mutex_
    std::map<std::string, int> attempts_;
    int wrong_questions_ = 0;

public:
    tests::TlsServer server; ///< last: its threads end before what they use
};

/// The terminal's side: the program's own parts, on one thread.
class Terminal {
public:
    Terminal(const Script& script, const Faces& faces, tests::SharedClock& clock, Other& other, const Plant& plant)
        : clock_(clock), other_(other),
          keys_(std::move(net::KeyRing::open(folder_.path() / "keys", &memory_)).value()) {
        faces.ca.write(folder_.path() / "ca.pem");
        net::HttpSettings http;
        http.ca_file = (folder_.path() / "ca.pem").string();
        http.pins = {faces.pin};
        http.connect_limit = 20s;
        net::ChannelSettings channel{"https://127.0.0.1:" + std::to_string(other.server.port()) + "/fhir", http};
        central_ = std::make_unique<net::FhirCentral>(channel, clock, floor_, chance_, &memory_);
        if (plant) central_ = plant(std::move(central_));
        net::Pauses pauses;
        if (script.pauses) script.pauses(pauses);
        net::OutboxOptions options;
        options.reserve = 1 << 20;
        options.waits = {pauses.unclear, pauses.refused};
        auto opened = net::DiskOutbox::open(folder_.path(), options, clock);
        if (!opened.ok()) std::abort();
        outbox = std::move(opened).value();
        courier_ = std::make_unique<net::Courier>(
            *outbox, *central_,
            [this](const net::SealedRequest& sealed) { return net::open_request(sealed, keys_, &memory_); },
            [this](const net::OutboxRow& row) { changed(row); }, pauses, clock, chance_, log_);
    }

    void keep(std::size_t number) {
        const forms::Uuid id = tests::id_number(static_cast<int>(number));
        // Every fifth speaks for somebody and brings a picture.
        const bool richer = number % 5 == 0;
        net::Submission submission = richer ? tests::daughter_speaks(&memory_) : tests::plain(&memory_, id);
        submission.id = id;
        const auto body = net::encode_submission(submission);
        const std::string picture = richer ? tests::one_pixel() : "";
        std::vector<std::span<const std::byte>> parts = {std::as_bytes(std::span(body.data(), body.size()))};
        if (richer) parts.push_back(std::as_bytes(std::span(picture.data(), picture.size())));
        const auto sealed = net::seal(id, keys_.current(), parts);
        if (!sealed.ok() || !outbox->keep(sealed.value(), clock_.wall_time(), true, clock_.since_boot()).ok())
            std::abort();
        ids.push_back(id);
    }
    /// One step, and then the time until the next. False: nothing is left to do by itself.
    bool step() {
        const auto next = courier_->step({});
        const auto now = clock_.since_boot();
        if (next > now) clock_.forward(next - now);
        return outbox->next_time().has_value();
    }
    /// Staff let go again what stands at the desk.
    std::size_t release() {
        std::size_t released = 0;
        for (const net::OutboxRow& row : outbox->list(0, 100'000)) {
            if (row.life != net::Life::NeedsDesk) continue;
            net::NewsFacts facts;
            facts.due = clock_.since_boot();
            if (outbox->tell(row.id, net::News::Released, facts).ok()) ++released;
        }
        return released;
    }

    std::unique_ptr<net::DiskOutbox> outbox;
    std::vector<forms::Uuid> ids;
    std::size_t acknowledged = 0, too_early = 0;

private:
    void changed(const net::OutboxRow& row) {
        if (row.life != net::Life::Acknowledged) return;
        ++acknowledged;
        other_.model.settle();
        const auto [least, most] = other_.model.copies(row.id.text());
        if (least == 0 || !other_.model.has_task(row.reference)) ++too_early;
    }

    tests::SharedClock& clock_;
    Other& other_;
    tests::Folder folder_;
    net::LockedMemory memory_;
    net::KeyRing keys_;
    net::ClockFloor floor_;
    CountedChance chance_;
    net::EventLog log_{"campaign", clock_, [](std::string_view) {}};
    std::unique_ptr<net::CentralSystem> central_;
    std::unique_ptr<net::Courier> courier_;
};

/// A line that is bad in phases: three tries meet it, then it is good until five requests more are there.
class Line {
public:
    Line(const Script& script, const Faces& faces, tests::TlsServer& server)
        : script_(script), faces_(faces), server_(server) {
        if (script.face || script.nobody) turn(true);
    }
    void after_step(std::size_t acknowledged, std::size_t met) {
        if (!script_.face && !script_.nobody) return;
        if (bad_ && met >= mark_ + 3) {
            turn(false);
            mark_ = acknowledged;
        } else if (!bad_ && acknowledged >= mark_ + 5) {
            turn(true);
            mark_ = met;
        }
    }
    std::size_t phases = 0;

private:
    void turn(bool bad) {
        bad_ = bad;
        if (bad) ++phases;
        if (script_.nobody)
            server_.listen_again(!bad);
        else
            server_.show(bad ? script_.face(faces_) : tests::TlsFace{faces_.good});
    }
    const Script& script_;
    const Faces& faces_;
    tests::TlsServer& server_;
    bool bad_ = false;
    std::size_t mark_ = 0;
};

} // namespace

forms::Uuid CountedChance::uuid() { return tests::id_number(1'000'000 + ++made); }
std::uint32_t CountedChance::below(std::uint32_t limit) {
    return limit == 0 ? 0 : static_cast<std::uint32_t>(numbers() % limit);
}

Outcome run(const Script& script, OwnIds own_ids, const Faces& faces, std::size_t requests, const Plant& plant) {
    tests::SharedClock clock(std::chrono::system_clock::now());
    Other other(script, own_ids, faces, clock);
    Terminal terminal(script, faces, clock, other, plant);
    Outcome outcome;
    for (std::size_t n = 1; n <= requests; ++n)
        terminal.keep(n);
    Line line(script, faces, other.server);
    const std::size_t patience = 2000 + requests * 200;
    for (std::size_t steps = 0, met = 0; steps < patience; ++steps) {
        const bool more = terminal.step();
        line.after_step(terminal.acknowledged, ++met);
        if (more) continue;
        const std::size_t released = terminal.release();
        outcome.desk += released;
        if (released == 0 || outcome.desk > 2 * requests) break;
    }
    other.model.settle(true); // what is still on its way over there arrives as well
    outcome.kept = requests;
    outcome.acknowledged = terminal.acknowledged;
    outcome.on_server = other.model.count("QuestionnaireResponse");
    outcome.lost = terminal.too_early;
    for (const forms::Uuid& id : terminal.ids) {
        const auto row = terminal.outbox->find(id);
        const auto [least, most] = other.model.copies(id.text());
        const bool done = row && row->life == net::Life::Acknowledged;
        if (!row || (done && least == 0)) ++outcome.lost;
        if (row && !done) ++outcome.waiting;
        if (most > 1) ++outcome.doubled;
    }
    outcome.mishandled = other.mishandled + line.phases;
    outcome.transactions = other.transactions;
    outcome.questions = other.questions;
    outcome.by_own_ids = other.by_own_ids;
    outcome.virtual_time = clock.since_boot();
    return outcome;
}

} // namespace campaign
