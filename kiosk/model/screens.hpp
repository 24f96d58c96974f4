// SPDX-License-Identifier: EUPL-1.2
// Every screen of the citizen's side as plain data: built by the model, drawn by a view, changed by nobody.
// Thread: screen. All text is already in the language of the visit and shown as it is.
#pragma once
#include "kiosk/text/direction.hpp"
#include "kiosk/text/stretch.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kiosk {

/// Sizes by capital height (VVSG 2.0 7.1-G): the millimetres stand in the theme table of kiosk/widgets.
enum class TextSize { Small, Medium, Large, ExtraLarge };
enum class Theme { Medium, HighLight, HighDark, Low };

/// A language a person can choose: its code (BCP 47), its name in its own script, and its direction.
struct LanguageChoice {
    std::string code;
    std::string own_name;
    Direction direction = Direction::LeftToRight;
    bool current = false;
};

/// The strip that is always there, in one fixed place. Labels only: what is on screen is never an icon alone.
struct Strip {
    std::string help, language, size, contrast, exit; ///< exit: "Esci subito"
    std::string language_name;                         ///< shown beside the language button: "Italiano"
};

/// What a text field holds. The model owns it; offsets are bytes at grapheme boundaries.
struct TextContent {
    std::string text;
    std::size_t caret = 0;
    std::size_t anchor = 0; ///< other end of the selection; equal to caret when nothing is selected
};

enum class Keyboard { Letters, Digits, Decimal, Date, Phone, Email, Code };

struct Option {
    std::string key;   ///< stable: "option.0"
    std::string text;
    bool selected = false;
};
/// One answer of several (radio buttons) or several of several (check boxes).
struct ChoiceControl {
    bool several = false;
    bool beside = false;               ///< the author wants the options side by side; where they do not fit they stack
    bool folded = false;               ///< a drop-down list: it shows what is chosen, and opens in place
    std::string choose;                ///< words of a folded list in which nothing is chosen: "Scegli dall'elenco"
    std::vector<Option> options;
    std::optional<std::size_t> other;  ///< index of "another answer" in an open choice: then `other_text` is a field
    std::optional<TextContent> other_text;
};
/// One text field; `unit` is drawn after it.
struct TextControl {
    TextContent content;
    Keyboard keyboard = Keyboard::Letters;
    bool lines = false;                ///< several lines
    std::size_t max_length = 0;        ///< characters; 0: no limit told
    std::string unit;
    std::string example;               ///< said under the label ("Per esempio: 31 12 1950"), never inside the field
    std::string less, more;            ///< of the buttons of a number that is counted up and down; empty: no buttons
};
/// A place on a scale. Until somebody answers there is no thumb: no answer is not the lowest one.
struct SliderControl {
    std::optional<double> at;          ///< 0…1, from the start of the scale; none: no answer yet
    int steps = 0;                     ///< places on the scale less one
    std::string value;                 ///< with its unit; or "Nessuna risposta" while there is none
    std::string least, most;           ///< the ends in numbers
    std::string least_means, most_means; ///< and in words, or empty
    std::string less, more;            ///< of the buttons
};
/// A value that only the program writes.
struct ShownControl {
    std::string value;
    std::string note;
};
/// Three typed fields, in the order of the language. Half-typed parts stay as typed.
struct DateControl {
    struct Part { std::string key, label; TextContent content; std::size_t digits = 2; };
    std::vector<Part> parts;
    std::string example;
};
/// Number with unit to choose.
struct QuantityControl {
    TextContent content;
    std::vector<Option> units;         ///< empty: `unit` is the only one
    std::string unit;
};
/// A list too long to show: type and choose.
struct SearchControl {
    TextContent query;
    struct Hit { std::string key, text, detail; };
    std::vector<Hit> hits;
    std::string chosen;                ///< empty: nothing chosen yet
    std::string change;                ///< label beside the chosen one: "Cerca un altro nome" (ForgetChosen)
    std::string none_found;            ///< words when there is no hit for what was typed
    bool free_text_allowed = false;
    std::string keep_free_text;        ///< label of "keep what I wrote"
};
/// Instances of a repeating group: "Chi vive con la persona".
struct RepeatControl {
    /// `cells` stand beside `columns`; empty where nothing was answered. `up`: "Sposta su", empty for the first.
    struct Row { std::string key, text; std::string change, remove; std::string up; std::vector<std::string> cells;
                 std::string picture = {}; }; ///< name of a small picture on the shelf of the screen; empty: none
    std::vector<std::string> columns;  ///< of a group that its author wants as a table; empty: rows have a name only
    std::vector<Row> rows;
    std::string add;
    bool can_add = true;
};
/// Papers cannot be taken on this screen yet: says where to show them.
struct NoticeControl { std::vector<std::string> paragraphs; };

