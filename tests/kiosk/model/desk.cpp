// SPDX-License-Identifier: EUPL-1.2
// The staff's side: what is asked of the sender and when, what each answer brings on the screen, and what never stays.
#include "forms/fhir/load.hpp"
#include "tests/kiosk/model/filling.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

using namespace kiosk;
using namespace std::chrono_literals;

namespace {

std::string bytes_of(const char* file) {
    std::ifstream in(std::filesystem::path(SPORTELLO_ROOT) / "forms/definitions/informazioni" / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Somebody of the staff before the real model; the sender is what the test says.
struct AtDesk {
    tests::HandClock clock;
    tests::WatchedMemory memory;
    std::shared_ptr<const forms::Definition> form = forms::load_definition(bytes_of("questionnaire.json"), lists()).value();
    std::string answers = bytes_of("examples/carer-asks.answers.json"); ///< of the request that waits
    std::string identity_before;                                        ///< that an earlier correction stated
    std::optional<RequestRecord> frozen;                                ///< what was sealed last
    forms::Uuid id = forms::Uuid::from_random(forms::Uuid::Bytes{7});
    Visit visit{settings(), {{"informazioni", form}}, ports()};
    std::vector<Order> orders;

    static forms::LoadOptions lists() {
        forms::LoadOptions options;
        options.known_value_sets = {"https://www.hl7.it/fhir/terminology/ValueSet/istat-comune"};
        return options;
    }
    static VisitSettings settings() {
        VisitSettings desk;
        desk.desk = true;
        return desk;
    }
    VisitPorts ports() {
        VisitPorts given;
        given.clock = &clock;
        given.memory = &memory;
        given.new_id = [] { return forms::Uuid::from_random({}); };
        given.freeze = [this](const forms::Draft&, const forms::FilledForm& filled, const RequestRecord& record) {
            frozen = record;
            return std::optional(VisitPorts::Frozen(FrozenBytes(forms::write_response(filled, {}), &memory)));
        };
        given.read_back = [this](std::string_view bytes, const std::vector<OfferedForm>& offered,
                                 const forms::Setting& setting) -> std::optional<VisitPorts::ReadBack> {
            auto read = forms::read_response(bytes, offered[0].definition, &memory, setting);
            if (!read.ok()) return std::nullopt;
            return VisitPorts::ReadBack{0, std::move(read.value().draft), "it", identity_before};
        };
        return given;
    }
    template <class S>
    const S& screen() {
        const S* shown = std::get_if<S>(&visit.picture().screen);
        REQUIRE(shown);
        return *shown;
    }
    void tap(const Intent& intent) {
        visit.touched();
        visit.apply(intent);
        (void)visit.picture();
        visit.presented();
        take();
    }
    void hear(DeskNews news) {
        visit.hear(News(std::move(news)));
        (void)visit.picture();
        visit.presented();
        take();
    }
    void take() {
        for (Order& order : visit.take_orders())
            orders.push_back(std::move(order));
    }
    /// How many orders of this kind there were since this was last asked; all others are forgotten with them.
    template <class Wanted>
    int ordered() {
        take();
        int many = 0;
        for (const Order& order : orders) {
            const auto* desk = std::get_if<DeskOrder>(&order);
            many += desk != nullptr && std::holds_alternative<Wanted>(*desk);
        }
        orders.clear();
        return many;
    }
    bool signed_out() {
        take();
        const bool out =
            std::ranges::any_of(orders, [](const Order& order) { return std::holds_alternative<ForgetVisit>(order); });
        orders.clear();
        return out;
    }
    void type_in(const char* staff = "s.verdi", const char* pin = "739164") {
        tap(TypeText{"staff", staff});
        tap(TypeText{"pin", pin});
    }
    void sign_in() {
        type_in();
        tap(Continue{});
        CHECK(ordered<DeskSignIn>() == 1);
        hear(DeskSignedIn{DeskSignedIn::Outcome::Done, {}});
        hear(DeskListed{{{id, 12, DeskRow::Why::Refused, clock.wall - 3h, true}}});
    }
    DeskOpened opened(DeskFault fault = DeskFault::None, bool may_revise = true) {
        return {id, fault, FrozenBytes(answers, &memory), {{"domanda/informazioni.domanda", false}}, may_revise};
    }
    void open(bool may_revise = true) {
        sign_in();
        tap(ChooseService{id.text()});
        CHECK(ordered<DeskOpen>() == 1);
        hear(opened(DeskFault::None, may_revise));
        (void)screen<CheckScreen>();
    }
    const CheckScreen::Row* identity() {
        for (const auto& section : screen<CheckScreen>().sections)
            for (const auto& row : section.rows)
                if (row.key == "desk.identity") return &row;
        return nullptr;
    }
    void pass(std::chrono::seconds time) {
        for (; time > 0s; time -= 1s) {
            clock.forward(1s);
            visit.tick();
        }
        (void)visit.picture();
        visit.presented();
    }
    /// The same request of somebody who gives a name.
    void named() {
        const std::string yes = "\"valueBoolean\": true";
        const auto at = answers.find(yes);
        REQUIRE(at != std::string::npos);
        answers.replace(at, yes.size(), "\"valueBoolean\": false");
    }
};

} // namespace

TEST_CASE_FIXTURE(AtDesk, "desk: what cannot be right is not asked of the sender, which counts every attempt") {
    tap(Continue{});
    CHECK(ordered<DeskSignIn>() == 0);
    CHECK(screen<QuestionScreen>().errors.at(0).field_key == "staff");
    type_in("s.verdi", "73916");
    tap(Continue{});
    CHECK(ordered<DeskSignIn>() == 0);
    CHECK(screen<QuestionScreen>().errors.at(0).field_key == "pin");
    tap(TypeText{"pin", "4"});
    tap(Continue{});
    CHECK(screen<QuestionScreen>().errors.empty());
    tap(Continue{}); // while the sender looks
    CHECK(ordered<DeskSignIn>() == 1);
}

TEST_CASE_FIXTURE(AtDesk, "desk: the PIN is dots on the screen, and is gone from memory once it is asked") {
    type_in();
    CHECK(memory.holds("739164"));
    const auto& pin = std::get<TextControl>(screen<QuestionScreen>().parts.at(1).control);
    CHECK(pin.content.text == "••••••");
    tap(Edit{"pin", EditCommand::SelectAll, false});
    CHECK(std::get<TextControl>(screen<QuestionScreen>().parts.at(1).control).content.anchor == pin.content.text.size());
    tap(Continue{});
    CHECK(std::get<TextControl>(screen<QuestionScreen>().parts.at(1).control).content.text.empty());
    CHECK(ordered<DeskSignIn>() == 1); // what was on its way is dropped with the order
    CHECK_FALSE(memory.holds("739164"));
    hear(DeskSignedIn{DeskSignedIn::Outcome::Wrong, {}});
    CHECK_FALSE(memory.holds("739164"));
}

TEST_CASE_FIXTURE(AtDesk, "desk: each answer to a sign-in has words of its own, and only the right one lets in") {
    using enum DeskSignedIn::Outcome;
    std::set<std::string> said;
    for (const auto outcome : {Wrong, Wait, Locked, NotNow}) {
        type_in();
        tap(Continue{});
        hear(DeskSignedIn{outcome, 30s});
        const auto& screen_now = screen<QuestionScreen>();
        REQUIRE(screen_now.errors.size() == 1);
        CHECK(said.insert(screen_now.errors[0].text).second);
        CHECK((outcome == Wait) == (screen_now.errors[0].text.find("30") != std::string::npos));
        CHECK(std::get<TextControl>(screen_now.parts.at(0).control).content.text == "s.verdi"); // only the PIN again
        tap(ExitNow{});
        pass(4s);
    }
    CHECK(ordered<DeskList>() == 0);
    sign_in();
    CHECK(screen<ServicesScreen>().services.size() == 1);
}

TEST_CASE_FIXTURE(AtDesk, "desk: the list is asked for at once and every twenty seconds, and says number, age and reason") {
    type_in();
    tap(Continue{});
    orders.clear();
    hear(DeskSignedIn{DeskSignedIn::Outcome::Done, {}});
    CHECK(ordered<DeskList>() == 1);
    CHECK(screen<ServicesScreen>().services.empty());
    hear(DeskListed{{{id, 12, DeskRow::Why::Refused, clock.wall - 3h, true},
                     {forms::Uuid::from_random({}), 13, DeskRow::Why::Broken, clock.wall - 50h, true},
                     {forms::Uuid::from_random(forms::Uuid::Bytes{9}), 14, DeskRow::Why::Held, clock.wall, false}}});
    const auto& rows = screen<ServicesScreen>().services;
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].title.find("12") != std::string::npos);
    CHECK(rows[0].note.find("3") != std::string::npos);
    CHECK(rows[0].summary != rows[1].summary);
    CHECK(rows[1].note.find("2") != std::string::npos); // days
    CHECK(rows[2].note.empty());                        // kept by a clock that nobody trusts
    pass(19s);
    CHECK(ordered<DeskList>() == 0);
    pass(1s);
    CHECK(ordered<DeskList>() == 1);
}

