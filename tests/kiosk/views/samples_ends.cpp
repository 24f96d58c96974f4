// SPDX-License-Identifier: EUPL-1.2
// Searches, the end of a visit, and what lies over a screen.
#include "samples_maker.hpp"

namespace samples {

void Maker::searches() {
    QuestionScreen town =
        question("residenza.comune", {"Casa e indirizzo", "Logement et adresse"}, 13,
                 {"In quale Comune è la residenza?", "Dans quelle commune est la résidence ?"},
                 {"Scrivi le prime lettere e scegli.", "Écrivez les premières lettres et choisissez."},
                 {"Di solito aiuta il Comune di residenza.", "En général, c’est la commune de résidence qui aide."});
    SearchControl search;
    search.query = typed("san");
    for (const auto& [name, detail] : {std::pair{"San Benedetto del Tronto", "Ascoli Piceno"},
                                       {"San Bernardino Verbano", "Verbano-Cusio-Ossola"},
                                       {"San Biagio di Callalta", "Treviso"},
                                       {"San Casciano in Val di Pesa", "Firenze"},
                                       {"San Cesario sul Panaro", "Modena"},
                                       {"San Donà di Piave", "Venezia"}})
        search.hits.push_back({"hit." + std::to_string(search.hits.size()), name, detail});
    search.change = w(Text::search_change);
    town.control = search;
    add("question-search", town);

    QuestionScreen none = town;
    auto& nothing = std::get<SearchControl>(none.control);
    nothing.hits.clear();
    nothing.query = typed("xyz");
    nothing.none_found = w(Text::search_none_free);
    nothing.free_text_allowed = true;
    nothing.keep_free_text = words_.get(Text::search_keep, {{"text", "xyz"}});
    add("question-search-none", none);

    QuestionScreen chosen = town;
    std::get<SearchControl>(chosen.control).chosen = "San Donà di Piave (Venezia)";
    add("question-search-chosen", chosen);
}

void Maker::ending() {
    CheckScreen check;
    check.title = w(Text::check_title);
    check.hint = w(Text::check_hint);
    check.language = language_ == "fr" ? "fr" : "it";
    const auto row = [&](const char* key, const Said& question, std::string answer, bool missing = false) {
        return CheckScreen::Row{key, s(question), missing ? w(Text::check_not_given) : std::move(answer), missing,
                                w(Text::check_change)};
    };
    check.sections = {
        {s({"La richiesta", "La demande"}),
         {row("q:richiesta.chi-parla", {"Per chi chiedi aiuto?", "Pour qui demandez-vous de l’aide ?"},
              s({"Per me", "Pour moi"})),
          row("q:richiesta.urgente", {"Serve aiuto oggi stesso?", "Faut-il de l’aide aujourd’hui ?"}, w(Text::no))}},
        {s({"Di che cosa c’è bisogno", "De quoi avez-vous besoin"}),
         {row("q:bisogni.temi", {"In che cosa serve aiuto?", "Pour quoi faut-il de l’aide ?"},
              s({"Casa, soldi, cibo; Famiglia e relazioni", "Logement, argent, nourriture; Famille et relations"})),
          row("q:bisogni.racconto",
              {"Vuoi spiegarci meglio la situazione?", "Voulez-vous mieux nous expliquer la situation ?"},
              s({"Da due mesi non riesco a pagare l’affitto.",
                 "Depuis deux mois je n’arrive plus à payer le loyer."}))}},
        {s({"Chi ha bisogno di aiuto", "La personne qui a besoin d’aide"}),
         {row("q:persona.cognome", {"Qual è il cognome?", "Quel est le nom de famille ?"}, "D’Agostino"),
          row("q:persona.nome", {"Qual è il nome?", "Quel est le prénom ?"}, language_ == "ar" ? "سميرة" : "Samira"),
          row("q:persona.data-nascita", {"Qual è la data di nascita?", "Quelle est la date de naissance ?"},
              s({"27 marzo 1985", "27 mars 1985"})),
          row("q:persona.codice-fiscale", {"Qual è il codice fiscale?", "Quel est le code fiscal ?"}, "", true)}},
        {s({"Come ti rispondiamo", "Comment nous vous répondons"}),
         {row("q:contatto.telefono", {"A quale numero possiamo chiamare?", "À quel numéro pouvons-nous appeler ?"},
              "+39 0165 123456")}}};
    check.missing_title = w(Text::check_missing);
    check.missing = {s({"Il codice fiscale", "Le code fiscal"})};
    check.back = w(Text::back);
    check.send = w(Text::check_send);
    add("check", check);
    CheckScreen wrong = check;
    wrong.error_title = w(Text::check_problem);
    wrong.errors = {{"q:conferma.privacy",
                     s({"Hai letto come usiamo i tuoi dati?", "Avez-vous lu comment nous utilisons vos données ?"})}};
    add("check-error", wrong);

    add("saving", SavingScreen{w(Text::saving_title), w(Text::saving_text), false});
    add("saving-slow", SavingScreen{w(Text::saving_title), w(Text::saving_slow), true});

    ReceiptScreen receipt;
    receipt.title = w(Text::receipt_title);
    receipt.thanks = w(Text::receipt_thanks);
    receipt.number_label = w(Text::receipt_number);
    receipt.number = "VAL-7K3-MQ2";
    receipt.reference_label = w(Text::receipt_reference);
    receipt.reference_waiting = w(Text::receipt_waiting);
    receipt.next_title = w(Text::receipt_next);
    receipt.next_steps = {w(Text::receipt_step_read), w(Text::receipt_step_contact), w(Text::receipt_step_come)};
    receipt.office = words_.get(Text::receipt_hours, {{"hours", "Piazza del Municipio 1 · 9:00–12:30"}});
    receipt.code = "https://www.comune.valdora.example/r/VAL-7K3-MQ2";
    receipt.code_label = w(Text::receipt_code);
    receipt.done = w(Text::receipt_done);
    add("receipt-waiting", receipt);
    receipt.reference = "2026/SSP/001234";
    add("receipt", receipt);
    add("not-kept", NotKeptScreen{w(Text::notkept_title), w(Text::notkept_text),
                                  words_.get(Text::out_code, {{"code", "KEEP-TIMEOUT"}}), w(Text::out_retry),
                                  w(Text::notkept_leave)});
    add("neutral", NeutralScreen{w(Text::neutral_title)});
}

void Maker::panels() {
    Screen behind;
    for (const Sample& sample : samples_)
        if (sample.name == "question-choice") behind = sample.picture.screen;
    add("panel-help", behind,
        HelpPanel{w(Text::help_title),
                  {w(Text::help_one), w(Text::help_two), w(Text::help_three), w(Text::help_four), w(Text::help_five),
                   w(Text::help_six)},
                  w(Text::close)});
    add("panel-language", behind,
        LanguagePanel{w(Text::language_title), languages(), w(Text::language_note), w(Text::close)});
    SizePanel size{w(Text::size_title), {}, w(Text::close)};
    size.sizes = {{"size.small", w(Text::size_small), false},
                  {"size.medium", w(Text::size_medium), true},
                  {"size.large", w(Text::size_large), false},
                  {"size.extra-large", w(Text::size_extra_large), false}};
    add("panel-size", behind, std::move(size));
    ContrastPanel contrast{w(Text::contrast_title), {}, w(Text::close)};
    contrast.themes = {{"theme.medium", w(Text::contrast_medium), true},
                       {"theme.high-light", w(Text::contrast_high_light), false},
                       {"theme.high-dark", w(Text::contrast_high_dark), false},
                       {"theme.low", w(Text::contrast_low), false}};
    add("panel-contrast", behind, std::move(contrast));
    add("panel-idle", behind,
        IdlePanel{w(Text::idle_title), w(Text::idle_text), w(Text::idle_more_time), w(Text::idle_leave), 32,
                  words_.get(Text::idle_seconds, {{"seconds", "32"}})});
    add("panel-remove", behind,
        RemovePanel{w(Text::remove_title), words_.get(Text::remove_text, {{"name", "Anna Bianchi"}}),
                    w(Text::remove_yes), w(Text::remove_no)});
}

std::vector<Sample> Maker::make() {
    entrance();
    choices();
    fields();
    searches();
    ending();
    panels();
    ways();
    looks();
    proposals();
    sheets();
    return std::move(samples_);
}

std::vector<Sample> all(std::string_view language) { return Maker(language).make(); }

} // namespace samples
