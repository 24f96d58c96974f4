// SPDX-License-Identifier: EUPL-1.2
// The sender before people who sign in: who may what, what is written down, and a request that is corrected.
#include "net/audit/audit_files.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/seal/key_ring.hpp"
#include "sender_terminal.hpp"

#include <nlohmann/json.hpp>

using namespace tests;
using net::ipc::DeskOutcome;

namespace {

constexpr const char* pin = "739164";

/// A terminal with two people on its staff list and a desk.
struct Office : Terminal {
    LockedMemory memory;
    std::unique_ptr<ipc::Client> desk;

    void open(const std::string& base) {
        start(base);
        add("s.verdi", StaffRole::Supervisor);
        add("o.neri", StaffRole::Operator);
        desk = new_desk();
    }
    std::unique_ptr<ipc::Client> new_desk() { return std::make_unique<ipc::Client>(sender->socket(), ipc::Role::Desk); }
    void add(const std::string& id, StaffRole role) {
        auto told = tool->staff(ipc::StaffChange::Add, id, role, pin, chance.uuid(), 60s);
        REQUIRE(told.ok());
        REQUIRE(told.value().answer == ipc::StaffAnswer::Done);
    }
    SignInOutcome sign_in(ipc::Client& at, const std::string& id, const std::string& digits = pin) {
        auto in = at.sign_in(id, digits, chance.uuid(), 60s);
        REQUIRE(in.ok());
        return in.value().outcome;
    }
    /// A request that the central system refused twice.
    forms::Uuid refused(CentralServer&) {
        const auto id = keep_plain();
        CHECK(wait_for(id, Life::NeedsDesk).reason == Reason::Refused);
        return id;
    }
    /// What the desk reads of an opened request.
    std::optional<Submission> read(ipc::Client& at, const forms::Uuid& id, const KeyRing& key) {
        auto sealed = at.fetch(id, 60s);
        REQUIRE(sealed.ok());
        if (!sealed.value()) return std::nullopt;
        auto parts = unseal(*sealed.value(), key, &memory);
        REQUIRE(parts.ok());
        REQUIRE(parts.value().size() == 2);
        const SecretBytes& body = parts.value()[0];
        auto submission = decode_submission({reinterpret_cast<const char*>(body.data()), body.size()}, &memory);
        REQUIRE(submission.ok());
        return std::move(submission).value();
    }
    SealedRequest corrected(Submission& s) {
        auto welcome = desk->join(60s);
        REQUIRE(welcome.ok());
        const Text body = encode_submission(s);
        const std::span<const std::byte> parts[] = {bytes_of(body)};
        return seal(s.id, welcome.value().key, parts).value();
    }
    /// "actor role action outcome request" of every record; the log must be sound.
    std::vector<std::string> audit() {
        std::vector<std::string> lines;
        const auto verdict = verify_audit(folder.path() / "state" / "audit", &memory, [&](const AuditRecord& r) {
            lines.push_back(r.entry.actor.id + " " + std::string(name_of(r.entry.actor.role)) + " " +
                            std::string(name_of(r.entry.action)) + " " + std::string(name_of(r.entry.outcome)) + " " +
                            std::to_string(r.entry.request));
        });
        CHECK(verdict.fault == AuditFault::None);
        return lines;
    }
    bool logged(const std::string& line) {
        for (const std::string& one : audit())
            if (one == line) return true;
        return false;
    }
    static std::string text(Text& of) { return std::string(of); }
};

void refuse_twice(CentralServer& server) {
    for (int i = 0; i < 2; ++i)
        server.next({Mischief::Kind::Status, 422});
}

} // namespace

TEST_CASE("sender: an interface without anybody signed in learns nothing of other people's requests") {
    Office office;
    office.open("");
    const auto id = office.keep_plain();
    for (const auto role : {ipc::Role::Kiosk, ipc::Role::Desk}) {
        ipc::Client curious(office.sender->socket(), role);
        CHECK(curious.list(60s).error() == ipc::LineFault::Refused);
        CHECK(curious.show(id, 60s).error() == ipc::LineFault::Refused);
        CHECK(curious.fetch(id, 60s).error() == ipc::LineFault::Refused);
        CHECK(curious.act(id, ipc::Action::Erase, 60s).value() == ipc::ActOutcome::NotAllowed);
        CHECK(curious.open(id, PublicKey{}, 60s).value().outcome == DeskOutcome::NotSignedIn);
        CHECK(curious.keys(ipc::KeyAction::List, 60s).error() == ipc::LineFault::Refused);
        CHECK(curious.staff(ipc::StaffChange::List, "", StaffRole::None, "", office.chance.uuid(), 60s).error() ==
              ipc::LineFault::Refused);
    }
    ipc::Client kiosk(office.sender->socket(), ipc::Role::Kiosk);
    CHECK(kiosk.sign_in("s.verdi", pin, office.chance.uuid(), 60s).error() == ipc::LineFault::Refused);
    CHECK(office.tool->show(id, 60s).value()->life == Life::Kept);
}

