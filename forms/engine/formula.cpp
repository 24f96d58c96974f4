// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/formula.hpp"

#include "forms/engine/definition.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace forms {
namespace {

std::string counted(std::string_view what, std::size_t number) {
    return "/" + std::string(what) + "/" + std::to_string(number);
}

/// RE2 tells no size of a pattern that it refuses, and some are refused for theirs.
constexpr int steps_of_a_refused_pattern = 4'000;

bool stands_before(const Formula& a, const Formula& b) {
    if (a.kind != b.kind) return a.kind < b.kind;
    // Variables keep the order in which they were found: scopes know them by number.
    return a.kind != FormulaKind::Variable && a.item < b.item;
}

/// What an expression reads, in the words of the rule graph.
class Inputs {
public:
    explicit Inputs(std::span<const Item> items) : items_(items) {
        for (ItemIndex i = 0; i < items.size(); ++i)
            by_link_id_.emplace(items[i].link_id, i);
    }

    /// A rule does not see its own item (nor what that contains) when it reads a whole section or the whole form:
    /// otherwise every total would be a circle. Naming the item itself stays one.
    void add(const fhirpath::Reads& reads, Rule& rule) {
        // What nobody reads closes no circle: it may look at everything, itself included.
        const bool is_last = rule.kind == RuleKind::Options || rule.kind == RuleKind::Wording;
        if (reads.everything && is_last) {
            rule.reads_everything = true;
        } else if (reads.everything) {
            // Two such rules read each other: the second is left to be found as a circle.
            rule.reads_everything = everything_taken_;
            if (!everything_taken_) add_others(rule, 0, static_cast<ItemIndex>(items_.size()), true);
            everything_taken_ = true;
        }
        for (const fhirpath::Read& read : reads.items) {
            const auto found = by_link_id_.find(read.link_id);
            if (found == by_link_id_.end()) continue; // there is no such item: nothing to read
            const ItemIndex item = found->second;
            if (read.how == fhirpath::How::Instances && !items_[item].repeats) continue;
            const bool everywhere = is_everywhere(read, item, rule.item);
            const bool below = read.how != fhirpath::How::Answers;
            const bool around = below && !is_last && item < rule.item && rule.item < items_[item].end;
            if (around && spread_out_ > most_spread_out)
                rule.reads_everything = true; // found as a circle: no form written by hand comes here
            else if (around)
                add_others(rule, item, items_[item].end, everywhere);
            else
                rule.inputs.push_back({item, below, everywhere});
        }
    }

private:
    void add_others(Rule& rule, ItemIndex first, ItemIndex end, bool everywhere) {
        for (ItemIndex i = first; i < end; ++i)
            if (i < rule.item || i >= items_[rule.item].end) {
                rule.inputs.push_back({i, false, everywhere});
                ++spread_out_;
            }
    }

    /// What is looked for from an item around the rule is read inside that instance alone.
    [[nodiscard]] bool is_everywhere(const fhirpath::Read& read, ItemIndex source, ItemIndex reader) const {
        const auto from = by_link_id_.find(read.from);
        if (read.from.empty() || from == by_link_id_.end()) return true;
        return shared_depth(items_, source, reader) > static_cast<std::uint32_t>(items_[from->second].depth) + 1;
    }

    std::span<const Item> items_;
    std::map<std::string_view, ItemIndex> by_link_id_;
    static constexpr std::size_t most_spread_out = 1'000'000;
    std::size_t spread_out_ = 0;
    bool everything_taken_ = false;
};

} // namespace

class Formulas::Compiler {
public:
    Compiler(Formulas& formulas, const Source& source, AskedLists& lists, std::vector<Flaw>& flaws)
        : formulas_(formulas), source_(source), lists_(lists), flaws_(flaws) {}

