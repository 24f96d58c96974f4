// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/reads.hpp"

#include "forms/fhirpath/program.hpp"

#include <algorithm>

namespace forms::fhirpath {
namespace {

using Foci = std::set<Focus>;
using Level = Focus::Level;

constexpr std::size_t most_foci = 256;
constexpr std::size_t most_visits = 20'000;

void consume(const Foci& foci, Reads& reads) {
    for (const Focus& focus : foci) {
        if (focus.link_id.empty())
            reads.everything = true;
        else
            reads.items.insert({focus.link_id, focus.level == Level::Answer ? How::Answers : How::Below, focus.from});
    }
}

class Analyser {
public:
    Analyser(const Program& program, std::string_view context, std::span<const Analysis* const> variables)
        : program_(program), context_(context), variables_(variables) {}

    Analysis run() {
        analysis_.result = visit(program_.top, {context()});
        return std::move(analysis_);
    }

private:
    [[nodiscard]] Focus context() const { return {std::string(context_), Level::Whole, std::string(context_)}; }
    Foci input_of(const Op& op, const Foci& self) { return op.input == no_op ? self : visit(op.input, self); }
    void consume_argument(const Op& op, std::size_t number, const Foci& self) {
        if (number < op.arguments.size()) consume(visit(op.arguments[number], self), analysis_.on_the_way);
    }

    Foci visit(OpIndex index, const Foci& self) {
        if (++visits_ > most_visits) { // repeat() within repeat() within …: nobody writes it by hand
            analysis_.on_the_way.everything = true;
            return {};
        }
        const Op& op = program_.op(index);
        switch (op.kind) { // no default: the compiler names the one we forgot
        case OpKind::Literal:
        case OpKind::Empty:
        case OpKind::Index:
        case OpKind::Total:
        case OpKind::Form:
        case OpKind::FormItem:
        case OpKind::Lists:
            return {};
        case OpKind::This:
            return self;
        case OpKind::Resource:
            return {Focus{}};
        case OpKind::Context:
            return {context()};
        case OpKind::Variable:
            return variable(op);
        case OpKind::Member:
            return member(op, input_of(op, self));
        case OpKind::ItemById: {
            Foci found; // none below something that is no answer
            for (const Focus& focus : input_of(op, self))
                found.insert({std::string(op.name), Level::Whole, focus.from});
            return found;
        }
        case OpKind::Subscript: {
            consume_argument(op, 0, self);
            return chosen(input_of(op, self));
        }
        case OpKind::Call:
            return call(op, self);
        case OpKind::As:
            return visit(op.arguments[0], self);
        case OpKind::Union: {
            Foci both = visit(op.arguments[0], self);
            both.merge(visit(op.arguments[1], self));
            return both;
        }
        case OpKind::Negate:
        case OpKind::Plus:
        case OpKind::Is:
        case OpKind::Multiply:
        case OpKind::Divide:
        case OpKind::DivideWhole:
        case OpKind::Remainder:
        case OpKind::Add:
        case OpKind::Subtract:
        case OpKind::Concatenate:
        case OpKind::Less:
        case OpKind::LessOrEqual:
        case OpKind::Greater:
        case OpKind::GreaterOrEqual:
        case OpKind::Equal:
        case OpKind::NotEqual:
        case OpKind::Equivalent:
        case OpKind::NotEquivalent:
        case OpKind::In:
        case OpKind::Contains:
        case OpKind::And:
        case OpKind::Or:
        case OpKind::Xor:
        case OpKind::Implies:
            for (std::size_t i = 0; i < op.arguments.size(); ++i)
                consume_argument(op, i, self);
            return {};
        }
        return {};
    }

    Foci variable(const Op& op) {
        if (op.slot >= variables_.size()) return {Focus{}};
        analysis_.on_the_way.add(variables_[op.slot]->on_the_way);
        return variables_[op.slot]->result;
    }

    static Foci member(const Op& op, const Foci& input) {
        Foci found;
        for (const Focus& focus : input) {
            if (op.name == "item")
                found.insert({focus.link_id, Level::Below, focus.from});
            else if (op.name == "answer" && focus.level == Level::Whole)
                found.insert({focus.link_id, Level::Answer, focus.from});
            else
                found.insert(focus);
        }
        return found;
    }

    /// One of several: which one depends on which are there.
    Foci chosen(const Foci& input) {
        for (const Focus& focus : input) {
            if (focus.level == Level::Whole && !focus.link_id.empty())
                analysis_.on_the_way.items.insert({focus.link_id, How::Instances, focus.from});
            if (focus.level == Level::Below) consume({focus}, analysis_.on_the_way);
        }
        return input;
    }

    Foci below(const Foci& input) {
        Foci found;
        for (const Focus& focus : input)
            found.insert({focus.link_id, Level::Below, focus.from});
        return found;
    }

    Foci call(const Op& op, const Foci& self) {
        const Foci input = input_of(op, self);
        const auto is = [&op](auto... functions) { return ((op.function == functions) || ...); };
        if (is(Function::Where)) return filtered(op.arguments[0], input);
        if (is(Function::Select)) return visit(op.arguments[0], input);
        if (is(Function::Repeat)) return repeated(op, input);
        if (is(Function::Children, Function::Descendants)) return below(input);
        if (is(Function::Now, Function::Today, Function::TimeOfDay)) return {};
        if (is(Function::First, Function::Last, Function::Tail, Function::Skip, Function::Take)) {
            consume_argument(op, 0, self);
            return chosen(input);
        }
        if (is(Function::Single, Function::OfType, Function::As, Function::Distinct, Function::Trace,
               Function::GetValue, Function::Answers, Function::Extension))
            return input;
        if (is(Function::Union, Function::Combine)) {
            Foci both = input;
            both.merge(visit(op.arguments[0], self));
            return both;
        }
        if (is(Function::Intersect, Function::Exclude)) {
            consume(input, analysis_.on_the_way);
            consume_argument(op, 0, self);
            return input;
        }
        if (is(Function::Iif)) {
            const Foci& inner = op.input == no_op ? self : input;
            consume_argument(op, 0, inner);
            Foci both = visit(op.arguments[1], inner);
            if (op.arguments.size() > 2) both.merge(visit(op.arguments[2], inner));
            return both;
        }
        // Everything else looks at its input and at its arguments, and gives something new.
        consume(input, analysis_.on_the_way);
        const bool criteria = is(Function::Exists, Function::All, Function::Aggregate);
        for (std::size_t i = 0; i < op.arguments.size(); ++i)
            consume_argument(op, i, criteria ? input : self);
        return {};
    }

