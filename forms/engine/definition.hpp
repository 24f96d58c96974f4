// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/digest.hpp"
#include "forms/base/result.hpp"
#include "forms/base/seldom.hpp"
#include "forms/engine/asked_lists.hpp"
#include "forms/engine/formula.hpp"
#include "forms/engine/link_ids.hpp"
#include "forms/engine/mistake.hpp"
#include "forms/engine/option.hpp"
#include "forms/engine/path.hpp"
#include "forms/engine/pattern.hpp"
#include "forms/engine/rule_graph.hpp"
#include "forms/engine/value.hpp"
#include "forms/engine/words.hpp"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forms {

enum class ItemType {
    Group,
    Display,
    Boolean,
    Decimal,
    Integer,
    Date,
    DateTime,
    Time,
    String,
    Text,
    Url,
    Choice,
    OpenChoice,
    Attachment,
    Quantity
};
[[nodiscard]] std::string_view name_of(ItemType type); ///< as FHIR R4 writes it: "open-choice"

/// What `itemControl` asks for. A wish about the look, never a rule.
enum class Control {
    None,
    RadioButton,
    DropDown,
    CheckBox,
    Autocomplete,
    TextBox,
    Slider,
    Spinner,
    List,
    Page,         ///< its items belong together on one page
    TabContainer, ///< each group in it is a tab
    Table,        ///< a question a row, its options the columns
    HTable,       ///< a question a column, its options the rows
    GTable,       ///< an instance of the repeating group a row, its questions the columns
    ATable,       ///< an answer of the repeating question a row, its nested questions the columns
    Grid,         ///< a group a row, its questions the columns
    Header,
    Footer,
    Inline,
    Prompt,
    Unit,
    Lower,
    Upper,
    Flyover,
    Help,
    Legal,
    Why ///< ours: the text that says why the question is asked
};

/// How the options of a choice stand. `Any`: as the terminal likes.
enum class Orientation { Any, Vertical, Horizontal };
/// What an explaining text is for (questionnaire-displayCategory).
enum class DisplayCategory { None, Instructions, Security, Help };
/// What a person is going to type, for the keys to offer first (sdc-questionnaire-keyboard).
enum class Keyboard { Any, Phone, Email, Number, Url, Chat };
/// When an item is there (questionnaire-usageMode). What is only for display is never asked: such an item is `hidden`
/// too while a person fills the form.
enum class Usage { CaptureAndDisplay, Capture, Display, DisplayNonEmpty };
/// Whether a group may be folded, and how it begins (sdc-questionnaire-collapsible).
enum class Collapsible { No, Open, Closed };

enum class Operator { Exists, Equal, NotEqual, Greater, Less, GreaterOrEqual, LessOrEqual };

/// One `enableWhen`, compiled.
struct Condition {
    ItemIndex source = 0;
    Operator op = Operator::Exists;
    Value operand;            ///< a boolean for Exists
    std::uint32_t shared = 0; ///< compiled: `shared_depth` of the source and the item that has the condition
};
enum class Behavior { All, Any };

/// Who is filling: a citizen never sees what is marked for the desk.
enum class Reader { Citizen, Desk };

