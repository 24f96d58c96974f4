// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/draft_tree.hpp"

#include "forms/base/utf8.hpp"

#include <algorithm>

namespace forms {
namespace {

std::size_t bytes_in(const Value& value) {
    if (const auto* const text = std::get_if<AnswerText>(&value)) return text->size();
    if (const auto* const code = std::get_if<Coding>(&value))
        return code->system.size() + code->code.size() + code->display.size();
    if (const auto* const quantity = std::get_if<Quantity>(&value))
        return quantity->unit.size() + quantity->system.size() + quantity->code.size();
    if (const auto* const file = std::get_if<AttachmentRef>(&value))
        return file->content_type.size() + file->title.size() + file->creation.size() + file->sha1.size() +
               file->url.size();
    return 8;
}

} // namespace

std::size_t bytes_of(const Answer& answer) {
    return answer.typed.size() + (answer.value ? bytes_in(*answer.value) : 0);
}

std::size_t bytes_of(const Computed& computed) {
    std::size_t sum = computed.text.size();
    for (const Computed::Offered& offered : computed.offered)
        sum += sizeof offered + bytes_in(offered.value);
    return sum;
}

std::unique_ptr<Container> Draft::Tree::make_container(const std::vector<ItemIndex>& items, Container* around,
                                                       std::size_t instance) {
    auto container = std::make_unique<Container>(memory, around, static_cast<std::uint32_t>(instance));
    container->slots.reserve(items.size());
    places += items.size();
    for (const ItemIndex index : items) {
        Slot& slot = container->slots.emplace_back(memory);
        if (item(index).is_group())
            slot.instances.push_back(make_container(item(index).children, container.get(), 0));
        else if (item(index).is_question() && !item(index).children.empty())
            // Nested items need a place also while their question has no answer.
            slot.answers.push_back(make_answer(index, *container, 0));
    }
    return container;
}

std::size_t Draft::Tree::places_in(ItemIndex index) const { return item(index).end - index; }

AnswerNode Draft::Tree::make_answer(ItemIndex index, Container& around, std::size_t instance) {
    AnswerNode node(memory);
    if (!item(index).children.empty()) node.nested = make_container(item(index).children, &around, instance);
    return node;
}

Container* Draft::Tree::holder_of(const Path& path) const {
    if (path.item() >= definition->items().size()) return nullptr;
    const auto line = definition->line_of(path.item());
    if (path.depth() != line.size()) return nullptr;
    Container* container = root.get();
    for (std::size_t i = 0;; ++i) {
        const Item& its = item(line[i]);
        const Slot& slot = container->slots[its.position];
        const std::size_t instance = path.instances()[i];
        if (i + 1 == line.size()) return !its.is_group() || instance < slot.instances.size() ? container : nullptr;
        if (its.is_group())
            container = instance < slot.instances.size() ? slot.instances[instance].get() : nullptr;
        else
            container = instance < slot.answers.size() ? slot.answers[instance].nested.get() : nullptr;
        if (container == nullptr) return nullptr;
    }
}

const Slot* Draft::Tree::find(const Path& path) const {
    const Container* const holder = holder_of(path);
    return holder == nullptr ? nullptr : &holder->slots[item(path.item()).position];
}

Slot* Draft::Tree::find(const Path& path) { return const_cast<Slot*>(std::as_const(*this).find(path)); }

Path Draft::Tree::path_in(const Container& holder, ItemIndex index, std::size_t instance) const {
    std::vector<std::uint32_t> instances(holder.depth + 1);
    instances.back() = static_cast<std::uint32_t>(instance);
    for (const Container* at = &holder; at->around != nullptr; at = at->around)
        instances[at->depth - 1] = at->instance;
    return {index, std::move(instances)};
}

bool Draft::Tree::is_enabled(const Path& path) const {
    const Container* holder = holder_of(path);
    if (holder == nullptr) return false;
    for (std::optional<ItemIndex> up = path.item(); up; up = item(*up).parent, holder = holder->around)
        if (!holder->slots[item(*up).position].enabled) return false;
    return true;
}

bool Draft::Tree::has_content(ItemIndex index, const Slot& slot) const {
    const auto& children = item(index).children;
    if (item(index).is_group())
        return std::any_of(slot.instances.begin(), slot.instances.end(),
                           [&](const auto& instance) { return has_content(children, *instance); });
    return std::any_of(slot.answers.begin(), slot.answers.end(), [&](const AnswerNode& node) {
        return !node.answer.empty() || (node.nested && has_content(children, *node.nested));
    });
}

bool Draft::Tree::has_content(const std::vector<ItemIndex>& items, const Container& container) const {
    for (std::size_t i = 0; i < items.size(); ++i)
        if (has_content(items[i], container.slots[i])) return true;
    return false;
}

bool Draft::Tree::is_begun(ItemIndex group, const Slot& slot, std::size_t instance) const {
    const Item& its = item(group);
    if (!its.repeats || instance > 0) return true;
    // The form itself asks for one when the group must be there.
    return slot.instances.size() > 1 || its.required || its.min_occurs > 0 || slot.instances[0]->added ||
           has_content(its.children, *slot.instances[0]);
}

std::size_t Draft::Tree::bytes_below(const Container& container) const {
    std::size_t sum = 0;
    for (const Slot& slot : container.slots) {
        if (slot.computed) sum += bytes_of(*slot.computed);
        for (const AnswerNode& node : slot.answers) {
            sum += bytes_of(node.answer);
            if (node.nested) sum += bytes_below(*node.nested);
        }
        for (const auto& instance : slot.instances)
            sum += bytes_below(*instance);
    }
    return sum;
}

void Draft::Tree::fill_in_initial(ItemIndex index, Container& holder) {
    const Item& its = item(index);
    Slot& slot = holder.slots[its.position];
    const auto add = [&](const Value& value) {
        if (slot.answers.empty() || !slot.answers.back().answer.empty())
            slot.answers.push_back(make_answer(index, holder, slot.answers.size()));
        slot.answers.back().answer.value = copy_of(value, memory);
        bytes += bytes_of(slot.answers.back().answer);
    };
    for (const Value& value : its.initial) {
        // A code from the form's own list is answered as the list writes it, words included.
        const auto option =
            std::find_if(its.options.begin(), its.options.end(), [&](const Option& o) { return same(o.value, value); });
        add(option == its.options.end() ? value : option->value);
    }
    for (const Option& option : its.options)
        if (option.initially_chosen) add(option.value);
    for (const auto& instance : slot.instances)
        fill_in_initial(its.children, *instance);
    for (const AnswerNode& node : slot.answers)
        if (node.nested) fill_in_initial(its.children, *node.nested);
}

void Draft::Tree::fill_in_initial(const std::vector<ItemIndex>& items, Container& container) {
    for (const ItemIndex item : items)
        fill_in_initial(item, container);
}

namespace {

class Walk {
public:
    Walk(const Draft::Tree& tree, const std::function<bool(const Path&, const Slot&)>& visit)
        : tree_(tree), visit_(visit) {}

    void below(const std::vector<ItemIndex>& items, const Container& container, const Path* parent) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Slot& slot = container.slots[i];
            if (!slot.enabled) continue;
            const Item& item = tree_.item(items[i]);
            const Path first = parent != nullptr ? parent->child(items[i]) : Path(items[i], {0});
            if (item.is_group()) {
                for (std::uint32_t k = 0; k < slot.instances.size(); ++k) {
                    const Path here = first.with_instance(k);
                    if (visit_(here, slot)) below(item.children, *slot.instances[k], &here);
                }
                continue;
            }
            if (!visit_(first, slot)) continue;
            for (std::uint32_t k = 0; k < slot.answers.size(); ++k) {
                const Path here = first.with_instance(k);
                if (slot.answers[k].nested) below(item.children, *slot.answers[k].nested, &here);
            }
        }
    }

private:
    const Draft::Tree& tree_;
    const std::function<bool(const Path&, const Slot&)>& visit_;
};

} // namespace

void walk_enabled(const Draft::Tree& tree, const std::function<bool(const Path&, const Slot&)>& visit) {
    Walk(tree, visit).below(tree.definition->top(), *tree.root, nullptr);
}

} // namespace forms
