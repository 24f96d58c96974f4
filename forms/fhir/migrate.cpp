// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/migrate.hpp"

#include "forms/fhir/migrate_value.hpp"

#include <algorithm>
#include <map>

namespace forms {
namespace {

/// An answer of the old draft, with where it goes.
struct Journey {
    Path from;
    const Answer* answer = nullptr; ///< not empty
    std::optional<ItemIndex> to;    ///< item of the newer form
    bool worked_out = false;        ///< by the form, and by the newer one as well
};

class Mover {
public:
    Mover(const Draft& old, Draft& fresh, std::string_view language)
        : old_(old), fresh_(fresh), language_(language), before_(old.definition()), after_(fresh.definition()) {}

    std::vector<MigrationLine> run() {
        find_items();
        make_room(after_.top(), nullptr);
        collect(before_.top(), nullptr);
        std::vector<MigrationLine> report(journeys_.size());
        std::vector<std::size_t> order(journeys_.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        // In the order of the newer form, so that an answer is there before what stands below it.
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return journeys_[a].to.value_or(0) < journeys_[b].to.value_or(0);
        });
        for (const std::size_t i : order)
            report[i] = move(journeys_[i]);
        fresh_.settle();                                  // answers that the newer form works out itself belong to it
        for (std::size_t i = 0; i < report.size(); ++i) { // only now all conditions have what they look at
            if (report[i].fate == Fate::Dropped) continue;
            const Path place = *after_.path_of(report[i].new_path);
            if (journeys_[i].worked_out && !is_same(journeys_[i], fresh_.answer(place)))
                change(report[i], FormChange::WorkedOut);
            if (!fresh_.is_enabled(place)) change(report[i], FormChange::NotShown);
        }
        return report;
    }

private:
    [[nodiscard]] static bool is_same(const Journey& journey, const Answer* now) {
        return now != nullptr && now->value && same(*now->value, *journey.answer->value);
    }

    static void change(MigrationLine& line, FormChange what) {
        line.fate = Fate::Converted;
        line.changes.push_back(what);
    }

    static MigrationLine& dropped(MigrationLine& line, DropReason reason) {
        line.fate = Fate::Dropped;
        line.changes.clear();
        line.reason = reason;
        line.new_path.clear();
        return line;
    }

    /// The item of the same name; else, where both have a code that no other item has, the one with that code.
    void find_items() {
        std::map<std::pair<std::string, std::string>, std::vector<ItemIndex>> by_code, old_by_code;
        const auto list = [](const Definition& definition, auto& codes) {
            for (ItemIndex i = 0; i < definition.items().size(); ++i)
                for (const Coding& code : definition.item(i).codes)
                    codes[{std::string(code.system), std::string(code.code)}].push_back(i);
        };
        list(after_, by_code);
        list(before_, old_by_code);
        items_.resize(before_.items().size());
        for (ItemIndex i = 0; i < items_.size(); ++i)
            if (const auto found = after_.find(before_.item(i).link_id); found && fits(i, *found)) items_[i] = found;
        for (const auto& [code, olds] : old_by_code) {
            const auto found = by_code.find(code);
            if (olds.size() != 1 || items_[olds[0]] || found == by_code.end() || found->second.size() != 1) continue;
            const ItemIndex target = found->second[0];
            const bool is_taken = std::find(items_.begin(), items_.end(), std::optional(target)) != items_.end();
            if (!is_taken && fits(olds[0], target)) items_[olds[0]] = target;
        }
    }

    /// First answers of questions that the older form had too.
    void make_room(const std::vector<ItemIndex>& items, const Path* parent) {
        for (const ItemIndex index : items) {
            const Item& item = after_.item(index);
            const Path here = parent != nullptr ? parent->child(index) : Path(index, {0});
            const bool was_there = std::find(items_.begin(), items_.end(), std::optional(index)) != items_.end();
            if (item.is_question() && was_there) fresh_.clear_all(here);
            make_room(item.children, &here);
        }
    }

    [[nodiscard]] bool fits(ItemIndex old, ItemIndex fresh) const {
        return before_.item(old).is_group() == after_.item(fresh).is_group() &&
               before_.item(old).is_question() == after_.item(fresh).is_question();
    }

    void collect(const std::vector<ItemIndex>& items, const Path* parent) {
        for (const ItemIndex index : items) {
            const Item& item = before_.item(index);
            const Path first = parent != nullptr ? parent->child(index) : Path(index, {0});
            if (item.is_group()) {
                for (std::uint32_t k = 0; k < old_.instances(first); ++k) {
                    const Path here = first.with_instance(k);
                    collect(item.children, &here);
                }
                continue;
            }
            const auto answers = old_.answers(first);
            for (std::uint32_t k = 0; k < std::max<std::size_t>(answers.size(), item.children.empty() ? 0 : 1); ++k) {
                const Path here = first.with_instance(k);
                if (k < answers.size() && !answers[k]->empty()) {
                    const bool is_programs = !item.calculated_by.empty() && !old_.is_kept(first) && answers[k]->value;
                    journeys_.push_back(
                        {here, answers[k], items_[index],
                         is_programs && items_[index] && !after_.item(*items_[index]).calculated_by.empty()});
                }
                if (!item.children.empty()) collect(item.children, &here);
            }
        }
    }

