// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhir/extensions.hpp"
#include "forms/fhir/json.hpp"
#include "forms/fhir/load.hpp"
#include "forms/fhir/term_store.hpp"
#include "forms/fhir/terminology.hpp"

#include <initializer_list>
#include <map>
#include <set>

/// The inside of `load_definition`. Only forms/fhir includes this.
namespace forms {

using Node = JsonDocument::Node;

/// Mistakes with the node they belong to, so that they can be told in the order of the file.
class Mistakes {
public:
    explicit Mistakes(const JsonDocument& json) : json_(json) {}

    void add(Reason reason, Node node, std::string words, std::string_view below = {});
    [[nodiscard]] bool empty() const { return found_.empty(); }
    /// In the order of the file.
    [[nodiscard]] std::vector<Mistake> take();

private:
    static constexpr std::size_t most = 500; ///< a file with more is not being corrected mistake by mistake
    [[nodiscard]] std::string link_id_near(Node node) const;
    const JsonDocument& json_;
    std::vector<std::pair<Node, Mistake>> found_;
};

/// Typed access to the members of an object; a member of another JSON type is a mistake and reads as absent.
class Members {
public:
    Members(const JsonDocument& json, Mistakes& mistakes, std::size_t text_bytes)
        : json_(json), mistakes_(mistakes), text_bytes_(text_bytes) {}

    [[nodiscard]] std::optional<std::string_view> text(Node object, std::string_view key) const;
    [[nodiscard]] bool flag(Node object, std::string_view key) const;
    [[nodiscard]] std::optional<std::int32_t> whole(Node object, std::string_view key) const;
    /// The number that an extension carries; none is a mistake.
    [[nodiscard]] std::optional<Decimal> number(Node extension) const;
    /// The elements of a list that must be objects.
    [[nodiscard]] std::vector<Node> objects(Node object, std::string_view key) const;
    /// Anything that R4 does not know at this place is a mistake, and so is every modifier extension.
    void only(Node object, std::initializer_list<std::string_view> known) const;
    /// `key`, with the translations in `_key`. Where an expression may make the text, its extension goes to
    /// `expression`.
    [[nodiscard]] Words words(Node object, std::string_view key, Node* expression = nullptr) const;
    /// Calls `use(extension, use)` for each supported extension; the others are judged here.
    template <class Use>
    void each_extension(Node object, Use&& use) const {
        for (const Node extension : objects(object, "extension")) {
            ExtensionUse known{};
            if (judge(extension, known)) use(extension, known);
        }
    }
    /// "_key", the extensions of the primitive `key`; `none` when there are none.
    [[nodiscard]] Node beside(Node object, std::string_view key) const;
    void translations(Node primitive, Words& words, Node* expression = nullptr) const;
    void check_length(Node node) const;
    void mistake(Reason reason, Node node, std::string words) const { mistakes_.add(reason, node, std::move(words)); }

private:
    void translation(Node extension, Words& words, Wordings& into) const;
    void markdown(Node extension, const std::string& language, Words& words) const;
    [[nodiscard]] bool judge(Node extension, ExtensionUse& use) const;
    const JsonDocument& json_;
    Mistakes& mistakes_;
    std::size_t text_bytes_;
};

/// The lists of answers: those a form brings along, then those of the terminal.
class Lists final : public ListSource {
public:
    Lists(const JsonDocument& json, Mistakes& mistakes, const Members& members, const LoadOptions& options,
          const Terminology* terminology)
        : json_(json), mistakes_(mistakes), members_(members), options_(options),
          store_(terminology != nullptr ? &terminology->store() : nullptr) {}

    void read(Node questionnaire);
    /// The form has it in itself.
    [[nodiscard]] bool brings(std::string_view reference) const { return !store_.is_beyond(reference); }
    struct Entry {
        Option option;
        Node node; ///< none when it comes from the terminal's terminology
    };
    struct Made {
        std::vector<Entry> entries;
        std::optional<TermProblem> problem;
    };
    /// By "#id" or by the list's own url. Made at the first call: a list that no question uses is not judged.
    [[nodiscard]] const Made& make(std::string_view reference);