    void run() {
        formulas_.scopes_.emplace_back();
        nothing_ = &formulas_.analyses_.emplace_back();
        for (std::uint32_t i = 0; i < source_.launch_contexts.size(); ++i)
            add_name(formulas_.scopes_[0], source_.launch_contexts[i], {true, i}, nothing_);
        add_variables(Formula::whole_form, source_.variables, 0);
        scope_of_.resize(source_.items.size());
        for (ItemIndex i = 0; i < source_.items.size(); ++i) {
            const Item& item = source_.items[i];
            const std::uint32_t around = item.parent ? scope_of_[*item.parent] : 0;
            scope_of_[i] = around;
            if (item.variables.empty()) continue;
            scope_of_[i] = static_cast<std::uint32_t>(formulas_.scopes_.size());
            formulas_.scopes_.push_back(Scope(formulas_.scopes_[around]));
            add_variables(i, item.variables, scope_of_[i]);
        }
        for (std::uint32_t n = 0; n < source_.constraints.size(); ++n)
            add_constraint(Formula::whole_form, n, source_.constraints[n]);
        for (ItemIndex i = 0; i < source_.items.size(); ++i) {
            const Item& item = source_.items[i];
            add(FormulaKind::Enabled, i, item.enabled_by, "/enableWhenExpression");
            add(FormulaKind::Calculated, i, item.calculated_by, "/calculatedExpression");
            add(FormulaKind::Initial, i, item.begins_with, "/initialExpression");
            add(FormulaKind::Options, i, item.offered_by, "/answerExpression");
            add(FormulaKind::Wording, i, item.worded_by, "/textExpression");
            for (std::uint32_t n = 0; n < item.constraints.size(); ++n)
                add_constraint(i, n, item.constraints[n]);
        }
        std::stable_sort(formulas_.all_.begin(), formulas_.all_.end(), stands_before);
    }

private:
    static void add_name(Scope& scope, const std::string& name, Meaning meaning, const fhirpath::Analysis* analysis,
                         bool fetched = false) {
        scope.fetched.push_back(fetched);
        scope.names.push_back(name);
        scope.meanings.push_back(meaning);
        scope.analyses.push_back(analysis);
    }

    /// Each variable may use those before it (SDC, "variable": in order).
    void add_variables(ItemIndex item, std::span<const Variable> variables, std::uint32_t scope) {
        for (std::uint32_t n = 0; n < variables.size(); ++n) {
            const std::string place = counted("variable", n);
            if (formulas_.scopes_[scope].names.size() >= most_names) {
                flaws_.push_back({Reason::BadExpression, item, place, "more than 100 variables are known here"});
                return;
            }
            const auto same_name = [&](const Variable& other) { return other.name == variables[n].name; };
            if (std::any_of(variables.begin(), variables.begin() + n, same_name))
                flaws_.push_back({Reason::DuplicateVariable, item, place, "this name is given twice here"});
            const std::size_t before = formulas_.all_.size();
            if (!variables[n].refused) compile({FormulaKind::Variable, item, n, scope}, variables[n].text, place);
            if (formulas_.all_.size() == before) {
                // Its mistake is told; whoever uses it is not to be blamed as well.
                add_name(formulas_.scopes_[scope], variables[n].name, {true, 0xFFFFFFFF}, nothing_);
                continue;
            }
            const Formula& formula = formulas_.all_.back();
            add_name(formulas_.scopes_[scope], variables[n].name, {false, static_cast<std::uint32_t>(before)},
                     formula.analysis, variables[n].fetched || hangs_on_fetched_);
        }
    }

    void add(FormulaKind kind, ItemIndex item, const std::string& text, const std::string& place) {
        if (!text.empty()) compile({kind, item, 0, scope_of_[item]}, text, place);
    }