    MigrationLine move(const Journey& journey) {
        const Item& old_item = before_.item(journey.from);
        MigrationLine line;
        line.old_path = before_.text_of(journey.from);
        line.question = old_item.text.in(language_);
        const Answer& answer = *journey.answer;
        line.answer = answer.value ? words_of(old_item, *answer.value, language_, fresh_.memory())
                                   : AnswerText(answer.typed, fresh_.memory());
        if (!journey.to) return dropped(line, DropReason::NoSuchQuestion);
        const Item& item = after_.item(*journey.to);
        Converted converted;
        if (answer.value) {
            converted = convert(old_item, *answer.value, item, fresh_.memory());
            if (!converted.value) return dropped(line, converted.reason);
        }
        const auto place = place_for(journey);
        if (!place) return dropped(line, DropReason::NoRoom);
        line.new_path = after_.text_of(*place);
        if (!journey.worked_out) {
            const Outcome outcome = answer.value ? fresh_.set(*place, *converted.value, Writer::Program)
                                                 : fresh_.type(*place, answer.typed);
            if (const auto reason = reason_against(outcome, fresh_.answer(*place))) return dropped(line, *reason);
        }
        if (item.link_id != old_item.link_id) change(line, FormChange::Renamed);
        if (item.type != old_item.type) change(line, FormChange::OtherType);
        if (converted.other_words) change(line, FormChange::OtherWords);
        if (has_moved(journey.from.item(), *journey.to)) change(line, FormChange::Moved);
        if (item.repeats && !old_item.repeats) change(line, FormChange::NowRepeats);
        if (!item.repeats && old_item.repeats) change(line, FormChange::NoLongerRepeats);
        return line;
    }

    /// None when the answer is there now, or the half-typed text.
    [[nodiscard]] static std::optional<DropReason> reason_against(Outcome outcome, const Answer* written) {
        if (outcome == Outcome::NotRepeating || outcome == Outcome::TooMany) return DropReason::NoRoom;
        const bool is_taken = outcome == Outcome::Accepted || outcome == Outcome::NotYetAValue;
        if (!is_taken || written == nullptr || written->empty()) return DropReason::Refused;
        return std::nullopt;
    }

    [[nodiscard]] bool has_moved(ItemIndex old, ItemIndex fresh) const {
        const auto& from = before_.item(old).parent;
        const auto& to = after_.item(fresh).parent;
        if (!from || !to) return from.has_value() != to.has_value();
        return items_[*from] != to;
    }

    /// Where the answer goes: in the instances that stand for the old ones, in the first of what is new around it.
    /// Instances that are missing are added. None when that place repeats no longer or is taken.
    std::optional<Path> place_for(const Journey& journey) {
        const auto old_line = before_.line_of(journey.from.item());
        const auto line = after_.line_of(*journey.to);
        std::optional<Path> place;
        for (const ItemIndex index : line) {
            const Path first = place ? place->child(index) : Path(index, {0});
            if (index == *journey.to) return next_answer(first, journey.from.instance());
            const auto instance = instance_of(journey.from, old_line, index);
            const auto here = enter(first, instance);
            if (!here) return std::nullopt;
            place = here;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::uint32_t instance_of(const Path& from, std::span<const ItemIndex> old_line,
                                            ItemIndex fresh) const {
        for (std::size_t depth = 0; depth < old_line.size(); ++depth)
            if (items_[old_line[depth]] == fresh) return from.instances()[depth];
        return 0;
    }

    std::optional<Path> enter(const Path& first, std::uint32_t instance) {
        const Item& item = after_.item(first);
        if (instance > 0 && !item.repeats) return std::nullopt;
        if (!item.is_group()) { // below an answer: as many lines as the old one had
            for (std::uint32_t k = 0; k <= instance; ++k)
                if (fresh_.begin_answer(first.with_instance(k)) != Outcome::Accepted) return std::nullopt;
            return first.with_instance(instance);
        }
        while (fresh_.instances(first) <= instance) {
            // The first call only begins the instance that is there.
            if (!fresh_.add_instance(first, Start::Empty).ok()) return std::nullopt;
        }
        return first.with_instance(instance);
    }

    /// The first line that has no answer.
    [[nodiscard]] std::optional<Path> next_answer(const Path& first, std::uint32_t old_instance) const {
        const Item& item = after_.item(first);
        if (!item.calculated_by.empty()) // what the form has worked out there gives way
            return first.with_instance(item.repeats ? old_instance : 0);
        std::uint32_t k = 0;
        for (const Answer* answer = fresh_.answer(first); answer != nullptr && !answer->empty();)
            answer = fresh_.answer(first.with_instance(++k));
        if (k > 0 && !item.repeats) return std::nullopt;
        return first.with_instance(k);
    }

    const Draft& old_;
    Draft& fresh_;
    std::string language_;
    const Definition& before_;
    const Definition& after_;
    std::vector<std::optional<ItemIndex>> items_; ///< by old item: the one that stands for it
    std::vector<Journey> journeys_;
};

} // namespace

std::vector<MigrationLine> move_answers(const Draft& from, Draft& into, std::string_view language) {
    return Mover(from, into, language).run();
}

Result<Migration, ParkedFlaw> migrate(const ParkedDraft& parked, std::shared_ptr<const Definition> newer,
                                      std::pmr::memory_resource* memory, const LoadOptions& options) {
    auto old = unpark(parked, memory, options);
    if (!old.ok()) return old.error();
    Migration migration{Draft(std::move(newer), memory, Start::Empty), {}};
    migration.report = move_answers(old.value().draft, migration.draft, parked.language);
    return migration;
}

} // namespace forms