TEST_CASE("sender: an operator sees numbers, and neither opens nor sends again; the attempt is written down") {
    Office office;
    CentralServer server(office.certificates);
    refuse_twice(server);
    office.open(server.base());
    const auto id = office.refused(server);
    REQUIRE(office.sign_in(*office.desk, "o.neri") == SignInOutcome::Done);
    CHECK(office.desk->list(60s).value().size() == 1);
    const KeyRing key = KeyRing::passing(&office.memory);
    CHECK(office.desk->open(id, key.current(), 60s).value().outcome == DeskOutcome::NotAllowed);
    CHECK_FALSE(office.desk->fetch(id, 60s).value());
    CHECK(office.desk->act(id, ipc::Action::Retry, 60s).value() == ipc::ActOutcome::NotAllowed);
    CHECK(office.tool->show(id, 60s).value()->life == Life::NeedsDesk);
    CHECK(office.logged("o.neri operator request-open refused 1"));
    CHECK(office.logged("o.neri operator request-retry refused 1"));
}

TEST_CASE("sender: a supervisor opens what was refused, corrects it, and it arrives once, as a recorded revision") {
    Office office;
    CentralServer server(office.certificates);
    refuse_twice(server);
    office.open(server.base());
    const auto id = office.refused(server);
    REQUIRE(office.sign_in(*office.desk, "s.verdi") == SignInOutcome::Done);
    const KeyRing key = KeyRing::passing(&office.memory);
    const auto opened = office.desk->open(id, key.current(), 60s).value();
    REQUIRE(opened.outcome == DeskOutcome::Done);
    CHECK(opened.may_revise);
    auto submission = office.read(*office.desk, id, key);
    REQUIRE(submission);
    submission->subject_display = "Corretta Persona";
    submission->routing.office_id = "elsewhere"; // not for an interface to say
    REQUIRE(office.desk->revise(office.corrected(*submission), 60s).value() == DeskOutcome::Done);
    office.wait_for(id, Life::Acknowledged);

    CHECK(server.count("QuestionnaireResponse") == 1);
    CHECK(server.count("Task") == 1);
    const std::string sent = server.bodies().back();
    CHECK(sent.find("Corretta Persona") != std::string::npos);
    CHECK(sent.find("elsewhere") == std::string::npos);
    CHECK(sent.find(id.text() + ".2-task") != std::string::npos);
    CHECK(sent.find("\"role\":\"revision\"") != std::string::npos);
    CHECK_FALSE(office.desk->fetch(id, 60s).value()); // closed: nothing is left to read
    CHECK(office.logged("s.verdi supervisor request-open done 1"));
    CHECK(office.logged("s.verdi supervisor request-revise allowed 1"));
    CHECK(office.logged("s.verdi supervisor request-revise done 1"));
    CHECK(office.logged("s.verdi supervisor request-close done 1"));
}