using Control = std::variant<NoticeControl, ChoiceControl, TextControl, SliderControl, ShownControl, DateControl, QuantityControl,
                             SearchControl, RepeatControl>;

/// One paragraph of a text of the form, or one entry of a list in it.
struct Passage {
    enum class Kind { Plain, Heading, Entry };
    Kind kind = Kind::Plain;
    std::string text;
    std::vector<Stretch> strong;
    std::string mark;                  ///< of an entry: "•", "2."
    int level = 0;                     ///< of an entry in a list in a list
};
/// A text of the form that asks nothing. What it is for is said in words and by an icon.
struct TextBlock {
    enum class Tone { Plain, Instructions, Security, Legal };
    Tone tone = Tone::Plain;
    std::string label;                 ///< words for the tone; empty for a plain one
    std::vector<Passage> passages;
};

/// The questions of a group that its author lets be folded. Folded, they are not shown and `parts` is empty.
struct FoldControl { std::string label; bool open = true; }; ///< "Mostra le domande", "Nascondi le domande"

/// How several choices with the same options stand: each under the other, a question a row, or a question a column.
enum class TableLook { None, Rows, Columns };

/// One question among others on a page. The keys of its options, units and buttons begin with `stem`.
struct AskedPart {
    std::string key, stem;
    std::string label, optional_mark, hint;
    bool hint_is_ours = false;
    std::string clear;                 ///< "Cancella la risposta", under the key `stem` + "clear"; empty: not offered
    Control control;
};

/// `field_key` is the node key of the field it leads to. Node keys, which are also what TypeText, Edit and PlaceCaret
/// carry: a text, number or search field, and a slider, has the key of its question; the field of "another answer" the same with
/// ".other" after it; a part of a date its own key; options, hits, rows and services their own keys.
/// Buttons have fixed keys: "next", "back", "why", "clear", "fold", "tab.0", "add", "more", "earlier", "heading", "strip.help" …
/// `question`: where a page asks several, which one is meant; the list of errors says it before the words.
/// `of_form`: the words are the form's own (of a constraint), in its language.
struct ErrorLine { std::string field_key, text; std::string question = {}; bool of_form = false; };
/// What to look at once more; it never keeps anybody from going on. `question` and `of_form` as in ErrorLine.
struct AdviceLine { std::string text; std::string question = {}; bool of_form = false; };

// --- screens ---------------------------------------------------------------------------------------------------------

