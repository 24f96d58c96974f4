// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft.hpp"

#include <functional>

/// The inside of a draft. Only forms/engine includes this.
namespace forms {

struct Container;

struct AnswerNode {
    Answer answer;
    std::unique_ptr<Container> nested; ///< only where the question has child items

    explicit AnswerNode(std::pmr::memory_resource* memory) : answer{std::nullopt, AnswerText(memory)} {}
};

/// What expressions say about an item at one place, besides its answers.
struct Computed {
    struct Offered {
        Value value;
        const Option* option = nullptr;
    };
    std::pmr::vector<Offered> offered; ///< by answerExpression
    std::pmr::vector<char> text;       ///< by an expression on the text; empty: the form's own

    explicit Computed(std::pmr::memory_resource* memory) : offered(memory), text(memory) {}
};

/// One item at one place.
struct Slot {
    bool kept = false;                                      ///< a person's answer stands in place of a calculated one
    bool enabled = true;                                    ///< its own conditions hold; ancestors are asked separately
    std::pmr::vector<AnswerNode> answers;                   ///< of a question
    std::pmr::vector<std::unique_ptr<Container>> instances; ///< of a group, never empty
    std::unique_ptr<Computed> computed;                     ///< where the item has such an expression

    explicit Slot(std::pmr::memory_resource* memory) : answers(memory), instances(memory) {}
};

/// The items below one instance of a group or below one answer, in the order of the form.
struct Container {
    bool added = false;          ///< a person asked for this instance
    std::uint32_t instance = 0;  ///< which one of its group, or below which answer of its question
    std::uint32_t depth = 0;     ///< of the items in it; 0 at the top
    Container* around = nullptr; ///< the one that holds its group or question; null at the top
    std::pmr::vector<Slot> slots;

    Container(std::pmr::memory_resource* memory, Container* its_around, std::uint32_t its_instance)
        : instance(its_instance), depth(its_around != nullptr ? its_around->depth + 1 : 0), around(its_around),
          slots(memory) {}
};

struct Draft::Tree {
    static constexpr std::size_t most_repeats = 500;
    static constexpr std::size_t most_places = 400'000;
    static constexpr std::size_t most_text_bytes = 64u << 10;
    static constexpr std::size_t most_bytes = 8u << 20;
    static constexpr std::size_t most_offers = 20'000;
    static constexpr std::size_t most_attachments = 10;
    static constexpr std::int64_t most_attachment_bytes = std::int64_t{20} << 20;
    static constexpr std::int64_t most_bytes_of_attachments = std::int64_t{60} << 20;

    std::shared_ptr<const Definition> definition;
    std::pmr::memory_resource* memory;
    std::unique_ptr<Container> root;
    std::size_t places = 0; ///< slots in the whole draft
    std::size_t bytes = 0;  ///< text of all answers, and of what is computed for them
    std::uint64_t revision = 0;
    std::uint64_t shape = 0; ///< see `Draft::shape`; whoever adds, takes away or moves something counts it here
    std::uint64_t looks = 0; ///< how often a rule was applied to a slot, ever: what changes cost is measured in these
    Setting setting;
    mutable BootTime until{};                     ///< when what is being computed must end, where there is a clock
    mutable fhirpath::Budget budget;              ///< of the change that is worked off, or of the judging
    mutable std::vector<FormulaTrouble> troubles; ///< also judging a draft, which changes nothing, may find one

    Tree(std::shared_ptr<const Definition> its_definition, std::pmr::memory_resource* its_memory)
        : definition(std::move(its_definition)), memory(its_memory) {}

    [[nodiscard]] const Item& item(ItemIndex index) const { return definition->item(index); }