    // For the expressions of the form.
    Result<AskedList, std::string> list(std::string_view address) override;
    [[nodiscard]] std::vector<std::string> contained() const override { return contained_; }

private:
    const JsonDocument& json_;
    Mistakes& mistakes_;
    const Members& members_;
    const LoadOptions& options_;
    std::vector<std::string> contained_;            ///< "#id" of value sets
    std::map<std::string, std::string> ids_, urls_; ///< of contained value sets, by url and by "#id"
    TermStore store_;
    TermWork work_; ///< of all lists of the form
    std::map<std::string, Made, std::less<>> made_;
};

/// Where the parts of items stand in the file. Most forms have no flaw: keeping a place must cost next to nothing.
class FlawPlaces {
public:
    /// `name` is a literal: "/enableWhen". `number`: which one of a list, when it is one.
    void keep(ItemIndex item, std::string_view name, Node node, std::optional<std::size_t> number = {}) {
        all_.push_back({item, name, number, node});
        is_sorted_ = false;
    }
    /// The nearest known part of what a flaw names, and the rest below it; the item's own node when none is known.
    [[nodiscard]] std::pair<Node, std::string> of(const Flaw& flaw, Node item);

private:
    struct Place {
        ItemIndex item;
        std::string_view name;
        std::optional<std::size_t> number;
        Node node;
        auto operator<=>(const Place&) const = default;
    };
    std::vector<Place> all_;
    bool is_sorted_ = true;
};

/// Reads the items. What belongs together across items (conditions) is connected at the end.
/// The types of R4 that may have a list of answers (que-5).
[[nodiscard]] bool may_offer(const Item& item);

class ItemReader {
public:
    ItemReader(const JsonDocument& json, Mistakes& mistakes, const Members& members, Lists& lists,
               const LoadOptions& options)
        : json_(json), mistakes_(mistakes), members_(members), lists_(lists), options_(options) {}

    void read_all(Node questionnaire);
    /// Variables, constraints and launch contexts of the form as a whole.
    void read_form_extension(Node extension, ExtensionUse use);
    void give(DefinitionParts& parts) {
        parts.items = std::move(items_);
        parts.launch_contexts = std::move(launch_contexts_);
        parts.variables = std::move(variables_);
        parts.constraints = std::move(constraints_);
    }
    /// Where something that the engine found stands in the file.
    [[nodiscard]] std::pair<Node, std::string> place_of(const Flaw& flaw);

private:
    struct PendingCondition {
        ItemIndex item;
        Node node;
        std::string_view question;
        Operator op;
        Value operand;
    };

    void read_items(Node object, std::optional<ItemIndex> parent, std::size_t depth);
    void read_item(Node node, std::optional<ItemIndex> parent, std::size_t depth);
    void read_link_id(Node node, Item& item);
    bool read_type(Node node, Item& item);
    void read_extensions(Node node, ItemIndex index);
    void read_control(Node extension, Item& item);
    void read_bound(Node extension, ItemIndex index, Seldom<Value>& bound, const char* name);
    void read_unit(Node extension, Item& item);
    void read_filled_by(Node extension, Item& item);
    void read_look(Node extension, ExtensionUse use, Item& item);
    void read_category(Node extension, Item& item);
    void read_keyboard(Node extension, Item& item);
    void read_usage(Node extension, Item& item);
    void read_slider_step(Node extension, Item& item);
    void read_mime_type(Node extension, Item& item);
    void read_max_size(Node extension, Item& item);
    void read_pattern(Node extension, Item& item);
    void read_unit_list(Node extension, Item& item);
    void read_unit_open(Node extension, Item& item);
    std::optional<std::int32_t> extension_whole(Node extension, int smallest);
    bool extension_flag(Node extension);
    // load_expressions.cpp
    std::string read_expression(Node extension, std::string* name = nullptr);
    void read_item_expression(Node extension, ExtensionUse use, ItemIndex index);
    [[nodiscard]] std::string expansion_of(Node extension) const;
    void read_wording(Node extension, ItemIndex index);
    void read_fetched(Node extension, std::vector<Variable>& variables);
    [[nodiscard]] bool is_query(Node extension) const;
    void read_variable(Node extension, ItemIndex index, std::vector<Variable>& variables);
    void read_constraint(Node extension, ItemIndex index, std::vector<Constraint>& constraints);
    void read_launch_context(Node extension);
    void check_expressions(Node node, const Item& item);
    bool take_expression(Node place, std::string_view text);
    void read_codes(Node node, Item& item);
    void check_shape(Node node, const Item& item);
    void read_options(Node node, ItemIndex index);
    void read_answer_option(Node node, ItemIndex index);
    void read_value_set(Node node, ItemIndex index);
    static void take_names(const Lists::Made& made, Item& item);
    void read_initial(Node node, ItemIndex index);
    void read_conditions(Node node, ItemIndex index);
    void connect_conditions();
    void attach_texts();

    const JsonDocument& json_;
    Mistakes& mistakes_;
    const Members& members_;
    Lists& lists_;
    const LoadOptions& options_;
    std::vector<Item> items_;
    std::vector<Node> nodes_;        ///< beside `items_`
    std::set<ItemIndex> broken_;     ///< their type could not be read: no rule about them is judged
    std::set<ItemIndex> has_offers_; ///< have an answerExpression, also one with a mistake
    std::vector<PendingCondition> pending_;
    FlawPlaces places_;
    std::set<std::pair<std::string, Node>> told_lists_;                           ///< a list's own mistake is told once
    std::map<std::string, std::shared_ptr<const Pattern>, std::less<>> patterns_; ///< each is compiled once
    int pattern_steps_ = 0;
    std::vector<std::string> launch_contexts_;
    std::vector<Variable> variables_;
    std::vector<Constraint> constraints_;
    std::size_t expressions_ = 0, expression_bytes_ = 0;
    std::size_t own_options_ = 0;
    std::size_t copied_options_ = 0;
};

} // namespace forms