/// "Tocca per iniziare": languages in their own script, the office, the hour when it is closed.
struct AttractScreen {
    std::string title, subtitle, office;
    std::vector<LanguageChoice> languages;
    std::vector<std::string> start;    ///< label of the start button in each language, same order
    /// What everybody should know, the most pressing first. Touching any of them opens them all.
    struct NoticeLine { std::string key, title, detail; bool urgent = false; std::string language; Direction direction = Direction::LeftToRight; };
    std::vector<NoticeLine> notices;
    std::string notices_more;          ///< "e altri avvisi: {count}", with the place for the number that the view fills
};
/// No form can be offered now (threat: storage, clock, keys): says so before the person starts, sends to the desk.
struct OutOfServiceScreen { std::string title, what_to_do, code; std::string retry; };
struct PrivacyScreen {
    std::string title;
    std::vector<std::string> paragraphs;
    std::string full_notice_title;     ///< beside the QR code
    std::string full_notice_code;      ///< what the QR code holds; empty: no code
    std::string accept, refuse;
};
struct ServicesScreen {
    /// `language` and `direction` of the form's own texts: a form is not always written in the language of the visit.
    struct Service { std::string key, title, summary; std::string note; std::string language; Direction direction = Direction::LeftToRight; };
    std::string title, hint;
    std::string told;                  ///< what became of the last touch, over the title; met first. Empty: nothing
    std::vector<Service> services;
    std::string status, status_hint;   ///< where a request stands: a row after the services
    std::string back;                  ///< empty: no such button
};
struct QuestionScreen {
    std::string key;                   ///< "q:<path>", key of the question's field and of its page
    std::string language;              ///< of the form's own texts (section, heading, hint, why, options, more_text)
    Direction direction = Direction::LeftToRight; ///< of those texts
    std::string note;                  ///< said above the heading when the form is not in the visit's language, or empty
    std::string section;               ///< small caption over the heading
    std::string progress;              ///< "Domanda 3 di circa 20"
    float done = 0;                    ///< 0…1, for the thin line beside the words
    std::string heading;               ///< the question
    std::string optional_mark;         ///< "facoltativa", or empty
    std::string hint;                  ///< one short sentence, or empty
    bool hint_is_ours = false;         ///< in the language of the visit, not the form's
    std::string why_label, why;        ///< empty `why`: no button
    bool why_open = false;
    std::string error_title;           ///< "C'è un problema"; empty: no error
    std::vector<ErrorLine> errors;
    std::string advice_title;          ///< what to look at once more; empty: nothing. Never keeps anybody from going on
    std::vector<AdviceLine> advice;
    bool is_private = true;
    Control control;                   ///< of the page's own question; an empty notice when `parts` ask everything
    std::vector<AskedPart> parts;      ///< further questions on the page, in order
    TableLook table = TableLook::None; ///< `parts` are choices with the same options: a table where it fits
    std::vector<Option> tabs;          ///< of the section, in order; the one that is up is selected. Empty: none
    std::optional<FoldControl> fold;
    std::vector<TextBlock> more_text;  ///< display items that belong to the page
    std::vector<TextBlock> footers;    ///< those that stand below
    std::string back, next;            ///< "Indietro", "Continua"
    std::string clear;                 ///< "Cancella la risposta"; empty: not offered
    std::string scan;                  ///< "Leggi da una tessera o da un documento", key "scan"; empty: not offered
};
/// Several ways to the same end, each as good as the others.
struct WaysScreen {
    struct Way { std::string key, text, detail; };
    std::string key;                   ///< which choice this is: "ways.identity"
    std::string title, text;
    std::string problem;               ///< what did not work, before the ways that are left; empty: nothing
    std::vector<Way> ways;
    std::string back;
};
/// The terminal looks at something that the person holds or has put down.
struct LookScreen {
    enum class Sign { Camera, Scanner, BarCode, Card } sign = Sign::Camera;
    std::string key;                   ///< "look.identity"
    std::string title, text;
    std::string status;                ///< "Tieni fermo", "Stiamo leggendo…": said as it changes
    bool busy = false;
    bool problem = false;              ///< the status says what did not work
    std::string take;                  ///< "Fotografa"; empty: it looks by itself
    std::string back;
};
/// What papers say, beside what was typed: the person chooses.
struct ProposalScreen {
    struct Way { std::string key, text, detail; bool selected = false; };
    struct Row { std::string key, question; std::vector<Way> ways; };
    std::string title, text;
    std::string language;              ///< of the questions
    Direction direction = Direction::LeftToRight;
    std::vector<Row> rows;
    std::string error_title;
    std::vector<ErrorLine> errors;     ///< what is still to be chosen
    std::string back, next;
};
struct CheckScreen {
    struct Row { std::string key, question, answer; bool missing = false; std::string change; };
    struct Section { std::string title; std::vector<Row> rows; bool ours = false; }; ///< `ours`: in the language of the visit
    std::string title, hint;
    std::string language;              ///< of the section titles, questions and chosen options
    Direction direction = Direction::LeftToRight;
    std::vector<Section> sections;     ///< all rows: the view pages them by what fits
    std::string missing_title;         ///< what the office will still ask; empty: nothing
    std::vector<std::string> missing;
    std::string error_title;
    std::vector<ErrorLine> errors;     ///< what must be answered before sending; touching one is ChangeRow{field_key}
    std::string advice_title;          ///< what to look at once more; empty: nothing. It may be sent all the same
    std::vector<ErrorLine> advice;     ///< likewise a way to each
    std::string back, send;
};
struct SavingScreen { std::string title, text; bool slow = false; };
struct ReceiptScreen {
    std::string title, thanks;
    std::string number_label, number;
    std::string secret_label, secret;     ///< the code that goes with the number; empty: none
    std::string reference_label;
    std::optional<std::string> reference; ///< empty until the central system has answered
    std::string reference_waiting;        ///< words until then
    std::string next_title;
    std::vector<std::string> next_steps;
    std::string office;                   ///< where and when to ask
    std::string code, code_label;         ///< what the QR code holds, and its words
    std::string done;
};
/// Kept could not be promised: what was typed is still here, the desk helps.
struct NotKeptScreen { std::string title, text, code, retry, leave; };
/// After "Esci subito", after the receipt, after the idle wipe. Nothing of the visit is on it.
struct NeutralScreen { std::string title; };