/// One item of the form. Built by the loader, never changed afterwards.
struct Item {
    std::string link_id;
    ItemType type = ItemType::Display;
    Words prefix, text;
    Words help;       ///< texts of child items with the control Help
    Words why;        ///< texts of child items with the control Why
    Words entry_hint; ///< how the answer is written, from the extension entryFormat
    Words unit_text;  ///< text of a child item with the control Unit, shown beside the field
    Words lower_text; ///< text of a child item with the control Lower: what the lower end of a slider means
    Words upper_text; ///< likewise for the upper end
    Words short_text; ///< a shorter wording, for headings of tables and lists; empty when there is none
    Words open_label; ///< what the free answer of an open choice is called ("Altro"); empty when the form is silent
    std::string definition; ///< `item.definition` without "|version", as fhir-italia keys are written
    std::vector<Coding> codes;
    Control control = Control::None;
    Orientation orientation = Orientation::Any;
    DisplayCategory category = DisplayCategory::None;
    Keyboard keyboard = Keyboard::Any;
    Usage usage = Usage::CaptureAndDisplay;
    Collapsible collapsible = Collapsible::No;
    std::optional<Decimal> slider_step;     ///< above 0; the ends are `min_value` and `max_value`
    std::vector<std::string> support_links; ///< shown as text, never opened
    bool required = false;
    bool repeats = false;
    bool read_only = false;
    bool hidden = false;                ///< itself or an ancestor is never shown; kept and sent like any other
    bool filled_by_desk = false;        ///< itself or an ancestor is for the operator; a citizen never sees it
    bool attached_text = false;         ///< a display item already shown as help, why, unit or bound of its question
    int max_length = 0;                 ///< code points, 0 = no limit
    int min_length = 0;                 ///< code points
    int min_occurs = 0, max_occurs = 0; ///< 0 = no limit
    int max_decimals = -1;              ///< -1 = no limit
    Seldom<Value> min_value, max_value;
    std::shared_ptr<const Pattern>
        pattern;                         ///< what a text, or a number or date as FHIR writes it, must match; null = any
    std::vector<std::string> mime_types; ///< of attachments, lower case: "image/png", "image/*"; none = any
    std::int64_t max_bytes = 0;          ///< of one attachment, 0 = no limit of the form's own
    std::vector<Value> initial;
    std::vector<Option> options;
    std::string value_set;         ///< canonical of a list the host serves; empty otherwise
    std::vector<Coding> units;     ///< allowed for quantity; the single `unit` extension gives one
    std::vector<Words> unit_words; ///< beside `units`, index by index
    bool open_units = false;       ///< other units than those listed may be written too (sdc-questionnaire-unitOpen)
    bool reference = false;        ///< a `reference` item: the answer names somebody or something (Reference.display)
    std::vector<Condition> conditions;
    Behavior behavior = Behavior::All;
    std::vector<Variable> variables;     ///< for the expressions of this item and of all below it
    std::string enabled_by;              ///< FHIRPath (enableWhenExpression); empty = none. So are those below
    std::string calculated_by;           ///< calculatedExpression: the program answers
    std::string begins_with;             ///< initialExpression: the first answer, computed once
    std::string offered_by;              ///< answerExpression: what may be answered; then there are no `options`
    std::string worded_by;               ///< cqf-expression on the text: what the person reads, `text` where it fails
    std::vector<Constraint> constraints; ///< judged once the item has an answer

    // Compiled: the place in the tree.
    std::optional<ItemIndex> parent;
    std::vector<ItemIndex> children;
    std::uint32_t position = 0; ///< among its siblings
    int depth = 0;              ///< 0 = top level
    ItemIndex end = 0;          ///< one past the last descendant, in pre-order

    [[nodiscard]] bool is_group() const { return type == ItemType::Group; }
    [[nodiscard]] bool is_question() const { return type != ItemType::Group && type != ItemType::Display; }
    /// Its answers come from a list that is known here.
    [[nodiscard]] bool has_options() const { return !options.empty() || !offered_by.empty(); }
    [[nodiscard]] bool offers_choice() const { return has_options() || !value_set.empty(); }
    [[nodiscard]] bool has_code(std::string_view system, std::string_view code) const;
};

/// What a definition is made from: items in pre-order with `parent` set; `conditions` already point at items.
struct DefinitionParts {
    std::string url, version, language;
    Words title;
    Sha256 sha256{};
    std::vector<Item> items;
    std::vector<std::string> launch_contexts; ///< names of the resources a host may hand in: "patient"
    std::vector<Variable> variables;          ///< of the form as a whole
    std::vector<Constraint> constraints;
};

