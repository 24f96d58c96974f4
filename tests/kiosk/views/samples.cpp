// SPDX-License-Identifier: EUPL-1.2
// From the first touch to the questions.
#include "samples_maker.hpp"

namespace samples {

void Maker::entrance() {
    AttractScreen attract;
    attract.title = w(Text::attract_title);
    attract.subtitle = w(Text::attract_subtitle);
    attract.office = "Comune di Valdora · Servizi sociali";
    attract.languages = languages();
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
                          language_ == "ar" ? words_.get(Text::services_not_translated, {{"name", words_.name_of("it")}})
                                            : std::string{},
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

} // namespace samples
