// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/disk/scripts.hpp"

#include "net/outbox/outbox_sql.hpp"
#include "tests/campaigns/disk/disk_calls.hpp"

#include <array>
#include <cstdlib>
#include <fstream>

#include <unistd.h>

namespace tests::disk {
namespace {

using namespace net;
using namespace std::chrono_literals;
using Answer = PlainCentral::Answer;

// An interface asks again, and a service manager starts again; neither for ever.
void start(Terminal& t) {
    if (!t.running()) (void)(t.start() || t.start());
}
std::optional<forms::Uuid> keep(Terminal& t, std::uint32_t scans = 0, std::size_t size = 3000) {
    if (!t.running()) return std::nullopt;
    const std::uint32_t number = t.ledger().count;
    if (auto id = t.keep(scans, size)) return id;
    const auto id = Ledger::id_of(t.ledger().lines[number]);
    return t.keep_again(id, size) ? std::optional(id) : std::nullopt;
}
void deliver(Terminal& t) {
    if (t.running()) t.deliver();
}
forms::Uuid id(Terminal& t, std::uint32_t n) { return Ledger::id_of(t.ledger().lines[n]); }

void with_requests(Terminal& t, int n, std::uint32_t scans = 0) {
    start(t);
    for (int i = 0; i < n; ++i)
        (void)keep(t, scans);
}
void at_the_desk(Terminal& t, std::uint32_t n) {
    (void)t.box().tell(id(t, n), News::PickedUp, {});
    (void)t.box().tell(id(t, n), News::Declined, {.reason = Reason::Refused, .issues = Bytes(200, std::byte{1})});
}
void overwrite(const std::filesystem::path& file) {
    std::fstream f(file, std::ios::in | std::ios::out | std::ios::binary);
    f << std::string(3000, '\xee');
}

/// Takes the file back to what the program of the first version wrote.
void to_version_1(Terminal& t) {
    t.stop();
    auto db = Database::open(t.folder() / "outbox.db").value();
    const bool made = db.run("DROP TABLE progress; CREATE TABLE tombstone(sequence INTEGER PRIMARY KEY, mark BLOB NOT "
                             "NULL UNIQUE, number INTEGER NOT NULL, wall_ms INTEGER NOT NULL, reference TEXT NOT NULL) "
                             "STRICT; PRAGMA user_version = 1;")
                          .ok();
    if (!made) std::abort();
    for (std::uint32_t i = 0; i < t.ledger().count; ++i) {
        const Ledger::Line& line = t.ledger().lines[i];
        if (!line.has) continue;
        if (!outbox_sql::execute(
                 db, "INSERT INTO tombstone(mark, number, wall_ms, reference) VALUES(?1, ?2, 7, 'T')",
                 [&](Statement& s) { s.bind_blob(1, outbox_sql::mark_of(Ledger::id_of(line))).bind(2, line.number); })
                 .ok())
            std::abort();
    }
    std::filesystem::remove(t.folder() / "tombstones.db");
}

void nothing(Terminal&) {}

} // namespace

const std::vector<Script>& scripts() {
    static const std::vector<Script> all = {
        {"first-start", nothing, [](Terminal& t) { start(t), t.stop(); }},
        {"accept-one", start, [](Terminal& t) { start(t), keep(t), t.stop(); }},
        {"accept-with-scans", start, [](Terminal& t) { start(t), keep(t, 3, 20'000), keep(t, 10), t.stop(); }},
        {"accept-many", start,
         [](Terminal& t) {
             start(t);
             for (int i = 0; i < 20; ++i)
                 keep(t, i % 3 == 0 ? 1 : 0);
         }},
        {"accept-until-the-log-is-moved", start,
         [](Terminal& t) {
             start(t);
             for (int i = 0; i < 6; ++i)
                 keep(t, 2, 400'000);
         }},
        {"send", [](Terminal& t) { with_requests(t, 4, 1); }, [](Terminal& t) { start(t), deliver(t), t.stop(); }},
        {"send-without-an-answer", [](Terminal& t) { with_requests(t, 4, 1); },
         [](Terminal& t) {
             t.answers() = {Answer::Silence, Answer::Lost, Answer::Away, Answer::Busy, Answer::Silence};
             start(t), deliver(t), t.stop();
         }},
        {"mark-scans-and-status", [](Terminal& t) { with_requests(t, 2, 3); },
         [](Terminal& t) {
             start(t);
             if (!t.running()) return;
             for (std::uint16_t part = 1; part <= 3; ++part)
                 (void)t.box().mark_sent(id(t, 0), part);
             deliver(t);
             (void)t.box().note_task_status(id(t, 0), "received");
             (void)t.box().note_task_status(id(t, 1), "accepted");
         }},
        {"refused-twice", [](Terminal& t) { with_requests(t, 2); },
         [](Terminal& t) {
             t.answers() = {Answer::Refuses, Answer::Proof, Answer::Refuses};
             start(t), deliver(t), t.stop();
         }},
        {"repair",
         [](Terminal& t) {
             with_requests(t, 2, 1);
             at_the_desk(t, 0);
         },
         [](Terminal& t) {
             start(t);
             if (t.running() && !t.repair(id(t, 0))) (void)t.repair(id(t, 0));
             deliver(t);
         }},
        {"erase-delivered",
         [](Terminal& t) {
             with_requests(t, 3, 1);
             t.deliver();
         },
         [](Terminal& t) {
             start(t);
             if (!t.running()) return;
             (void)t.erase(id(t, 1));
             (void)keep(t, 1);
         }},
        {"erase-at-the-desk",
         [](Terminal& t) {
             with_requests(t, 3, 1);
             at_the_desk(t, 1);
         },
         [](Terminal& t) {
             start(t);
             if (!t.running()) return;
             (void)t.erase(id(t, 1));
             deliver(t);
         }},
        {"stop-with-a-long-log", [](Terminal& t) { with_requests(t, 1); },
         [](Terminal& t) { start(t), keep(t, 3, 200'000), keep(t, 3, 200'000), t.stop(), start(t), t.stop(); }},
        {"start-after-a-kill",
         [](Terminal& t) {
             with_requests(t, 3, 1);
             (void)t.box().tell(id(t, 1), News::PickedUp, {});
         },
         [](Terminal& t) { start(t), keep(t), deliver(t); }, true},
        {"rotate-keys-under-a-full-outbox", [](Terminal& t) { with_requests(t, 4, 1); },
         [](Terminal& t) {
             start(t);
             if (!t.running()) return;
             (void)t.keys().rotate();
             keep(t, 1);
             (void)t.keys().rotate();
             keep(t);
             t.stop(), start(t), deliver(t);
         }},
        {"retire-keys",
         [](Terminal& t) {
             with_requests(t, 2);
             (void)t.keys().rotate();
             (void)keep(t);
             (void)t.keys().rotate();
             t.deliver();
         },
         [](Terminal& t) {
             start(t);
             if (!t.running()) return;
             keep(t);
             (void)t.keys().rotate();
             (void)t.keys().retire({});
             keep(t, 1), t.stop(), start(t), deliver(t);
         }},
        {"upgrade-a-full-outbox",
         [](Terminal& t) {
             with_requests(t, 2, 1);
             t.deliver();
             for (int i = 0; i < 5; ++i)
                 (void)keep(t, 1);
             at_the_desk(t, 3);
             to_version_1(t);
         },
         [](Terminal& t) { start(t), keep(t), t.stop(); }},
        {"disk-nearly-full", [](Terminal& t) { with_requests(t, 3, 1); },
         [](Terminal& t) {
             room_for(90'000);
             start(t);
             for (int i = 0; i < 6; ++i)
                 keep(t, 1, 8000);
             deliver(t), t.stop();
         },
         false, false, true},
        {"disk-full-at-the-start", [](Terminal& t) { with_requests(t, 3, 1); },
         [](Terminal& t) {
             room_for(0);
             start(t);
             if (!t.running()) return;
             keep(t), deliver(t);
         },
         true, false, true},
        {"a-hundred-numbers",
         [](Terminal& t) {
             with_requests(t, 98);
             t.deliver();
         },
         [](Terminal& t) {
             start(t);
             for (int i = 0; i < 4; ++i)
                 keep(t);
         }},
        {"ninety-days-later",
         [](Terminal& t) {
             with_requests(t, 3);
             t.deliver();
             for (std::uint32_t n = 0; n < 3; ++n)
                 (void)t.erase(id(t, n)); // so that only the tombstones know of them, which may go
             (void)keep(t);
         },
         [](Terminal& t) {
             start(t);
             t.clock.forward(24h * 91);
             if (!t.running()) return;
             (void)t.box().health(0);
             keep(t), deliver(t);
         }},
        {"an-older-file-put-back",
         [](Terminal& t) {
             with_requests(t, 3, 1);
             t.stop();
             std::filesystem::copy_file(t.folder() / "outbox.db", t.folder() / "older");
             start(t);
             t.deliver();
             t.stop();
             std::filesystem::rename(t.folder() / "older", t.folder() / "outbox.db");
         },
         [](Terminal& t) { start(t), keep(t), deliver(t); }},
        {"damaged-outbox",
         [](Terminal& t) {
             with_requests(t, 3, 1);
             t.stop();
             overwrite(t.folder() / "outbox.db");
         },
         [](Terminal& t) { start(t), keep(t, 1), deliver(t); }, false, true},
        {"damaged-tombstones",
         [](Terminal& t) {
             with_requests(t, 2, 1);
             t.deliver();
             (void)keep(t);
             t.stop();
             overwrite(t.folder() / "tombstones.db");
         },
         [](Terminal& t) { start(t), keep(t, 1), deliver(t); }, false, true},
        {"sync-fails-while-keeping", start,
         [](Terminal& t) {
             start(t);
             fail_sync(0);
             keep(t, 1), keep(t);
         },
         false, false, true},
        {"second-sync-fails-while-keeping", start,
         [](Terminal& t) {
             start(t), keep(t);
             fail_sync(1);
             keep(t, 1), keep(t), t.stop();
         },
         false, false, true},
        // The second is that of the log as it is moved at closing: so the log stays, with frames that were never
        // synced.
        {"two-syncs-fail-while-keeping", start,
         [](Terminal& t) {
             start(t), keep(t);
             fail_sync(0, 2);
             keep(t, 1), keep(t), deliver(t);
         },
         false, false, true},
        {"four-syncs-fail-while-keeping", start,
         [](Terminal& t) {
             start(t), keep(t);
             fail_sync(0, 4);
             keep(t, 1), keep(t), deliver(t);
         },
         false, false, true},
        {"sync-fails-while-sending", [](Terminal& t) { with_requests(t, 3, 1); },
         [](Terminal& t) {
             start(t);
             fail_sync(3);
             deliver(t);
         },
         false, false, true},
        {"sync-fails-while-the-log-is-moved", [](Terminal& t) { with_requests(t, 2, 1); },
         [](Terminal& t) {
             start(t), keep(t, 1);
             fail_sync(1);
             t.stop(), start(t), keep(t), deliver(t);
         },
         false, false, true},
        {"a-visit-and-its-delivery", start,
         [](Terminal& t) {
             t.answers() = {Answer::Proof, Answer::Silence, Answer::Refuses, Answer::Refuses};
             start(t), keep(t, 2), deliver(t), keep(t), deliver(t), keep(t, 1), deliver(t), t.stop();
         }},
    };
    return all;
}

Place::Place() {
    const char* chosen = std::getenv("SPORTELLO_CAMPAIGN_FOLDER");
    const std::filesystem::path memory = "/dev/shm";
    std::string name = ((chosen != nullptr                     ? std::filesystem::path(chosen)
                         : ::access(memory.c_str(), W_OK) == 0 ? memory
                                                               : std::filesystem::temp_directory_path()) /
                        "sportello-campaign-XXXXXX")
                           .string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
}
Place::~Place() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}
std::filesystem::path Place::fresh(const std::string& name) const {
    const auto folder = path_ / name;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    return folder;
}

void copy_folder(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::filesystem::remove_all(to);
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

Beginning begin(const Script& script, const Place& place, unsigned seed) {
    static Ledger ledger;
    ledger.count = 0;
    const auto live = place.fresh(std::string(script.name) + "-live");
    Beginning beginning{place.path() / (std::string(script.name) + "-begin"), {}, {}};
    Terminal terminal(live, ledger, seed);
    script.before(terminal);
    if (script.leaves_open) copy_folder(live, beginning.folder);
    terminal.stop();
    if (!script.leaves_open) copy_folder(live, beginning.folder);
    std::filesystem::remove_all(live);
    beginning.ledger = ledger.text();
    beginning.clock = terminal.clock;
    return beginning;
}

} // namespace tests::disk