/// Something to be read: notices, or where a request stands.
struct NewsScreen {
    enum class Sign { None, Clock, Success, Desk, Unknown };
    struct Entry {
        std::string key, kind, title, text, until;
        std::string note;              ///< said under the title when it is not in the visit's language, or empty
        std::string language;          ///< of title and text
        Direction direction = Direction::LeftToRight;
        bool urgent = false;
    };
    Sign sign = Sign::None;
    std::string title;
    std::vector<std::string> paragraphs;
    std::vector<Entry> entries;
    std::string back, next;            ///< empty: no such button
    bool is_private = false;
};

using Screen = std::variant<AttractScreen, OutOfServiceScreen, PrivacyScreen, ServicesScreen, QuestionScreen, CheckScreen,
                            SavingScreen, ReceiptScreen, NotKeptScreen, NeutralScreen, WaysScreen, LookScreen, ProposalScreen, NewsScreen>;

// --- what may lie over a screen --------------------------------------------------------------------------------------

struct HelpPanel { std::string title; std::vector<std::string> paragraphs; std::string close; };
struct LanguagePanel { std::string title; std::vector<LanguageChoice> languages; std::string note, close; };
struct SizePanel { std::string title; std::vector<Option> sizes; std::string close; };
struct ContrastPanel { std::string title; std::vector<Option> themes; std::string close; };
/// Countdown before the wipe: "I need more time" first.
struct IdlePanel { std::string title, text, more_time, leave; int seconds_left = 0; std::string seconds_words; };
struct RemovePanel { std::string title, text, yes, no; }; ///< before an instance with answers goes
/// What a document says about the person, before it is written into the form.
struct KnownPanel {
    struct Row { std::string key, question, answer; };
    std::string title, text;
    std::string language;              ///< of the questions
    Direction direction = Direction::LeftToRight;
    std::vector<Row> rows;
    std::string yes, no;
};

using Panel = std::variant<HelpPanel, LanguagePanel, SizePanel, ContrastPanel, IdlePanel, RemovePanel, KnownPanel>;

/// Labels of the on-screen keyboard in the language of the visit.
struct KeyboardWords { std::string space, erase, enter, shift, symbols, letters, hide, left, right, show; };

/// Everything there is to draw, once per frame.
struct Picture {
    std::string language = "it";
    Direction direction = Direction::LeftToRight;
    Theme theme = Theme::Medium;
    TextSize text_size = TextSize::Medium;
    bool strip_shown = true;           ///< not on the neutral screen
    Strip strip;
    KeyboardWords keyboard;
    std::string more, earlier;         ///< "Altre risposte", "Risposte precedenti": pages instead of scroll bars.
                                       ///< The model gives everything; how much fits a page is for the view to know
    std::string office;                ///< in the masthead of every screen but the neutral one: "Comune di … · Servizi sociali"
    Screen screen = NeutralScreen{};
    std::optional<Panel> panel;
    std::uint64_t version = 0;         ///< grows with every change: same version, same picture
    std::string focus_wish;            ///< key that gets the focus when the screen or panel is new; empty: first stop
};

} // namespace kiosk
