// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/server/world.hpp"

#include "tests/campaigns/server/terminal.hpp"
#include "tests/doubles/sealed.hpp"
#include "tests/doubles/submissions.hpp"

#include <algorithm>
#include <cstdlib>

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

net::Pauses pauses_of(const Script& script) {
    net::Pauses pauses;
    if (script.pauses) script.pauses(pauses);
    return pauses;
}

/// Every fifth speaks for somebody and brings a picture.
void keep(Terminal& terminal, std::size_t number) {
    const forms::Uuid id = tests::id_number(static_cast<int>(number));
    const bool richer = number % 5 == 0;
    net::Submission submission = richer ? tests::daughter_speaks(&terminal.memory) : tests::plain(&terminal.memory, id);
    submission.id = id;
    const std::string picture = tests::one_pixel();
    if (richer)
        terminal.keep(submission, {picture});
    else
        terminal.keep(submission, {});
}

} // namespace

Outcome run(const Script& script, OwnIds own_ids, const Faces& faces, std::size_t requests, const Plant& plant) {
    tests::SharedClock clock(std::chrono::system_clock::now());
    Other other(script, own_ids, faces, clock);
    Terminal terminal(faces, other.server.port(), clock, pauses_of(script), plant);
    std::size_t acknowledged = 0, too_early = 0;
    terminal.acknowledged = [&](const net::OutboxRow& row) {
        ++acknowledged;
        other.model.settle();
        const auto [least, most] = other.model.copies(row.id.text());
        if (least == 0 || !other.model.has_task(row.reference)) ++too_early;
    };
    Outcome outcome;
    for (std::size_t n = 1; n <= requests; ++n)
        keep(terminal, n);
    Line line(script, faces, other.server);
    const std::size_t patience = 2000 + requests * 200;
    for (std::size_t steps = 0, met = 0; steps < patience; ++steps) {
        const bool more = terminal.step();
        line.after_step(acknowledged, ++met);
        if (more) continue;
        const std::size_t released = terminal.release();
        outcome.desk += released;
        if (released == 0 || outcome.desk > 2 * requests) break;
    }
    other.model.settle(true); // what is still on its way over there arrives as well
    outcome.kept = requests;
    outcome.acknowledged = acknowledged;
    outcome.on_server = other.model.count("QuestionnaireResponse");
    outcome.lost = too_early;
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
