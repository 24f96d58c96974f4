// SPDX-License-Identifier: EUPL-1.2
#include "samples.hpp"

#include "kiosk/text/words.hpp"

#include <utility>

namespace samples {
namespace {

using namespace kiosk;

/// The same sentence in the languages a form is written in; others get the Italian one.
struct Said {
    const char* it;
    const char* fr;
};

class Maker {
public:
    explicit Maker(std::string_view language) : language_(language), words_(Words::load(language).value()) {}

    std::vector<Sample> make();

private:
    [[nodiscard]] std::string w(Text text) const { return std::string(words_.get(text)); }
    [[nodiscard]] std::string s(const Said& said) const { return language_ == "fr" ? said.fr : said.it; }

    [[nodiscard]] Picture base() const {
        Picture picture;
        picture.language = language_;
        picture.direction = words_.direction();
        picture.strip = {w(Text::strip_help),     w(Text::strip_language), w(Text::strip_size),
                         w(Text::strip_contrast), w(Text::strip_exit),     std::string(own_name(language_))};
        picture.keyboard = {w(Text::keyboard_space), w(Text::keyboard_erase),   w(Text::keyboard_enter),
                            w(Text::keyboard_shift), w(Text::keyboard_symbols), w(Text::keyboard_letters),
                            w(Text::keyboard_hide),  w(Text::keyboard_left),    w(Text::keyboard_right),
                            w(Text::keyboard_show)};
        picture.more = w(Text::more);
        picture.earlier = w(Text::earlier);
        picture.office = "Comune di Valdora · Servizi sociali";
        return picture;
    }
    void add(std::string name, Screen screen, std::optional<Panel> panel = {}) {
        Picture picture = base();
        picture.screen = std::move(screen);
        picture.panel = std::move(panel);
        picture.strip_shown = !std::holds_alternative<NeutralScreen>(picture.screen);
        samples_.push_back({std::move(name), std::move(picture)});
    }
    [[nodiscard]] QuestionScreen question(const char* key, const Said& section, int number, const Said& heading,
                                          const Said& hint, const Said& why) const {
        QuestionScreen screen;
        screen.key = std::string("q:") + key;
        screen.language = language_ == "fr" ? "fr" : "it";
        if (language_ != screen.language) screen.note = w(Text::services_not_translated);
        screen.section = s(section);
        screen.progress = words_.get(Text::question_progress, {{"number", std::to_string(number)}, {"total", "20"}});
        screen.done = static_cast<float>(number) / 20.0F;
        screen.heading = s(heading);
        screen.hint = s(hint);
        screen.why_label = w(Text::question_why);
        screen.why = s(why);
        screen.back = w(Text::back);
        screen.next = w(Text::next);
        return screen;
    }
    [[nodiscard]] std::vector<LanguageChoice> languages() const {
        std::vector<LanguageChoice> all;
        for (const char* code : {"it", "fr", "en", "ar"})
            all.push_back({code, std::string(own_name(code)), direction(code), code == language_});
        return all;
    }
    static std::vector<Option> options(const std::vector<std::string>& texts, std::size_t chosen = 99) {
        std::vector<Option> all;
        for (std::size_t i = 0; i < texts.size(); ++i)
            all.push_back({"option." + std::to_string(i), texts[i], i == chosen});
        return all;
    }
    static TextContent typed(std::string text) {
        TextContent content;
        content.caret = content.anchor = text.size();
        content.text = std::move(text);
        return content;
    }

    void entrance();
    void choices();
    void fields();
    void searches();
    void ending();
    void panels();