TEST_CASE("sender: the identity document that was seen goes with the correction, under the name and clock of the sender") {
    Office office;
    CentralServer server(office.certificates);
    refuse_twice(server);
    office.open(server.base());
    const auto id = office.refused(server);
    REQUIRE(office.sign_in(*office.desk, "s.verdi") == SignInOutcome::Done);
    const KeyRing key = KeyRing::passing(&office.memory);
    REQUIRE(office.desk->open(id, key.current(), 60s).value().outcome == DeskOutcome::Done);
    auto submission = office.read(*office.desk, id, key);
    REQUIRE(submission);
    auto& seen = submission->identity_seen.emplace(&office.memory);
    seen.by = "the.mayor"; // not for an interface to say
    seen.at = "1999-01-01T00:00:00Z";
    for (const char* no : {"", "fishing-licence"}) {
        seen.document = no;
        CHECK(office.desk->revise(office.corrected(*submission), 60s).value() == DeskOutcome::Malformed);
    }
    seen.document = "passport";
    auto nameless = *submission;
    nameless.subject_kind = Submission::SubjectKind::Anonymous;
    CHECK(office.desk->revise(office.corrected(nameless), 60s).value() == DeskOutcome::Malformed);
    CHECK_FALSE(office.logged("s.verdi supervisor identity-seen done 1"));

    refuse_twice(server); // the correction as well: what was stated is not forgotten with it
    REQUIRE(office.desk->revise(office.corrected(*submission), 60s).value() == DeskOutcome::Done);
    office.wait_for(id, Life::NeedsDesk);
    CHECK(office.logged("s.verdi supervisor identity-seen allowed 1"));
    CHECK(office.logged("s.verdi supervisor identity-seen done 1"));
    CHECK(office.log_text.find("passport") == std::string::npos);
    REQUIRE(office.desk->open(id, key.current(), 60s).value().outcome == DeskOutcome::Done);
    submission = office.read(*office.desk, id, key);
    REQUIRE(submission);
    REQUIRE(submission->identity_seen);
    CHECK(submission->identity_seen->document == "passport");
    CHECK(submission->identity_seen->by == "s.verdi");
    CHECK_FALSE(submission->identity_seen->at.starts_with("1999"));
    submission->identity_seen.reset(); // nothing new is stated
    REQUIRE(office.desk->revise(office.corrected(*submission), 60s).value() == DeskOutcome::Done);
    office.wait_for(id, Life::Acknowledged);
    const std::string sent = server.bodies().back();
    CHECK(sent.find("\"verifier\"") != std::string::npos);
    CHECK(sent.find("\"passport\"") != std::string::npos);
    CHECK(sent.find("the.mayor") == std::string::npos);
}

TEST_CASE("sender: a correction is of the opened request, by who opened it, for the same form, and nothing else") {
    Office office;
    CentralServer server(office.certificates);
    refuse_twice(server);
    office.open(server.base());
    const auto id = office.refused(server);
    REQUIRE(office.sign_in(*office.desk, "s.verdi") == SignInOutcome::Done);
    auto made_up = plain(&office.memory, id);
    CHECK(office.desk->revise(office.corrected(made_up), 60s).value() == DeskOutcome::NotOpen);
    const KeyRing key = KeyRing::passing(&office.memory);
    REQUIRE(office.desk->open(id, key.current(), 60s).value().outcome == DeskOutcome::Done);
    auto submission = office.read(*office.desk, id, key);
    REQUIRE(submission);
    auto another_form = *submission;
    another_form.definition_url += "-2";
    CHECK(office.desk->revise(office.corrected(another_form), 60s).value() == DeskOutcome::Malformed);
    auto another_id = *submission;
    another_id.id = office.chance.uuid();
    CHECK(office.desk->revise(office.corrected(another_id), 60s).value() == DeskOutcome::NotOpen);
    // One at a time, and not for a second desk.
    auto second = office.new_desk();
    REQUIRE(office.sign_in(*second, "s.verdi") == SignInOutcome::Done);
    CHECK(second->open(id, key.current(), 60s).value().outcome == DeskOutcome::Elsewhere);
    CHECK_FALSE(second->fetch(id, 60s).value());
    REQUIRE(office.desk->sign_out(60s).ok());
    CHECK_FALSE(office.desk->fetch(id, 60s).ok());
    CHECK(second->open(id, key.current(), 60s).value().outcome == DeskOutcome::Done);
    CHECK(office.tool->show(id, 60s).value()->life == Life::NeedsDesk);
    CHECK(server.count("Task") == 0);
}

TEST_CASE("sender: what may have arrived is not corrected before it was looked up") {
    Office office;
    CentralServer server(office.certificates);
    server.next({Mischief::Kind::StoreThenDrop, 0});
    server.for_searches(503); // nobody can say whether it is there
    office.open(server.base());
    const auto id = office.keep_plain();
    office.wait_for(id, Life::Unclear);
    REQUIRE(office.tool->act(id, ipc::Action::Hold, 60s).value() == ipc::ActOutcome::Done);
    REQUIRE(office.sign_in(*office.desk, "s.verdi") == SignInOutcome::Done);
    const KeyRing key = KeyRing::passing(&office.memory);
    const auto opened = office.desk->open(id, key.current(), 60s).value();
    CHECK(opened.outcome == DeskOutcome::Done);
    CHECK_FALSE(opened.may_revise);
    auto submission = office.read(*office.desk, id, key);
    REQUIRE(submission);
    CHECK(office.desk->revise(office.corrected(*submission), 60s).value() == DeskOutcome::LookFirst);
}