    // draft_tree.cpp: places
    /// The items below one instance of a group, or one answer, that stands in `around`; null makes the top.
    [[nodiscard]] std::unique_ptr<Container> make_container(const std::vector<ItemIndex>& items, Container* around,
                                                            std::size_t instance);
    [[nodiscard]] std::size_t places_in(ItemIndex item) const; ///< slots that one more instance of it would take
    [[nodiscard]] AnswerNode make_answer(ItemIndex item, Container& around, std::size_t instance);
    /// What holds the slot of a path, or null; its last instance is asked for only where the item is a group.
    [[nodiscard]] Container* holder_of(const Path& path) const;
    [[nodiscard]] Slot* find(const Path& path);
    [[nodiscard]] const Slot* find(const Path& path) const;
    /// The place of an item in `holder`.
    [[nodiscard]] Path path_in(const Container& holder, ItemIndex item, std::size_t instance) const;
    [[nodiscard]] bool is_enabled(const Path& path) const;
    [[nodiscard]] bool has_content(ItemIndex item, const Slot& slot) const;
    [[nodiscard]] bool has_content(const std::vector<ItemIndex>& items, const Container& container) const;
    [[nodiscard]] bool is_begun(ItemIndex group, const Slot& slot, std::size_t instance) const;
    [[nodiscard]] std::size_t bytes_below(const Container& container) const;
    void fill_in_initial(ItemIndex item, Container& holder);
    void fill_in_initial(const std::vector<ItemIndex>& items, Container& container);

    // rules.cpp: what follows from a change. Only rules that can see the changed place are applied, only to places that
    // see it, each rule after all it reads.
    /// The answer of this number was written, emptied or taken away.
    void answer_changed(Container& around, ItemIndex question, std::size_t instance);
    /// Instances of a group, or answers with items below them, were added, taken away or moved. `fresh`: items that
    /// have just come into being, about which nothing is decided yet.
    void instances_changed(Container& around, ItemIndex item, Container* fresh);
    void decide_all(); ///< every rule, everywhere

    // calculate.cpp: what expressions answer
    void begin_change() const; ///< a new budget of steps and time; also for judging, which changes nothing else
    /// initialExpression of the items from `first` to before `end`, in and below a container.
    void compute_initial(ItemIndex first, ItemIndex end, Container& from);
    void settle(); ///< see `Draft::settle`

    /// A rule that has to be applied to every slot of its item in or below `from`.
    struct Work {
        RuleIndex rule = 0;
        Container* from = nullptr;
        bool operator==(const Work&) const = default;
    };

private:
    bool apply(const Rule& rule, Container& holder);
    bool enabled_by_formula(ItemIndex item, const Container& holder);
    bool calculate(ItemIndex item, Container& holder);
    void offer(ItemIndex item, Container& holder); // offers.cpp
    void word(ItemIndex item, Container& holder);
    void write_answers(ItemIndex item, Container& holder, std::pmr::vector<Value>& values);
    void apply_below(RuleIndex rule, Container& from, bool hand_on);
    void push(RuleIndex rule, Container& from);
    void push_readers(Container& around, ItemIndex item, bool below, std::size_t instance);
    void push_readers_below(Container& around, ItemIndex question);
    void work_off();
    std::vector<Work> work; ///< a heap; kept, so that the next change needs no memory
};

[[nodiscard]] std::size_t bytes_of(const Answer& answer);
[[nodiscard]] std::size_t bytes_of(const Computed& computed);

// offers.cpp: what may be answered at a place, whether the form lists it or an expression does
[[nodiscard]] std::size_t count_offers(const Item& item, const Slot& slot);
[[nodiscard]] Offer offer_at(const Item& item, const Slot& slot, std::size_t number);
/// The offer with that value; one without a value when there is none.
[[nodiscard]] Offer find_offer(const Item& item, const Slot& slot, const Value& value);
/// What the person reads there.
[[nodiscard]] std::string_view text_at(const Item& item, const Slot& slot, std::string_view language);

/// Walks the enabled items in the order of the form. `visit(path, slot)` returns whether to go below.
/// A group is visited once for each instance, a question once, with instance 0.
void walk_enabled(const Draft::Tree& tree, const std::function<bool(const Path&, const Slot&)>& visit);

/// What a person typed, read by the item's type; none when it is no answer of that type (yet).
[[nodiscard]] std::optional<Value> read_typed(const Item& item, std::string_view text,
                                              std::pmr::memory_resource* memory);

/// Everything wrong with the answers of one question; whether an answer is missing is not asked here.
void find_answer_issues(const Item& item, const Path& question, const Slot& slot, std::vector<Issue>& issues);

} // namespace forms