    std::string language_;
    Words words_;
    std::vector<Sample> samples_;
};

void Maker::entrance() {
    AttractScreen attract{
        w(Text::attract_title), w(Text::attract_subtitle), "Comune di Valdora · Servizi sociali", languages(), {}};
    for (const char* code : {"it", "fr", "en", "ar"})
        attract.start.emplace_back(Words::load(code).value().get(Text::attract_start));
    add("attract", std::move(attract));

    PrivacyScreen privacy;
    privacy.title = w(Text::privacy_title);
    privacy.paragraphs = {words_.get(Text::privacy_who, {{"body", "Comune di Valdora"}}),
                          w(Text::privacy_why),
                          w(Text::privacy_seen_by),
                          w(Text::privacy_leaves_nothing),
                          w(Text::privacy_rights),
                          w(Text::privacy_exit)};
    privacy.full_notice_title = w(Text::privacy_full);
    privacy.full_notice_code = "https://www.comune.valdora.example/privacy/servizi-sociali";
    privacy.accept = w(Text::privacy_accept);
    privacy.refuse = w(Text::privacy_refuse);
    add("privacy", std::move(privacy));

    ServicesScreen services;
    services.title = w(Text::services_title);
    services.hint = w(Text::services_hint);
    services.services = {{"service.primo-accesso",
                          s({"Chiedere aiuto ai servizi sociali", "Demander de l’aide aux services sociaux"}),
                          s({"Per te o per un’altra persona. Bastano 10 minuti.",
                             "Pour vous ou pour une autre personne. 10 minutes suffisent."}),
                          language_ == "ar" ? w(Text::services_not_translated) : std::string{},
                          language_ == "ar" ? "it" : language_, Direction::LeftToRight},
                         {"service.informazioni",
                          s({"Chiedere un’informazione", "Demander un renseignement"}),
                          s({"Ti rispondiamo come preferisci.", "Nous vous répondons comme vous préférez."}),
                          {},
                          language_ == "ar" ? "it" : language_,
                          Direction::LeftToRight}};
    services.back = w(Text::back);
    add("services", std::move(services));
    add("out-of-service",
        OutOfServiceScreen{w(Text::out_title), w(Text::out_text),
                           words_.get(Text::out_code, {{"code", "KEEP-NO-SPACE"}}), w(Text::out_retry)});
}

void Maker::choices() {
    const Said section{"La richiesta", "La demande"};
    QuestionScreen who = question(
        "richiesta.chi-parla", section, 1, {"Per chi chiedi aiuto?", "Pour qui demandez-vous de l’aide ?"},
        {"Puoi chiedere anche se non sai tutto della persona.",
         "Vous pouvez demander même si vous ne savez pas tout de la personne."},
        {"Così facciamo a te solo le domande giuste.", "Ainsi, nous vous posons seulement les bonnes questions."});
    ChoiceControl choice;
    choice.options = options(
        {s({"Per me", "Pour moi"}), s({"Per una persona della mia famiglia", "Pour une personne de ma famille"}),
         s({"Per un’altra persona che conosco", "Pour une autre personne que je connais"}),
         s({"Per lavoro, come operatore di un servizio", "Pour mon travail, comme professionnel d’un service"})},
        0);
    who.control = choice;
    add("question-choice", who);

    QuestionScreen error = who;
    std::get<ChoiceControl>(error.control).options[0].selected = false;
    error.error_title = w(Text::question_problem);
    error.errors = {{error.key, w(Text::error_choose_one)}};
    error.why_open = true;
    add("question-choice-error", error);

    QuestionScreen several =
        question("bisogni.temi", {"Di che cosa c’è bisogno", "De quoi avez-vous besoin"}, 5,
                 {"In che cosa serve aiuto?", "Pour quoi faut-il de l’aide ?"},
                 {"Puoi scegliere più risposte. Se preferisci parlarne a voce, vai avanti.",
                  "Plusieurs réponses sont possibles. Si vous préférez en parler, continuez."},
                 {"Così la richiesta arriva alla persona giusta. Il Comune lo fa per legge (328 del 2000).",
                  "Ainsi la demande arrive à la bonne personne. La Commune le fait selon la loi (328 de 2000)."});
    ChoiceControl many;
    many.several = true;
    many.options = options(
        {s({"Casa, soldi, cibo", "Logement, argent, nourriture"}),
         s({"Vita di ogni giorno, salute", "Vie quotidienne, santé"}),
         s({"Sentirsi al sicuro", "Se sentir en sécurité"}), s({"Famiglia e relazioni", "Famille et relations"}),
         s({"Scuola, lavoro, autonomia", "École, travail, autonomie"}), s({"Documenti e diritti", "Papiers et droits"}),
         s({"Tempo libero e progetti", "Loisirs et projets"}), s({"Altro", "Autre chose"})},
        0);
    many.options[3].selected = true;
    several.control = many;
    several.optional_mark = w(Text::question_optional);
    several.clear = w(Text::question_clear);
    add("question-several", several);

    QuestionScreen other = question("casa.titolo", {"La casa", "Le logement"}, 14,
                                    {"Di chi è la casa?", "À qui est le logement ?"}, {"", ""},
                                    {"Gli aiuti per affitto e casa popolare dipendono da questo.",
                                     "Les aides au loyer et le logement social en dépendent."});
    ChoiceControl open;
    open.options = options({s({"È mia o della famiglia", "À moi ou à la famille"}), s({"È in affitto", "En location"}),
                            s({"È una casa popolare", "Logement social"}), w(Text::question_other)},
                           3);
    open.other = 3;
    open.other_text = typed(s({"Ospite di un amico", "Chez un ami"}));
    other.control = open;
    add("question-other", other);

    QuestionScreen notice =
        question("richiesta.urgente-avviso", section, 4,
                 {"Hai bisogno di aiuto subito", "Vous avez besoin d’aide tout de suite"}, {"", ""}, {"", ""});
    notice.control = NoticeControl{
        {s({"Non aspettare la risposta: parla subito con chi è allo sportello.",
            "N’attendez pas la réponse : parlez tout de suite avec l’accueil."}),
         s({"Se qualcuno rischia la vita, chiama il 112.", "Si quelqu’un est en danger de mort, appelez le 112."})}};
    add("question-notice", notice);

    QuestionScreen repeat = question(
        "familiare", {"In famiglia", "En famille"}, 16, {"Chi vive con la persona?", "Qui vit avec la personne ?"},
        {"Tocca «Continua» quando hai finito.", "Touchez « Continuer » quand vous avez fini."}, {"", ""});
    RepeatControl persons;
    persons.rows = {
        {"row.0", "Anna Bianchi", w(Text::repeat_change), w(Text::repeat_remove), {}, {}},
        {"row.1", "Mohamed El Amrani", w(Text::repeat_change), w(Text::repeat_remove), w(Text::repeat_up), {}}};
    persons.add = w(Text::repeat_add_another);
    repeat.control = persons;
    add("question-repeat", repeat);
}

void Maker::fields() {
    const Said person{"Chi ha bisogno di aiuto", "La personne qui a besoin d’aide"};
    QuestionScreen name = question("persona.cognome", person, 8, {"Qual è il cognome?", "Quel est le nom de famille ?"},
                                   {"Come è scritto sul documento. Chi ha un nome solo può scriverlo qui.",
                                    "Comme il est écrit sur le document. Qui a un seul nom peut l’écrire ici."},
                                   {"Con il nome apriamo la richiesta e non la confondiamo con un’altra.",
                                    "Avec le nom, nous ouvrons la demande sans la confondre avec une autre."});
    TextControl text;
    text.content = typed(language_ == "ar" ? "بن عيسى" : "D’Agostino");
    name.control = text;
    add("question-text", name);

    QuestionScreen wrong = name;
    std::get<TextControl>(wrong.control).content = {};
    wrong.error_title = w(Text::question_problem);
    wrong.errors = {{wrong.key, w(Text::error_write)}};
    add("question-text-error", wrong);

    QuestionScreen story =
        question("bisogni.racconto", {"Di che cosa c’è bisogno", "De quoi avez-vous besoin"}, 7,
                 {"Vuoi spiegarci meglio la situazione?", "Voulez-vous mieux nous expliquer la situation ?"},
                 {"Bastano poche parole, come le diresti a voce.", "Quelques mots suffisent, comme vous les diriez."},
                 {"Con parole tue capiamo meglio. Puoi anche lasciare vuoto.",
                  "Avec vos mots, nous comprenons mieux. Vous pouvez laisser vide."});
    TextControl lines;
    lines.lines = true;
    lines.content =
        typed(s({"Da due mesi non riesco a pagare l’affitto e mia madre ha bisogno di aiuto in casa.",
                 "Depuis deux mois je n’arrive plus à payer le loyer et ma mère a besoin d’aide à la maison."}));
    story.control = lines;
    story.optional_mark = w(Text::question_optional);
    add("question-lines", story);

    QuestionScreen birth = question(
        "persona.data-nascita", person, 10, {"Qual è la data di nascita?", "Quelle est la date de naissance ?"},
        {"Se non la sai tutta, basta l’anno.", "Si vous ne la savez pas toute, l’année suffit."},
        {"Molti aiuti dipendono dall’età.", "Beaucoup d’aides dépendent de l’âge."});
    DateControl date;
    date.parts = {{birth.key + ".day", w(Text::date_day), typed("27"), 2},
                  {birth.key + ".month", w(Text::date_month), typed("3"), 2},
                  {birth.key + ".year", w(Text::date_year), typed(""), 4}};
    date.example = w(Text::date_example);
    birth.control = date;
    add("question-date", birth);

    QuestionScreen rent =
        question("casa.affitto", {"La casa", "Le logement"}, 15,
                 {"Quanto costa l’affitto ogni mese?", "Combien coûte le loyer chaque mois ?"},
                 {"Basta una cifra circa.", "Un chiffre approximatif suffit."},
                 {"Alcuni aiuti si calcolano sull’affitto.", "Certaines aides se calculent sur le loyer."});
    TextControl amount;
    amount.keyboard = Keyboard::Decimal;
    amount.content = typed("450");
    amount.unit = "euro";
    rent.control = amount;
    add("question-decimal", rent);

    QuestionScreen mail =
        question("contatto.email", {"Come ti rispondiamo", "Comment nous vous répondons"}, 19,
                 {"Qual è l’indirizzo email?", "Quelle est l’adresse e-mail ?"},
                 {"Per esempio: nome@posta.it", "Par exemple : nom@courrier.fr"},
                 {"La usiamo solo per questa richiesta.", "Nous l’utilisons seulement pour cette demande."});
    TextControl email;
    email.keyboard = Keyboard::Email;
    mail.control = email;
    add("question-email", mail);

    QuestionScreen code =
        question("persona.codice-fiscale", person, 12, {"Qual è il codice fiscale?", "Quel est le code fiscal ?"},
                 {"È sulla tessera sanitaria. Se non lo sai o non c’è, vai avanti.",
                  "Il est sur la carte sanitaire. Si vous ne le savez pas, continuez."},
                 {"Evita di confondere due persone.", "Cela évite de confondre deux personnes."});
    TextControl fiscal;
    fiscal.keyboard = Keyboard::Code;
    fiscal.content = typed("BNCNNA85");
    code.control = fiscal;
    add("question-code", code);

    std::get<TextControl>(code.control).content = typed("BNCNNA85C67F205Q");
    code.advice_title = w(Text::advice_code);
    code.advice = {{w(Text::advice_code_letter)}, {w(Text::advice_go_on)}};
    add("question-code-advice", code);

    QuestionScreen phone =
        question("contatto.telefono", {"Come ti rispondiamo", "Comment nous vous répondons"}, 18,
                 {"A quale numero possiamo chiamare?", "À quel numéro pouvons-nous appeler ?"},
                 {"Va bene anche il numero di un’altra persona.", "Le numéro d’une autre personne convient aussi."},
                 {"Lo usiamo solo per questa richiesta.", "Nous l’utilisons seulement pour cette demande."});
    TextControl number;
    number.keyboard = Keyboard::Phone;
    phone.control = number;
    add("question-phone", phone);
}

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
    return std::move(samples_);
}

} // namespace

std::vector<Sample> all(std::string_view language) { return Maker(language).make(); }

} // namespace samples
