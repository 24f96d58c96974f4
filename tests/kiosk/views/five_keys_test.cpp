// SPDX-License-Identifier: EUPL-1.2
#include "showcase.hpp"
#include "world.hpp"

#include "kiosk/a11y/tree_text.hpp"
#include "kiosk/model/visit.hpp"
#include "tests/doubles/hand_clock.hpp"
#include "tests/doubles/memory_link.hpp"

#include <doctest/doctest.h>
#include <memory_resource>
#include <string>

using namespace kiosk;

namespace {

/// A person with a pad of five keys in front of the real screens and the real model: no pointer, no touch, no letters
/// but those of the on-screen keyboard.
class Pad {
public:
    explicit Pad(const char* language)
        : visit_({}, {{"every-control", samples::sample_form("every-control")}}, ports()), stage_(*world_.engine, tall_glass) {
        settle();
        visit_.apply(StartVisit{language});
        settle();
        visit_.apply(AcceptNotice{});
        settle();
        visit_.apply(ChooseService{"every-control"});
        settle();
    }

    [[nodiscard]] std::string question() const { return visit_.question_shown().value_or("check"); }
    [[nodiscard]] const Node& node(const std::string& key) {
        const Node* found = find_key(stage_.tree(), key);
        INFO(question(), " ", key);
        REQUIRE(found);
        return *found;
    }
    void press(HandKey key) {
        HandInput input;
        input.typed = {KeyStroke{key}};
        Intents intents;
        stage_.take(input, visit_.picture(), intents);
        apply(intents);
        settle();
    }
    /// Walks until the control has the focus.
    void reach(const std::string& key) {
        INFO(question(), ": ", key);
        for (int pages = 0; pages < 9 && find_key(stage_.tree(), key) == nullptr && key != "more"; ++pages)
            act("more");
        for (int steps = 0; steps < 120; ++steps) {
            if (stage_.focused() == key) return;
            // From a field down to its keys: the next field is not passed.
            const Node* here = find_key(stage_.tree(), stage_.focused());
            const bool field = here != nullptr && here->role == Role::TextField;
            // Among the keys back as well as on: round the whole page would lead past other fields.
            const bool back = here != nullptr && here->role == Role::Key && find_key(stage_.tree(), key) < here;
            press(field && key.starts_with("key.")  ? HandKey::Down
                  : back && key.starts_with("key.") ? HandKey::Previous
                                                    : HandKey::Next);
        }
        INFO(tree_text(stage_.tree()));
        FAIL("no way to the control");
    }
    void act(const std::string& key) {
        reach(key);
        press(HandKey::Activate);
    }
    void write(const std::string& letters) {
        for (const char letter : letters)
            act(std::string("key.") + letter);
    }
    void go_on(const std::string& to) {
        act("next");
        CHECK(question() == to);
    }

private:
    static VisitPorts ports() {
        static tests::HandClock clock;
        VisitPorts ports;
        ports.clock = &clock;
        ports.memory = std::pmr::new_delete_resource();
        ports.new_id = [] { return forms::Uuid::from_random({}); };
        return ports;
    }
    void apply(const Intents& intents) {
        for (const Intent& intent : intents)
            visit_.apply(intent);
    }
    void settle() {
        for (int frames = 0; frames < 5; ++frames) {
            link_.work(visit_);
            world_.draw(stage_, visit_.picture());
            apply(world_.intents);
        }
    }

    World world_;
    tests::MemoryLink link_;
    Visit visit_;
    Stage stage_;
};

} // namespace