    Foci repeated(const Op& op, const Foci& input) {
        Foci all = visit(op.arguments[0], input);
        for (std::size_t before = 0; before != all.size() && all.size() < most_foci;) {
            before = all.size();
            all.merge(visit(op.arguments[0], all));
        }
        return all;
    }

    /// where(…): named linkIds narrow what is below to those items.
    Foci filtered(OpIndex criterion, const Foci& input) {
        std::set<std::string_view> link_ids;
        Foci kept;
        if (!input.empty() && link_ids_in(criterion, link_ids))
            for (const std::string_view link_id : link_ids)
                for (const Focus& focus : input)
                    kept.insert({std::string(link_id), Level::Whole, focus.from});
        else
            kept = input;
        look_at_rest(criterion, kept);
        return kept;
    }

    /// The linkIds to which a criterion limits an item; false when it does not.
    bool link_ids_in(OpIndex index, std::set<std::string_view>& link_ids) const {
        const Op& op = program_.op(index);
        if (op.kind == OpKind::Equal || op.kind == OpKind::In) {
            const bool turned = op.kind == OpKind::Equal && !is_link_id(op.arguments[0]);
            return is_link_id(op.arguments[turned ? 1 : 0]) && literals_in(op.arguments[turned ? 0 : 1], link_ids);
        }
        if (op.kind == OpKind::Or)
            return link_ids_in(op.arguments[0], link_ids) && link_ids_in(op.arguments[1], link_ids);
        if (op.kind != OpKind::And) return false;
        if (link_ids_in(op.arguments[0], link_ids)) return true;
        link_ids.clear();
        return link_ids_in(op.arguments[1], link_ids);
    }
    [[nodiscard]] bool is_link_id(OpIndex index) const {
        const Op& op = program_.op(index);
        return op.kind == OpKind::Member && op.name == "linkId" &&
               (op.input == no_op || program_.op(op.input).kind == OpKind::This);
    }
    bool literals_in(OpIndex index, std::set<std::string_view>& texts) const {
        const Op& op = program_.op(index);
        if (op.kind == OpKind::Union) return literals_in(op.arguments[0], texts) && literals_in(op.arguments[1], texts);
        if (op.kind == OpKind::Call && op.function == Function::Combine && op.input != no_op)
            return literals_in(op.input, texts) && literals_in(op.arguments[0], texts);
        const auto* const text = std::get_if<std::string_view>(&op.literal);
        if (op.kind != OpKind::Literal || text == nullptr) return false;
        texts.insert(*text);
        return true;
    }

    /// What a criterion reads besides linkIds: a linkId is part of the form and does not change.
    void look_at_rest(OpIndex index, const Foci& self) {
        const Op& op = program_.op(index);
        std::set<std::string_view> unused;
        if ((op.kind == OpKind::Equal || op.kind == OpKind::In) && link_ids_in(index, unused)) return;
        if (op.kind == OpKind::And || op.kind == OpKind::Or) {
            look_at_rest(op.arguments[0], self);
            look_at_rest(op.arguments[1], self);
            return;
        }
        consume(visit(index, self), analysis_.on_the_way);
    }

    const Program& program_;
    std::string_view context_;
    std::span<const Analysis* const> variables_;
    Analysis analysis_;
    std::size_t visits_ = 0;
};

} // namespace

void Reads::add(const Reads& other) {
    everything = everything || other.everything;
    items.insert(other.items.begin(), other.items.end());
}

Reads Analysis::reads() const {
    Reads all = on_the_way;
    consume(result, all);
    return all;
}

Analysis analyse(const Expression& expression, std::string_view context, std::span<const Analysis* const> variables) {
    return Analyser(expression.program(), context, variables).run();
}

std::set<std::uint32_t> variables_in(const Expression& expression) {
    std::set<std::uint32_t> found;
    for (const Op& op : expression.program().ops)
        if (op.kind == OpKind::Variable) found.insert(op.slot);
    return found;
}

AskedFor asked_for(const Expression& expression) {
    AskedFor asked;
    for (const Op& op : expression.program().ops) {
        if (op.kind == OpKind::Member && op.name == "contained") asked.contained = true;
        if (const auto* const text = std::get_if<std::string_view>(&op.literal); op.kind == OpKind::Literal && text)
            asked.texts.insert(std::string(*text));
        if (op.kind != OpKind::Call || (op.function != Function::MemberOf && op.function != Function::Expand)) continue;
        const Op& address = expression.program().op(op.arguments[0]);
        const auto* const text = std::get_if<std::string_view>(&address.literal);
        if (address.kind == OpKind::Literal && text != nullptr)
            asked.lists.insert(std::string(*text));
        else
            asked.unknown = true;
    }
    return asked;
}

bool reads_the_clock(const Expression& expression) { return expression.program().reads_the_clock; }

} // namespace forms::fhirpath
