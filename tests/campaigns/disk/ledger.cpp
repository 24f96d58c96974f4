// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/disk/ledger.hpp"

#include <cstdlib>
#include <cstring>

#include <sys/mman.h>

namespace tests::disk {

using namespace net;

Ledger* Ledger::shared() {
    void* pages = ::mmap(nullptr, sizeof(Ledger), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) std::abort();
    return new (pages) Ledger{};
}

std::string Ledger::text() const { return {reinterpret_cast<const char*>(lines), count * sizeof(Line)}; }
void Ledger::read(const std::string& text) {
    count = static_cast<std::uint32_t>(text.size() / sizeof(Line));
    std::memcpy(static_cast<void*>(lines), text.data(), text.size());
}

namespace {
std::string reference_of(const forms::Uuid& id) { return "Task-" + id.text().substr(0, 8); }
} // namespace

CentralResult<Delivered> PlainCentral::deliver(const Submission& submission, std::span<const SecretBytes>,
                                               std::stop_token) {
    Ledger::Line* line = ledger_.find(submission.id);
    if (line == nullptr) std::abort(); // what nobody asked to keep
    Answer answer = Answer::Proof;
    if (!answers.empty()) {
        answer = answers.front();
        answers.pop_front();
    }
    switch (answer) {
    case Answer::Lost:
        return CentralError{Fault::TimedOut};
    case Answer::Refuses:
        return CentralError{Fault::Refused, 422};
    case Answer::Busy:
        return CentralError{Fault::Busy, 429};
    case Answer::Away:
        return CentralError{Fault::Unreachable};
    case Answer::Proof:
    case Answer::Silence:
        break;
    }
    ++line->created;
    line->has = true;
    if (stored) stored();
    if (answer == Answer::Silence) return CentralError{Fault::TimedOut};
    return Delivered{reference_of(submission.id), 201};
}

CentralResult<Presence> PlainCentral::look_up(const Submission& submission, std::stop_token) {
    const Ledger::Line* line = ledger_.find(submission.id);
    if (line == nullptr) std::abort();
    if (!line->has) return Presence{};
    return Presence{Presence::Parts::All, false, reference_of(submission.id)};
}

CentralResult<Delivered> PlainCentral::follow(const Submission&, const std::string&, std::stop_token) {
    return CentralError{Fault::BadReply};
}

} // namespace tests::disk
