// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/disk/terminal.hpp"

#include "net/runtime/random.hpp"
#include "tests/campaigns/disk/disk_calls.hpp"

#include <algorithm>
#include <memory_resource>
#include <set>
#include <utility>

namespace tests::disk {

using namespace net;
using namespace std::chrono_literals;

namespace {

std::string body_of(const forms::Uuid& id) { return "what " + id.text() + " wants"; }
std::string scan_of(const forms::Uuid& id, std::uint32_t n, std::size_t size) {
    std::string scan(size, static_cast<char>('a' + n));
    const std::string name = id.text();
    std::copy_n(name.begin(), std::min(size, name.size()), scan.begin());
    return scan;
}
bool says(const SecretBytes& bytes, const std::string& text) {
    return bytes.size() == text.size() &&
           std::equal(bytes.begin(), bytes.end(), std::as_bytes(std::span(text)).begin());
}

} // namespace

forms::Uuid Terminal::Dice::uuid() {
    forms::Uuid::Bytes bytes{};
    for (auto& byte : bytes)
        byte = static_cast<std::uint8_t>(engine());
    return forms::Uuid(bytes);
}

Terminal::Terminal(std::filesystem::path folder, Ledger& ledger, unsigned seed)
    : folder_(std::move(folder)), ledger_(ledger), log_("sender", clock, [](std::string_view) {}), central_(ledger) {
    dice_.engine.seed(seed);
    central_.stored = [this] { tell_record(); };
}

void Terminal::tell_record() {
    if (recording()) mark(ledger_.text());
}

bool Terminal::start() {
    OutboxOptions options;
    options.reserve = reserve;
    auto box = DiskOutbox::open(folder_, options, clock);
    if (!box.ok()) return false;
    box_ = std::move(box).value();
    auto keys = KeyRing::open(folder_ / "keys", std::pmr::get_default_resource());
    if (!keys.ok()) {
        box_.reset();
        return false;
    }
    keys_.emplace(std::move(keys).value());
    courier_ = std::make_unique<Courier>(
        *box_, central_, [this](const SealedRequest& s) { return open(s); }, [](const OutboxRow&) {}, Pauses(), clock,
        dice_, log_);
    return true;
}

void Terminal::stop() {
    courier_.reset();
    box_.reset();
    keys_.reset();
}

SealedRequest Terminal::sealed(const forms::Uuid& id, std::uint32_t scans, std::size_t scan_size) const {
    std::vector<std::string> texts = {body_of(id)};
    for (std::uint32_t n = 0; n < scans; ++n)
        texts.push_back(scan_of(id, n, scan_size));
    std::vector<std::span<const std::byte>> parts;
    for (const auto& text : texts)
        parts.push_back(std::as_bytes(std::span(text.data(), text.size())));
    return seal(id, keys_->current(), parts).value();
}

std::optional<forms::Uuid> Terminal::keep(std::uint32_t scans, std::size_t scan_size) {
    const forms::Uuid id = dice_.uuid();
    ledger_.add(id, scans);
    tell_record();
    if (!keep_again(id, scan_size)) return std::nullopt;
    return id;
}

bool Terminal::keep_again(const forms::Uuid& id, std::size_t scan_size) {
    Ledger::Line* line = ledger_.find(id);
    line->asked = true;
    tell_record();
    const auto kept = box_->keep(sealed(id, line->scans, scan_size), clock.wall_time(), true, clock.since_boot());
    if (!kept.ok()) return false;
    line->number = static_cast<std::uint32_t>(kept.value()); // the person reads it from now on
    tell_record();
    return true;
}

forms::Result<OpenedRequest, Reason> Terminal::open(const SealedRequest& sealed) {
    auto parts = unseal(sealed, *keys_, std::pmr::get_default_resource());
    if (!parts.ok()) return Reason::SealBroken;
    const Ledger::Line* line = ledger_.find(sealed.id);
    if (line == nullptr || parts.value().size() != line->scans + 1 || !says(parts.value()[0], body_of(sealed.id)))
        return Reason::NotASubmission;
    for (std::uint32_t n = 0; n < line->scans; ++n) {
        const SecretBytes& scan = parts.value()[n + 1];
        if (!says(scan, scan_of(sealed.id, n, scan.size()))) return Reason::NotASubmission;
    }
    OpenedRequest opened{Submission(std::pmr::get_default_resource()), {}};
    opened.submission.id = sealed.id;
    return opened;
}

bool Terminal::whole(const forms::Uuid& id) {
    auto request = box_->load(id);
    return request.ok() && open(request.value()).ok();
}

void Terminal::deliver(std::chrono::hours longest, int steps) {
    const auto until = clock.since_boot() + longest;
    for (int i = 0; i < steps && clock.since_boot() < until; ++i) {
        const auto next = courier_->step({});
        if (next > clock.since_boot()) {
            const auto waiting = box_->next_time();
            if (!waiting) return;
            clock.forward(std::max<forms::BootTime>(next - clock.since_boot(), 1ms));
        }
    }
}

bool Terminal::repair(const forms::Uuid& id) {
    const Ledger::Line* line = ledger_.find(id);
    if (!box_->revise(sealed(id, line->scans, 2000)).ok()) return false;
    return box_->tell(id, News::Released, {.due = clock.since_boot()}).ok();
}

bool Terminal::erase(const forms::Uuid& id) {
    ledger_.find(id)->erasing = true;
    tell_record();
    return box_->erase(id).ok();
}

Verdict& Verdict::operator+=(const Verdict& other) {
    lost += other.lost;
    doubled += other.doubled;
    stuck += other.stuck;
    corrupt += other.corrupt;
    start = std::max(start, other.start);
    return *this;
}

Verdict judge(Terminal& terminal, bool damaged) {
    Verdict verdict;
    Ledger& ledger = terminal.ledger();
    const auto begin = std::chrono::steady_clock::now();
    const bool started = terminal.start() || terminal.start(); // the service manager would start it again, too
    verdict.start = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    if (!started) {
        verdict.corrupt = 1;
        return verdict;
    }
    if (!damaged && terminal.box().opening().set_aside) ++verdict.corrupt;
    while (terminal.box().continue_check()) {
    }
    const auto look = [&](bool in_the_end) {
        std::set<std::uint64_t> numbers;
        for (std::uint32_t i = 0; i < ledger.count; ++i) {
            const Ledger::Line& line = ledger.lines[i];
            if (line.created > 1) ++verdict.doubled;
            if (line.number == 0) continue;
            if (!numbers.insert(line.number).second) ++verdict.doubled;
            const auto id = Ledger::id_of(line);
            const auto row = terminal.box().find(id);
            if (!row) {
                if (!line.erasing && !damaged) ++verdict.lost;
                continue;
            }
            if (row->number != line.number) ++verdict.doubled;
            if (row->life == Life::Acknowledged ? !line.has : !terminal.whole(id)) ++verdict.lost;
            if (in_the_end && row->life != Life::Acknowledged && !line.erasing) ++verdict.stuck;
        }
    };
    look(false);
    // Whoever had no answer presses "Invia" again; staff let go what stands at the desk.
    terminal.answers().clear();
    for (std::uint32_t i = 0; i < ledger.count; ++i) {
        const Ledger::Line& line = ledger.lines[i];
        const auto id = Ledger::id_of(line);
        if (line.erasing) continue;
        if (line.asked && line.number == 0 && !terminal.keep_again(id)) ++verdict.stuck;
        if (const auto row = terminal.box().find(id); row && row->life == Life::NeedsDesk)
            if (!terminal.box().tell(id, News::Released, {.due = terminal.clock.since_boot()}).ok()) ++verdict.stuck;
    }
    terminal.deliver();
    // What was missing before is missing still; what could not be opened may have gone by now.
    const Verdict before = std::exchange(verdict, Verdict{0, 0, verdict.stuck, verdict.corrupt, verdict.start});
    look(true);
    verdict.lost = std::max(verdict.lost, before.lost);
    verdict.doubled = std::max(verdict.doubled, before.doubled);
    terminal.stop();
    return verdict;
}

} // namespace tests::disk