    void add_constraint(ItemIndex item, std::uint32_t number, const Constraint& constraint) {
        const std::uint32_t scope = item == Formula::whole_form ? 0 : scope_of_[item];
        const std::string place = counted("constraint", number);
        const std::size_t before = formulas_.all_.size();
        compile({FormulaKind::Constraint, item, number, scope}, constraint.text, place);
        if (formulas_.all_.size() == before) return;
        fhirpath::Reads reads = formulas_.all_.back().analysis->reads();
        if (!constraint.location.empty()) {
            const auto location = fhirpath::Expression::compile(constraint.location, formulas_.scopes_[scope].names);
            if (!location.ok()) {
                flaws_.push_back({Reason::BadExpression, item, place + "/location", location.error().words});
                return;
            }
            const auto& around = formulas_.scopes_[scope].analyses;
            reads = fhirpath::analyse(location.value(), context_of(item), around).reads();
        }
        formulas_.all_.back().about = place_to_tell(item, reads);
    }

    /// At a question where that can be: of what a whole section or form says, the first that is looked at.
    [[nodiscard]] ItemIndex place_to_tell(ItemIndex item, const fhirpath::Reads& reads) {
        const bool whole = item == Formula::whole_form;
        if (!whole && source_.items[item].is_question()) return item;
        if (by_link_id_.empty())
            for (ItemIndex i = 0; i < source_.items.size(); ++i)
                by_link_id_.emplace(source_.items[i].link_id, i);
        ItemIndex first = Formula::whole_form;
        for (const fhirpath::Read& read : reads.items) {
            const auto found = by_link_id_.find(read.link_id);
            if (found == by_link_id_.end()) continue;
            const Item& its = source_.items[found->second];
            const bool inside = whole || (found->second > item && found->second < source_.items[item].end);
            if (inside && its.is_question() && !its.hidden) first = std::min(first, found->second);
        }
        if (first != Formula::whole_form) return first;
        return whole ? 0 : item;
    }

    [[nodiscard]] std::string_view context_of(ItemIndex item) const {
        return item == Formula::whole_form ? std::string_view() : source_.items[item].link_id;
    }

    struct Where {
        FormulaKind kind;
        ItemIndex item;
        std::uint32_t number, scope;
    };
    void compile(const Where& where, const std::string& text, const std::string& place) {
        if (pattern_steps_ > Pattern::most_steps) return; // told already
        const Scope& scope = formulas_.scopes_[where.scope];
        auto compiled = fhirpath::Expression::compile(text, scope.names);
        if (!compiled.ok()) {
            const auto& error = compiled.error();
            if (error.reason == fhirpath::Refusal::BadPattern) pattern_steps_ += steps_of_a_refused_pattern;
            flaws_.push_back({Reason::BadExpression, where.item, place,
                              error.words + " (character " + std::to_string(error.position) + ")"});
            return;
        }
        pattern_steps_ += compiled.value().pattern_steps();
        if (pattern_steps_ > Pattern::most_steps) {
            flaws_.push_back({Reason::BadExpression, where.item, place,
                              "the patterns in the expressions of this form take more room than a form may"});
            return;
        }
        if (!take_lists(compiled.value(), where.item, place)) return;
        const auto used = fhirpath::variables_in(compiled.value());
        hangs_on_fetched_ = std::any_of(used.begin(), used.end(), [&](std::uint32_t v) { return scope.fetched[v]; });
        if (hangs_on_fetched_ && !may_be_nothing(where)) {
            flaws_.push_back({Reason::BadExpression, where.item, place,
                              "this rule hangs on what a server would have fetched, and this terminal asks none"});
            return;
        }
        auto analysis = fhirpath::analyse(compiled.value(), context_of(where.item), scope.analyses);
        formulas_.all_.push_back({where.kind, where.item, where.number, where.scope, std::move(compiled).value(),
                                  &formulas_.analyses_.emplace_back(std::move(analysis)), where.item});
    }

    /// A first answer that nobody gave before is left to the person, and so is one that a list would only have
    /// suggested. Any other rule that runs on nothing would be another rule.
    [[nodiscard]] bool may_be_nothing(const Where& where) const {
        if (where.kind == FormulaKind::Options) return source_.items[where.item].type == ItemType::OpenChoice;
        return where.kind == FormulaKind::Variable || where.kind == FormulaKind::Initial;
    }