TEST_CASE("sender: wrong PINs bring the pause and the lock, through restarts, and a technician's reset ends them") {
    Office office;
    office.open("");
    for (int i = 0; i < 5; ++i)
        CHECK(office.sign_in(*office.desk, "s.verdi", "000001") == SignInOutcome::Wrong);
    auto told = office.desk->sign_in("s.verdi", pin, office.chance.uuid(), 60s);
    CHECK(told.value().outcome == SignInOutcome::Wait);
    CHECK(told.value().wait_ms > 10'000);
    office.desk.reset();
    office.start("");
    office.desk = office.new_desk();
    CHECK(office.sign_in(*office.desk, "s.verdi") == SignInOutcome::Wait);
    auto reset =
        office.tool->staff(ipc::StaffChange::Reset, "s.verdi", StaffRole::None, "820475", office.chance.uuid(), 60s);
    REQUIRE(reset.value().answer == ipc::StaffAnswer::Done);
    CHECK(office.sign_in(*office.desk, "s.verdi") == SignInOutcome::Wrong);
    CHECK(office.sign_in(*office.desk, "s.verdi", "820475") == SignInOutcome::Done);
    CHECK(office.sign_in(*office.desk, "nobody.here", "820475") == SignInOutcome::Wrong);
    CHECK(office.logged("s.verdi supervisor sign-in refused 0"));
    CHECK(office.logged("s.verdi supervisor sign-in done 0"));
    CHECK(office.logged("unknown none sign-in refused 0"));
    CHECK(office.log_text.find("820475") == std::string::npos);
}

TEST_CASE("sender: who is disabled while signed in is out at once") {
    Office office;
    office.open("");
    REQUIRE(office.sign_in(*office.desk, "s.verdi") == SignInOutcome::Done);
    CHECK(office.desk->list(60s).ok());
    REQUIRE(office.tool->staff(ipc::StaffChange::Disable, "s.verdi", StaffRole::None, "", office.chance.uuid(), 60s)
                .value()
                .answer == ipc::StaffAnswer::Done);
    CHECK(office.desk->list(60s).error() == ipc::LineFault::Refused);
}

TEST_CASE("sender: the technician's shell acts as the user of its socket, and everything it does is written down") {
    Office office;
    office.open("");
    const auto id = office.keep_plain();
    const auto user = "uid-" + std::to_string(::geteuid()) + " technician ";
    CHECK(office.tool->fetch(id, 60s).value().has_value());
    CHECK(office.tool->act(id, ipc::Action::Hold, 60s).value() == ipc::ActOutcome::Done);
    CHECK(office.tool->act(id, ipc::Action::Retry, 60s).value() == ipc::ActOutcome::Done);
    CHECK(office.tool->act(id, ipc::Action::Erase, 60s).value() == ipc::ActOutcome::NotInThisState);
    CHECK(office.tool->act(id, ipc::Action::Hold, 60s).value() == ipc::ActOutcome::Done);
    CHECK(office.tool->act(id, ipc::Action::Erase, 60s).value() == ipc::ActOutcome::Done);
    // The keys are in this user's hands; what people told is not for a shell all the same.
    const auto another = office.keep_plain();
    CHECK(office.tool->act(another, ipc::Action::Hold, 60s).value() == ipc::ActOutcome::Done);
    CHECK(office.tool->open(another, KeyRing::passing(&office.memory).current(), 60s).value().outcome ==
          DeskOutcome::NotAllowed);
    for (const char* line :
         {"request-export allowed 1", "request-hold done 1", "request-retry done 1", "request-erase refused 1",
          "request-erase done 1", "request-open refused 2", "staff-add done 0"})
        CHECK_MESSAGE(office.logged(user + line), line);
}

TEST_CASE("sender: when the audit log cannot be written, what must be logged is refused, and people are still served") {
    Office office;
    office.open("");
    const auto id = office.keep_plain();
    const auto audit = office.folder.path() / "state" / "audit";
    office.desk.reset();
    office.client.reset();
    office.tool.reset();
    office.sender.reset();
    std::filesystem::remove_all(audit);
    office.folder.write("state/audit", "in the way of the folder");
    office.start("");
    office.desk = office.new_desk();
    CHECK(office.sign_in(*office.desk, "s.verdi") == SignInOutcome::NotNow);
    CHECK(office.tool->act(id, ipc::Action::Hold, 60s).value() == ipc::ActOutcome::NotLogged);
    CHECK(office.tool->fetch(id, 60s).error() == ipc::LineFault::Refused);
    CHECK(office.tool->show(id, 60s).value()->life == Life::Kept);
    CHECK(office.log_text.find("audit-refused") != std::string::npos);
    office.keep_plain();
}