TEST_CASE_FIXTURE(AtDesk, "desk: a request that is not opened says why, on the list, once for each cause") {
    sign_in();
    std::set<std::string> said;
    for (const auto fault : {DeskFault::NotAllowed, DeskFault::Elsewhere, DeskFault::MovedOn, DeskFault::CannotOpen}) {
        tap(ChooseService{id.text()});
        tap(ChooseService{id.text()}); // while it is being asked
        CHECK(ordered<DeskOpen>() == 1);
        CHECK(screen<ServicesScreen>().told.empty());
        hear(opened(fault));
        CHECK(said.insert(screen<ServicesScreen>().told).second);
        CHECK_FALSE(screen<ServicesScreen>().told.empty());
    }
    answers = "{}"; // its form is not here any more
    tap(ChooseService{id.text()});
    hear(opened());
    CHECK(said.insert(screen<ServicesScreen>().told).second);
    CHECK(ordered<DeskClose>() == 1); // nobody is kept out by an opening that nobody sees
    tap(ChooseService{"not-there"});
    CHECK(ordered<DeskOpen>() == 0);
}

TEST_CASE_FIXTURE(AtDesk, "desk: a session or a sender that is gone leads to the sign-in, with its words and nothing else") {
    open();
    REQUIRE(memory.holds("chi assiste la madre"));
    const auto fault = std::set{DeskFault::SessionOver, DeskFault::NoSender};
    std::set<std::string> said;
    for (const DeskFault one : fault) {
        hear(DeskEnded{one});
        CHECK(said.insert(screen<QuestionScreen>().errors.at(0).text).second);
        CHECK_FALSE(memory.holds("chi assiste la madre"));
        CHECK(std::get<TextControl>(screen<QuestionScreen>().parts.at(0).control).content.text.empty());
        CHECK(signed_out());
        open();
    }
}