    /// Every list that an expression looks into is there before the form is filled in, or the form is refused.
    bool take_lists(const fhirpath::Expression& expression, ItemIndex item, const std::string& place) {
        auto asked = fhirpath::asked_for(expression);
        if (asked.unknown) {
            flaws_.push_back({Reason::BadExpression, item, place,
                              "the address of a list must be written out as a text: nobody could tell which is meant"});
            return false;
        }
        if (asked.contained && source_.lists != nullptr) {
            const auto brought = source_.lists->contained();
            const auto is_named = [&](const std::string& id) { return asked.texts.contains(id.substr(1)); };
            const bool any = std::any_of(brought.begin(), brought.end(), is_named);
            for (const std::string& id : brought)
                if (!any || is_named(id)) asked.lists.insert(id);
        }
        for (const std::string& address : asked.lists)
            if (const auto problem = lists_.take(source_.lists, address)) {
                flaws_.push_back({Reason::UnknownValueSet, item, place, *problem});
                return false;
            }
        return true;
    }

    Formulas& formulas_;
    const Source& source_;
    AskedLists& lists_;
    std::vector<Flaw>& flaws_;
    std::vector<std::uint32_t> scope_of_;         ///< by item
    int pattern_steps_ = 0;                       ///< of all expressions so far
    bool hangs_on_fetched_ = false;               ///< the expression compiled last
    const fhirpath::Analysis* nothing_ = nullptr; ///< of what is no answer
    std::map<std::string_view, ItemIndex> by_link_id_;
};

void Formulas::compile(const Source& source, AskedLists& lists, std::vector<Flaw>& flaws) {
    Compiler(*this, source, lists, flaws).run();
}

namespace {

struct RuleOf {
    FormulaKind formula;
    RuleKind rule;
    const char* place;
};
/// Formulas that decide something whenever what they read changes.
constexpr std::array rules_of_formulas{
    RuleOf{FormulaKind::Enabled, RuleKind::Enabled, "/enableWhenExpression"},
    RuleOf{FormulaKind::Calculated, RuleKind::Calculated, "/calculatedExpression"},
    RuleOf{FormulaKind::Options, RuleKind::Options, "/answerExpression"},
    RuleOf{FormulaKind::Wording, RuleKind::Wording, "/textExpression"},
};

const RuleOf* rule_of(const Formula& formula) {
    const auto* const found = std::find_if(rules_of_formulas.begin(), rules_of_formulas.end(),
                                           [&](const RuleOf& r) { return r.formula == formula.kind; });
    return found == rules_of_formulas.end() ? nullptr : found;
}

} // namespace

std::vector<Rule> Formulas::rules(std::span<const Item> items) const {
    std::vector<Rule> rules;
    if (std::none_of(all_.begin(), all_.end(), rule_of)) return rules;
    Inputs inputs(items);
    for (const Formula& formula : all_) {
        const RuleOf* const decides = rule_of(formula);
        if (decides == nullptr) continue;
        Rule& rule = rules.emplace_back();
        rule.kind = decides->rule;
        rule.item = formula.item;
        rule.place = decides->place;
        inputs.add(formula.analysis->reads(), rule);
    }
    return rules;
}

const Formula* Formulas::find(FormulaKind kind, ItemIndex item) const {
    const auto found = std::lower_bound(all_.begin(), all_.end(), std::pair(kind, item),
                                        [](const Formula& f, const std::pair<FormulaKind, ItemIndex>& wanted) {
                                            return std::pair(f.kind, f.item) < wanted;
                                        });
    return found != all_.end() && found->kind == kind && found->item == item ? &*found : nullptr;
}

std::span<const Formula> Formulas::of_kind(FormulaKind kind) const {
    const auto before = [kind](const Formula& f) { return f.kind < kind; };
    const auto up_to = [kind](const Formula& f) { return f.kind <= kind; };
    const auto first = std::partition_point(all_.begin(), all_.end(), before);
    const auto end = std::partition_point(first, all_.end(), up_to);
    return {first, end};
}

} // namespace forms
