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
using Doings = std::map<std::string, Intents>;

const Doings& doings_of_every_control() {
    static const Doings all = {
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

const Doings& doings_of_rules() {
    static const Doings all = {
        {"casa/persone", {typed("casa/persone", "2")}},
        {"casa/minori",
         {typed("casa/minori", "3"), Continue{}, Edit{"q:casa/minori", EditCommand::Backspace},
          typed("casa/minori", "1")}},
        {"conti/entrate", {typed("conti/entrate", "900"), typed("conti/affitto", "500"), Continue{}}},
        {"contatto/contatto.nome", {ToggleFold{}, typed("contatto/contatto.nome", "Ada Bianchi")}},
        {"animali/animali.cane", {ToggleFold{}}},
        {"colonne/colonne.dormito",
         {ChooseOption{"q:colonne/colonne.dormito.option.2"}, ChooseOption{"q:colonne/colonne.saltato.option.0"}}},
        {"lingue", {typed("lingue", "Italiano"), Continue{}}},
        {"lingue/lingue.livello", {ChooseOption{"option.1"}}},
        {"schede/abitare/abitare.stanze", {typed("schede/abitare/abitare.stanze", "3")}},
        {"schede/lavoro/lavoro.fatto", {ChooseOption{"q:schede/lavoro/lavoro.fatto.option.1"}}},
    };
    return all;
}

/// Pages whose question must be answered, or half answered: what "Continue" says then.
bool refuses(const std::string& question) {
    static const std::set<std::string> all = {"insieme/insieme.stanze", "tabella/tabella.sonno", "scelte/si-no",
                                              "colonne/colonne.dormito", "schede/lavoro/lavoro.fatto"};
    return all.contains(question);
}

class Walk {
public:
    Walk(const std::string& form, const Doings& doings, std::string_view stem, std::string_view language)
        : visit_(settings(), {{form, sample_form(form)}}, ports()), doings_(doings), stem_(stem) {
        link_.work(visit_);
        act(StartVisit{std::string(language)});
        act(AcceptNotice{});
        act(ChooseService{form});
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
            if (const auto doing = doings_.find(*question); doing != doings_.end()) {
                for (const Intent& intent : doing->second) {
                    act(intent);
                    if (std::holds_alternative<Continue>(intent) && shows_errors()) keep(name + "-broken");
                }
                keep(name + "-answered");
            }
            if (*question == "persone") people();
            if (*question == "scelte/ricerca") {
                act(ChooseHit{"hit.0"});
                keep(name + "-chosen");
            }
            act(Continue{});
        }
        keep(stem_ + "check");
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
    [[nodiscard]] bool shows_errors() {
        const auto* question = std::get_if<QuestionScreen>(&visit_.picture().screen);
        return question != nullptr && !question->errors.empty();
    }
    [[nodiscard]] std::string stem_of(const std::string& question) const {
        std::string stem = stem_;
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
    const Doings& doings_;
    std::string stem_; ///< of the names of the pictures
    std::set<std::string> seen_;
    std::vector<Sample> samples_;
};

} // namespace

std::shared_ptr<const forms::Definition> sample_form(const std::string& name) {
    const auto file = std::filesystem::path(SPORTELLO_ROOT) / "tests/samples/forms" / (name + ".json");
    std::ifstream in(file, std::ios::binary);
    auto loaded = forms::load_definition(std::string{std::istreambuf_iterator<char>(in), {}}, {});
    if (loaded.ok()) return loaded.value();
    for (const forms::Mistake& mistake : loaded.error())
        std::fprintf(stderr, "%s: %s: %s\n", file.c_str(), mistake.json_pointer.c_str(), mistake.words.c_str());
    std::exit(1); // a test form that does not load is a mistake of the tests
}

std::vector<Sample> every_control(std::string_view language) {
    return Walk("every-control", doings_of_every_control(), "every-", language).run();
}

std::vector<Sample> rules(std::string_view language) {
    return Walk("rules", doings_of_rules(), "rule-", language).run();
}

std::vector<Sample> of_forms(std::string_view language) {
    std::vector<Sample> all = every_control(language);
    for (Sample& sample : rules(language))
        all.push_back(std::move(sample));
    return all;
}

} // namespace samples