TEST_CASE_FIXTURE(AtDesk, "desk: an opened request shows what was objected to; back puts it away again") {
    open();
    CHECK(screen<CheckScreen>().errors.at(0).field_key == "row:domanda/informazioni.domanda");
    tap(Back{});
    CHECK(ordered<DeskClose>() == 1);
    CHECK(screen<ServicesScreen>().services.size() == 1);
    CHECK_FALSE(memory.holds("chi assiste la madre"));
}

TEST_CASE_FIXTURE(AtDesk, "desk: what is sent goes as a correction; what the sender says of it decides the next screen") {
    open();
    tap(Send{});
    CHECK(ordered<DeskRevise>() == 1);
    SUBCASE("it goes") {
        hear(DeskSent{id, DeskFault::None});
        CHECK(screen<ServicesScreen>().services.empty()); // before the list is told anew
        CHECK(screen<ServicesScreen>().told.find("12") != std::string::npos);
    }
    SUBCASE("it may have arrived: as it is, or not at all") {
        hear(DeskSent{id, DeskFault::LookFirst});
        for (const auto& section : screen<CheckScreen>().sections)
            for (const auto& row : section.rows)
                CHECK(row.change.empty());
        tap(ChangeRow{"row:domanda/informazioni.domanda"});
        (void)screen<CheckScreen>();
        tap(Send{});
        CHECK(ordered<DeskRetry>() == 1);
    }
    SUBCASE("it cannot be written: the answers stay, and it can be tried again") {
        hear(DeskSent{id, DeskFault::NotWritten});
        (void)screen<NotKeptScreen>();
        tap(Retry{});
        CHECK(ordered<DeskRevise>() == 1);
    }
    SUBCASE("it has moved on") {
        hear(DeskSent{id, DeskFault::MovedOn});
        CHECK_FALSE(screen<ServicesScreen>().told.empty());
    }
    SUBCASE("news of another request change nothing") {
        hear(DeskSent{forms::Uuid::from_random({}), DeskFault::None});
        (void)screen<SavingScreen>();
    }
}