/// A published form, compiled once and never changed: shared freely between threads as `shared_ptr<const Definition>`.
class Definition {
public:
    /// Computes tree and dependency graph; refuses what contradicts itself (doubled linkIds, circles, min > max,
    /// required items that can never be enabled, initial answers that are none …). Every flaw is reported, not the
    /// first. `lists`: where the lists come from that expressions ask for; null = there are none. Not kept.
    [[nodiscard]] static Result<std::shared_ptr<const Definition>, std::vector<Flaw>> compile(DefinitionParts parts,
                                                                                              ListSource* lists = {});

    [[nodiscard]] const std::string& url() const { return parts_.url; }
    [[nodiscard]] const std::string& version() const { return parts_.version; }
    [[nodiscard]] std::string canonical() const;                         ///< url|version, or url alone
    [[nodiscard]] const Sha256& sha256() const { return parts_.sha256; } ///< of the bytes it was read from
    [[nodiscard]] const std::string& language() const {
        return parts_.language;
    } ///< of the base wording, "it" when the form does not say
    [[nodiscard]] const Words& title() const { return parts_.title; }

    /// Languages in which every text of the form is there, the base language first.
    [[nodiscard]] const std::vector<std::string>& complete_languages() const { return complete_languages_; }
    /// Languages that appear at all, with how many texts lack a translation. For `form check` and translators.
    [[nodiscard]] const std::map<std::string, int>& missing_translations() const { return missing_translations_; }

    [[nodiscard]] std::span<const Item> items() const { return parts_.items; } ///< pre-order
    [[nodiscard]] const Item& item(ItemIndex index) const { return parts_.items[index]; }
    [[nodiscard]] const Item& item(const Path& path) const { return parts_.items[path.item()]; }
    [[nodiscard]] const std::vector<ItemIndex>& top() const { return top_; }
    [[nodiscard]] const std::vector<ItemIndex>& children(std::optional<ItemIndex> parent) const {
        return parent ? item(*parent).children : top_;
    }
    [[nodiscard]] std::optional<ItemIndex> find(std::string_view link_id) const;
    [[nodiscard]] bool is_ancestor(ItemIndex ancestor, ItemIndex item) const;
    /// From the outermost ancestor down to the item itself.
    [[nodiscard]] std::span<const ItemIndex> line_of(ItemIndex item) const {
        return std::span(lines_).subspan(line_begin_[item], static_cast<std::size_t>(parts_.items[item].depth) + 1);
    }
    /// What is decided again when an answer changes, each rule after all it reads.
    [[nodiscard]] const RuleGraph& rules() const { return rules_; }
    [[nodiscard]] const Formulas& formulas() const { return formulas_; }
    [[nodiscard]] const AskedLists& asked_lists() const { return asked_lists_; }
    [[nodiscard]] const std::vector<std::string>& launch_contexts() const { return parts_.launch_contexts; }
    /// The constraints of an item, or, for Formula::whole_form, of the form.
    [[nodiscard]] const std::vector<Constraint>& constraints(ItemIndex item) const {
        return item == Formula::whole_form ? parts_.constraints : parts_.items[item].constraints;
    }

    /// "children[1]/name": the linkId of every ancestor and of the item, each with its instance unless it is 0.
    [[nodiscard]] std::string text_of(const Path& path) const;
    /// The reverse. linkIds may themselves hold "/" or "[": the tree of the form decides. None when there is no such
    /// place.
    [[nodiscard]] std::optional<Path> path_of(std::string_view text) const;
    /// The item with every instance 0.
    [[nodiscard]] Path path_to(ItemIndex item) const;

private:
    explicit Definition(DefinitionParts parts) : parts_(std::move(parts)) {}
    void connect();
    void find_languages();
    DefinitionParts parts_;
    std::vector<ItemIndex> top_;
    std::vector<ItemIndex> lines_; ///< `line_of` every item, one after the other
    std::vector<std::uint32_t> line_begin_;
    RuleGraph rules_;
    AskedLists asked_lists_;
    Formulas formulas_;
    LinkIds by_link_id_;
    std::vector<std::string> complete_languages_;
    std::map<std::string, int> missing_translations_;
};

} // namespace forms
