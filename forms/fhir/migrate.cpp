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
    const Value* value = nullptr;
    std::optional<ItemIndex> to; ///< item of the newer form
};

class Mover {
public:
    Mover(const Draft& old, Draft& fresh, std::string_view language)
        : old_(old), fresh_(fresh), language_(language), before_(old.definition()), after_(fresh.definition()) {}

    std::vector<MigrationLine> run() {
        find_items();
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
        fresh_.settle(); // answers that the newer form works out itself belong to it
        for (MigrationLine& line : report) // only now all conditions have what they look at
            if (line.fate != Fate::Dropped && !fresh_.is_enabled(*after_.path_of(line.new_path)))
                change(line, FormChange::NotShown);
        return report;
    }

private:
    static void change(MigrationLine& line, FormChange what) {
        line.fate = Fate::Converted;
        line.changes.push_back(what);
    }

    static MigrationLine& dropped(MigrationLine& line, DropReason reason) {
        line.fate = Fate::Dropped;
        line.changes.clear();
        line.reason = reason;
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
                if (k < answers.size() && answers[k]->value)
                    journeys_.push_back({here, &*answers[k]->value, items_[index]});
                if (!item.children.empty()) collect(item.children, &here);
            }
        }
    }

    MigrationLine move(const Journey& journey) {
        const Item& old_item = before_.item(journey.from);
        MigrationLine line;
        line.old_path = before_.text_of(journey.from);
        line.question = old_item.text.in(language_);
        line.answer = words_of(old_item, *journey.value, language_, fresh_.memory());
        if (!journey.to) return dropped(line, DropReason::NoSuchQuestion);
        const Item& item = after_.item(*journey.to);
        const Converted converted = convert(old_item, *journey.value, item, fresh_.memory());
        if (!converted.value) return dropped(line, converted.reason);
        const auto place = place_for(journey);
        if (!place) return dropped(line, DropReason::NoRoom);
        const Outcome outcome = fresh_.set(*place, *converted.value, Writer::Program);
        if (outcome == Outcome::NotRepeating || outcome == Outcome::TooMany) return dropped(line, DropReason::NoRoom);
        const Answer* const written = fresh_.answer(*place);
        if (outcome != Outcome::Accepted || written == nullptr || !written->value)
            return dropped(line, DropReason::Refused);
        line.new_path = after_.text_of(*place);
        if (item.link_id != old_item.link_id) change(line, FormChange::Renamed);
        if (item.type != old_item.type) change(line, FormChange::OtherType);
        if (converted.other_words) change(line, FormChange::OtherWords);
        if (has_moved(journey.from.item(), *journey.to)) change(line, FormChange::Moved);
        if (item.repeats && !old_item.repeats) change(line, FormChange::NowRepeats);
        if (!item.repeats && old_item.repeats) change(line, FormChange::NoLongerRepeats);
        return line;
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
            if (index == *journey.to) return next_answer(first);
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
    [[nodiscard]] std::optional<Path> next_answer(const Path& first) const {
        std::uint32_t k = 0;
        for (const Answer* answer = fresh_.answer(first); answer != nullptr && answer->value;)
            answer = fresh_.answer(first.with_instance(++k));
        if (k > 0 && !after_.item(first).repeats) return std::nullopt;
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

Result<Migration, ParkedFlaw> migrate(const ParkedDraft& parked, std::shared_ptr<const Definition> newer,
                                      std::pmr::memory_resource* memory, const LoadOptions& options) {
    auto old = unpark(parked, memory, options);
    if (!old.ok()) return old.error();
    Migration migration{Draft(std::move(newer), memory, Start::Empty), {}};
    migration.report = Mover(old.value().draft, migration.draft, parked.language).run();
    return migration;
}

} // namespace forms