TEST_CASE("five keys: every control is reached, used and left, from the first question to the check page") {
    for (const char* language : {"it", "ar"}) {
        Pad pad(language);
        CHECK(pad.question() == "scelte/si-no");
        pad.act("option.1");
        CHECK(pad.node("option.1").state.selected);
        pad.go_on("scelte/verticale");
        pad.act("option.2");
        pad.go_on("scelte/orizzontale");
        pad.act("option.3");
        CHECK(pad.node("option.3").state.selected);
        pad.go_on("scelte/caselle");
        pad.act("option.0");
        pad.act("option.3"); // excludes the other
        CHECK_FALSE(pad.node("option.0").state.selected);
        pad.go_on("scelte/tendina");
        pad.act("option.4");
        CHECK(pad.node("q:scelte/tendina").role == Role::Button);
        pad.act("q:scelte/tendina"); // opens again
        pad.act("option.1");
        pad.act("clear");
        pad.go_on("scelte/ricerca");
        pad.act("hit.2");
        pad.act("change");
        pad.act("hit.0");
        pad.go_on("scelte/aperta");
        pad.act("option.0");
        pad.go_on("scelte/seguito");
        pad.act("option.0");
        pad.act("key.show");
        pad.reach("q:scelte/seguito/seguito.nome");
        pad.go_on("numeri/scala");

        const std::string scale = "q:numeri/scala";
        pad.reach(scale);
        CHECK(pad.node(scale).role == Role::Slider);
        const std::string none = pad.node(scale).value;
        pad.press(HandKey::Activate);
        CHECK(pad.node(scale).value == "0");
        pad.press(language == std::string("ar") ? HandKey::Left : HandKey::Right);
        pad.press(language == std::string("ar") ? HandKey::Left : HandKey::Right);
        CHECK(pad.node(scale).value == "2");
        pad.act(scale + ".more");
        CHECK(pad.node(scale).value == "3");
        pad.act(scale + ".less");
        CHECK(pad.node(scale).value == "2");
        pad.act("clear");
        CHECK(pad.node(scale).value == none);
        pad.go_on("numeri/scala-fine");
        pad.go_on("numeri/contatore");
        pad.act("q:numeri/contatore.more");
        pad.act("q:numeri/contatore.more");
        CHECK(pad.node("q:numeri/contatore").value == "1");
        pad.go_on("numeri/decimale");
        pad.write("12");
        CHECK(pad.node("q:numeri/decimale").value == "12");
        pad.go_on("numeri/quantita");
        pad.write("7");
        pad.act("unit.1");
        pad.go_on("numeri/quantita-una");
        pad.write("180");
        pad.go_on("date/giorno");
        for (const auto& [part, digits] : {std::pair{".day", "27"}, {".month", "3"}, {".year", "1985"}}) {
            pad.reach(std::string("q:date/giorno") + part);
            pad.write(digits);
        }
        CHECK(pad.node("q:date/giorno.day").value == "27");
        CHECK(pad.node("q:date/giorno.year").value == "1985");
        pad.go_on("date/mese");
        pad.go_on("date/anno");
        pad.reach("q:date/anno.year");
        pad.write("1946");
        pad.go_on("date/momento");
        pad.go_on("date/ora");
        pad.go_on("testi/riga");
        pad.go_on("testi/lungo");
        pad.go_on("testi/indirizzo-web");
        pad.go_on("testi/carta");
        pad.go_on("testi/nomi");
        pad.go_on("testi/scritto");
        CHECK(pad.node("q:testi/scritto").value == "Ufficio Servizi sociali, via Roma 1");
        pad.go_on("insieme/insieme.stanze");

        pad.act("q:insieme/insieme.stanze.more");
        pad.act("q:insieme/insieme.riscaldata.option.0");
        pad.act("q:insieme/insieme.tipo"); // opens in place
        pad.act("q:insieme/insieme.tipo.option.4");
        pad.act("q:insieme/insieme.tipo.clear");
        pad.go_on("tabella/tabella.sonno");
        pad.act("q:tabella/tabella.sonno.option.3");
        CHECK(pad.node("q:tabella/tabella.sonno.option.3").state.selected);
        pad.go_on("persone");
        pad.act("add");
        pad.act("key.show");
        pad.reach("q:persone/persone.nome");
        pad.write(language == std::string("ar") ? "" : "ada");
        if (language == std::string("ar")) {
            pad.act("key.script");
            pad.write("ada");
        }
        pad.go_on("persone");
        pad.act("change.row.0");
        pad.go_on("persone");
        pad.go_on("animali");
        pad.go_on("schede/schede.uno/schede.telefono");
        pad.go_on("schede/schede.due/sicurezza");
        pad.go_on("check");
    }
}