TEST_CASE_FIXTURE(AtDesk, "desk: typing is told to the sender at most once a minute, and idleness signs out") {
    open();
    orders.clear();
    for (int i = 0; i < 59; ++i) {
        clock.forward(1s);
        visit.touched();
    }
    CHECK(ordered<DeskStillHere>() == 0);
    clock.forward(1s);
    visit.touched();
    visit.touched();
    CHECK(ordered<DeskStillHere>() == 1);
    pass(224s);
    CHECK_FALSE(signed_out());
    pass(1s);
    (void)screen<NeutralScreen>();
    CHECK(signed_out());
    CHECK_FALSE(memory.holds("chi assiste la madre"));
}

TEST_CASE_FIXTURE(AtDesk, "desk: the document that somebody has seen is stated with the correction, and never by itself") {
    named();
    open();
    REQUIRE(identity());
    const std::string none = identity()->answer;
    SUBCASE("nothing is stated unless it is chosen") {
        tap(ChangeRow{"desk.identity"});
        CHECK(screen<QuestionScreen>().errors.empty());
        tap(Continue{});
        CHECK(identity()->answer == none);
        tap(Send{});
        REQUIRE(frozen);
        CHECK(frozen->identity_document.empty());
    }
    SUBCASE("the kind that was chosen stands with the answers and goes with them") {
        tap(ChangeRow{"desk.identity"});
        tap(ChooseOption{"option.1"});
        tap(Continue{});
        CHECK(identity()->answer == "Passaporto");
        tap(Send{});
        REQUIRE(frozen);
        CHECK(frozen->identity_document == "passport");
        CHECK(ordered<DeskRevise>() == 1);
    }
    SUBCASE("it can be taken back before it is sent, and is not there for the next request") {
        tap(ChangeRow{"desk.identity"});
        tap(ChooseOption{"option.0"});
        tap(Back{});
        CHECK(identity()->answer != none);
        tap(Back{});
        tap(ChooseService{id.text()});
        hear(opened());
        CHECK(identity()->answer == none);
        tap(ChangeRow{"desk.identity"});
        tap(ChooseOption{"option.0"});
        tap(ChooseOption{"option.5"});
        tap(Continue{});
        CHECK(identity()->answer == none);
    }
    SUBCASE("what was stated before is shown, and not stated again by who did not see it") {
        tap(Back{});
        identity_before = "residence-permit";
        tap(ChooseService{id.text()});
        hear(opened());
        CHECK(identity()->answer == "Permesso di soggiorno");
        tap(Send{});
        REQUIRE(frozen);
        CHECK(frozen->identity_document.empty());
    }
}

TEST_CASE_FIXTURE(AtDesk, "desk: nobody can state the identity of a person without a name, nor where nothing may be changed") {
    open();
    CHECK(identity() == nullptr);
    tap(ChangeRow{"desk.identity"});
    (void)screen<CheckScreen>();
    tap(Back{});
    named();
    tap(ChooseService{id.text()});
    hear(opened(DeskFault::None, false));
    CHECK(identity() == nullptr);
    tap(ChangeRow{"desk.identity"});
    (void)screen<CheckScreen>();
}
