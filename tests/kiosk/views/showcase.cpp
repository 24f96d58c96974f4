// SPDX-License-Identifier: EUPL-1.2
#include "showcase.hpp"

#include "forms/fhir/load.hpp"
#include "kiosk/model/visit.hpp"
#include "tests/doubles/hand_clock.hpp"
#include "tests/doubles/memory_link.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory_resource>
#include <set>

namespace samples {
namespace {

using namespace kiosk;

TypeText typed(const std::string& question, const char* text) { return {"q:" + question, text}; }

/// What a person does on the page of that question.
const std::map<std::string, Intents>& doings() {
    static const std::map<std::string, Intents> all = {
        {"scelte/si-no", {ChooseOption{"option.0"}}},
        {"scelte/verticale", {ChooseOption{"option.1"}}},
        {"scelte/orizzontale", {ChooseOption{"option.1"}}},
        {"scelte/caselle", {ChooseOption{"option.0"}, ChooseOption{"option.2"}}},
        {"scelte/tendina", {ChooseOption{"option.2"}}},
        {"scelte/ricerca", {typed("scelte/ricerca", "e")}},
        {"scelte/aperta", {ChooseOption{"option.2"}, typed("scelte/aperta.other", "Radio")}},
        {"scelte/seguito", {ChooseOption{"option.0"}}},
        {"numeri/scala",
         {PlaceNumber{"q:numeri/scala", 0.7}, AdjustNumber{"q:numeri/scala", 1}, AdjustNumber{"q:numeri/scala", -1}}},
        {"numeri/scala-fine", {AdjustNumber{"q:numeri/scala-fine", 1}, AdjustNumber{"q:numeri/scala-fine", 1}}},
        {"numeri/contatore", {AdjustNumber{"q:numeri/contatore", 1}, AdjustNumber{"q:numeri/contatore", 1}}},
        {"numeri/decimale", {typed("numeri/decimale", "450,50")}},
        {"numeri/quantita", {typed("numeri/quantita", "70"), ChooseOption{"unit.0"}}},
        {"date/anno", {typed("date/anno.year", "1946")}},
        {"testi/nomi",
         {typed("testi/nomi", "Ada"), Continue{}, AddInstance{}, typed("testi/nomi", "Adele"), Continue{}}},
        {"insieme/insieme.stanze",
         {AdjustNumber{"q:insieme/insieme.stanze", 1}, ChooseOption{"q:insieme/insieme.riscaldata.option.1"},
          ChooseOption{"q:insieme/insieme.tipo.option.3"}}},
        {"tabella/tabella.sonno",
         {ChooseOption{"q:tabella/tabella.sonno.option.2"}, ChooseOption{"q:tabella/tabella.fuori.option.0"}}},
    };
    return all;
}

/// Pages whose question must be answered, or half answered: what "Continue" says then.
bool refuses(const std::string& question) {
    static const std::set<std::string> all = {"insieme/insieme.stanze", "tabella/tabella.sonno", "scelte/si-no"};
    return all.contains(question);
}

class Walk {
public:
    explicit Walk(std::string_view language) : visit_(settings(), {{"every-control", every_control_form()}}, ports()) {
        link_.work(visit_);
        act(StartVisit{std::string(language)});
        act(AcceptNotice{});
        act(ChooseService{"every-control"});
    }

    std::vector<Sample> run() {
        while (const auto question = visit_.question_shown()) {
            const std::string name = stem_of(*question);
            if (!seen_.insert(name).second) {
                std::fprintf(stderr, "%s: \"Continue\" does not lead on\n", name.c_str());
                std::exit(1);
            }
            keep(name);
            if (refuses(*question)) {
                act(Continue{});
                keep(name + "-wrong");
            }
            if (const auto doing = doings().find(*question); doing != doings().end()) {
                for (const Intent& intent : doing->second)
                    act(intent);
                keep(name + "-answered");
            }
            if (*question == "persone") people();
            if (*question == "scelte/ricerca") {
                act(ChooseHit{"hit.0"});
                keep(name + "-chosen");
            }
            act(Continue{});
        }
        keep("every-check");
        return std::move(samples_);
    }

private:
    static VisitSettings settings() {
        VisitSettings settings;
        settings.body = "Comune di Valdora";
        settings.office = "Servizi sociali";
        return settings;
    }
    VisitPorts ports() {
        VisitPorts ports;
        ports.clock = &clock_;
        ports.memory = std::pmr::new_delete_resource();
        ports.new_id = [] { return forms::Uuid::from_random({}); };
        return ports;
    }
    void act(const Intent& intent) {
        visit_.apply(intent);
        link_.work(visit_);
    }
    void keep(std::string name) { samples_.push_back({std::move(name), visit_.picture()}); }
    static std::string stem_of(const std::string& question) {
        std::string stem = "every-";
        for (const char c : question.substr(question.rfind('/') + 1))
            stem += c == '.' ? '-' : c;
        return stem;
    }
    /// Two instances, so that the list has something to put in order.
    void people() {
        for (const auto& [instance, name, age] :
             {std::tuple{"persone", "Ada Bianchi", "79"}, std::tuple{"persone[1]", "Mohamed El Amrani", "34"}}) {
            const std::string at(instance);
            act(AddInstance{});
            act(typed(at + "/persone.nome", name));
            act(typed(at + "/persone.eta", age));
            act(ChooseOption{"q:" + at + "/persone.lavora.option.1"});
            if (samples_.back().name == "every-persone") keep("every-persone-inside");
            act(Continue{});
        }
        keep("every-persone-answered");
    }

    tests::HandClock clock_;
    tests::MemoryLink link_;
    Visit visit_;
    std::set<std::string> seen_;
    std::vector<Sample> samples_;
};

} // namespace

std::shared_ptr<const forms::Definition> every_control_form() {
    const auto file = std::filesystem::path(SPORTELLO_ROOT) / "tests/samples/forms/every-control.json";
    std::ifstream in(file, std::ios::binary);
    auto loaded = forms::load_definition(std::string{std::istreambuf_iterator<char>(in), {}}, {});
    if (loaded.ok()) return loaded.value();
    for (const forms::Mistake& mistake : loaded.error())
        std::fprintf(stderr, "%s: %s: %s\n", file.c_str(), mistake.json_pointer.c_str(), mistake.words.c_str());
    std::exit(1); // a test form that does not load is a mistake of the tests
}

std::vector<Sample> every_control(std::string_view language) { return Walk(language).run(); }

} // namespace samples
