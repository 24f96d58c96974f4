// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/draft.hpp"

#include "forms/base/utf8.hpp"
#include "forms/engine/draft_tree.hpp"

#include <algorithm>

namespace forms {
namespace {

bool is_option(const Item& item, const Slot& slot, const Value& value) {
    return find_offer(item, slot, value).value != nullptr;
}

/// Whether a value is an answer of the item's type at all.
bool has_type_of(const Item& item, const Slot& slot, const Value& value) {
    switch (item.type) { // no default: the compiler names the one we forgot
    case ItemType::Group:
    case ItemType::Display:
        return false;
    case ItemType::Boolean:
        return std::holds_alternative<bool>(value);
    case ItemType::Decimal:
        return std::holds_alternative<Decimal>(value);
    case ItemType::Integer:
        return std::holds_alternative<std::int32_t>(value);
    case ItemType::Date:
        return std::holds_alternative<PartialDate>(value);
    case ItemType::DateTime:
        return std::holds_alternative<PartialDateTime>(value);
    case ItemType::Time:
        return std::holds_alternative<TimeOfDay>(value);
    case ItemType::String:
    case ItemType::Text:
    case ItemType::Url:
        return std::holds_alternative<AnswerText>(value);
    case ItemType::Choice:
        if (!item.offered_by.empty()) return may_be_offered(value); // stored when something else was offered
        return std::holds_alternative<Coding>(value) || is_option(item, slot, value);
    case ItemType::OpenChoice:
        if (!item.offered_by.empty()) return may_be_offered(value);
        return std::holds_alternative<Coding>(value) || std::holds_alternative<AnswerText>(value) ||
               is_option(item, slot, value);
    case ItemType::Attachment:
        return std::holds_alternative<AttachmentRef>(value);
    case ItemType::Quantity:
        return std::holds_alternative<Quantity>(value);
    }
    return false;
}

bool is_free_text(const Item& item, const Value& value) {
    return item.type == ItemType::OpenChoice && std::holds_alternative<AnswerText>(value);
}

bool has_too_long_text(const Value& value) {
    const auto* const text = std::get_if<AnswerText>(&value);
    return text != nullptr && text->size() > Draft::Tree::most_text_bytes;
}

/// Texts of an answer follow the same rule as texts of a form: nothing invisible gets in.
Value cleaned(const Value& value, std::pmr::memory_resource* memory) {
    if (const auto* const text = std::get_if<AnswerText>(&value)) return shown_text(*text, memory);
    return copy_of(value, memory);
}

void add_attachments(const Container& container, std::size_t& count, std::int64_t& bytes) {
    for (const Slot& slot : container.slots) {
        for (const AnswerNode& node : slot.answers) {
            if (node.answer.value)
                if (const auto* const file = std::get_if<AttachmentRef>(&*node.answer.value))
                    ++count, bytes += file->size;
            if (node.nested) add_attachments(*node.nested, count, bytes);
        }
        for (const auto& instance : slot.instances)
            add_attachments(*instance, count, bytes);
    }
}

} // namespace

Draft::Draft(std::shared_ptr<const Definition> definition, std::pmr::memory_resource* memory, Start start,
             Setting setting)
    : tree_(std::make_unique<Tree>(std::move(definition), memory)) {
    tree_->setting = std::move(setting);
    tree_->root = tree_->make_container(tree_->definition->top(), nullptr, 0);
    if (start == Start::WithInitial) {
        tree_->fill_in_initial(tree_->definition->top(), *tree_->root);
        tree_->compute_initial(0, static_cast<ItemIndex>(tree_->definition->items().size()), *tree_->root);
    }
    tree_->decide_all();
}

Draft::~Draft() = default;
Draft::Draft(Draft&&) noexcept = default;
Draft& Draft::operator=(Draft&&) noexcept = default;

const Definition& Draft::definition() const { return *tree_->definition; }
const std::shared_ptr<const Definition>& Draft::shared_definition() const { return tree_->definition; }
std::pmr::memory_resource* Draft::memory() const { return tree_->memory; }
std::uint64_t Draft::revision() const { return tree_->revision; }
std::uint64_t Draft::shape() const { return tree_->shape; }
const std::vector<FormulaTrouble>& Draft::troubles() const { return tree_->troubles; }
void Draft::settle() { tree_->settle(); }

bool Draft::is_kept(const Path& question) const {
    const Slot* const slot = tree_->find(question);
    return slot != nullptr && slot->kept;
}

void Draft::give_back(const Path& question) {
    Container* const holder = tree_->holder_of(question);
    if (holder == nullptr) return;
    Slot& slot = holder->slots[tree_->item(question.item()).position];
    const bool empty = std::all_of(slot.answers.begin(), slot.answers.end(),
                                   [](const AnswerNode& node) { return node.answer.empty(); });
    if (!slot.kept || !empty) return;
    slot.kept = false;
    ++tree_->revision;
    tree_->answer_changed(*holder, question.item(), 0);
}

namespace {

/// The answer that a path names, made when it is the next one of a repeating question.
struct Target {
    Container* holder = nullptr;
    AnswerNode* node = nullptr;
    bool is_new = false;
    Outcome refusal = Outcome::Accepted;
};

Target answer_to_write(Draft::Tree& tree, const Path& question, Writer writer) {
    Container* const holder = tree.holder_of(question);
    if (holder == nullptr) return {.refusal = Outcome::NotAnItem};
    const Item& item = tree.item(question.item());
    if (!item.is_question()) return {.refusal = Outcome::NotAQuestion};
    Slot& slot = holder->slots[item.position];
    const std::size_t instance = question.instance();
    if (instance < slot.answers.size()) return {holder, &slot.answers[instance]};
    if (instance > slot.answers.size()) return {.refusal = Outcome::NotAnItem};
    if (instance > 0 && !item.repeats) return {.refusal = Outcome::NotRepeating};
    if (instance >= Draft::Tree::most_repeats ||
        tree.places + tree.places_in(question.item()) > Draft::Tree::most_places)
        return {.refusal = Outcome::TooMany};
    slot.answers.push_back(tree.make_answer(question.item(), *holder, instance));
    AnswerNode& node = slot.answers.back();
    // A person's new answer begins with what the form says about the questions below it; a stored one has its own.
    if (node.nested && writer == Writer::Person) {
        tree.fill_in_initial(item.children, *node.nested);
        tree.compute_initial(question.item() + 1, item.end, *node.nested);
    }
    return {holder, &node, true};
}

void write(Draft::Tree& tree, const Path& question, const Target& target, Answer answer, Writer writer,
           bool typed = false) {
    const Item& item = tree.item(question.item());
    if (!item.calculated_by.empty()) // whoever may write here puts an answer in place of the calculated one
        target.holder->slots[item.position].kept =
            (typed || !answer.empty()) && (writer == Writer::Person || !item.read_only);
    if (target.is_new || target.node->answer.empty() != answer.empty()) ++tree.shape;
    // Walking through a page types its texts once more: what says the same still comes from where it came.
    if (answer.value && target.node->answer.value && *answer.value == *target.node->answer.value)
        answer.origin = target.node->answer.origin;
    target.node->answer = std::move(answer);
    ++tree.revision;
    if (target.is_new && target.node->nested)
        tree.instances_changed(*target.holder, question.item(), target.node->nested.get());
    else
        tree.answer_changed(*target.holder, question.item(), question.instance());
}

} // namespace

Outcome Draft::set(const Path& question, const Value& value, Writer writer) {
    const Slot* const slot = tree_->find(question);
    if (slot == nullptr) return Outcome::NotAnItem;
    const Item& item = tree_->item(question.item());
    if (!item.is_question()) return Outcome::NotAQuestion;
    if (item.read_only && writer == Writer::Person) return Outcome::ReadOnly;
    if (item.type == ItemType::Decimal && std::holds_alternative<std::int32_t>(value))
        return set(question, Decimal(std::get<std::int32_t>(value)), writer);
    if (!has_type_of(item, *slot, value)) return Outcome::WrongType;
    if (item.has_options() && !is_option(item, *slot, value) && !is_free_text(item, value) && writer == Writer::Person)
        return Outcome::NotAllowedOption;
    if (has_too_long_text(value)) return Outcome::TooLong;
    if (const auto* const file = std::get_if<AttachmentRef>(&value)) {
        std::size_t count = 0;
        std::int64_t bytes = 0;
        add_attachments(*tree_->root, count, bytes);
        if (const Answer* const old = answer(question); old != nullptr && old->value) {
            --count;
            bytes -= std::get<AttachmentRef>(*old->value).size;
        }
        if (file->size < 0 || file->size > Tree::most_attachment_bytes ||
            bytes + file->size > Tree::most_bytes_of_attachments)
            return Outcome::TooLong;
        if (count >= Tree::most_attachments) return Outcome::TooMany;
    }
    Answer fresh{cleaned(value, tree_->memory), AnswerText(tree_->memory)};
    if (const auto* const text = std::get_if<AnswerText>(&*fresh.value); text != nullptr && text->empty()) {
        if (question.instance() >= slot->answers.size()) return Outcome::Accepted;
        fresh.value.reset();
    }
    const Answer* const old = answer(question);
    const std::size_t less = old != nullptr ? bytes_of(*old) : 0;
    const std::size_t more = bytes_of(fresh);
    if (tree_->bytes - less + more > Tree::most_bytes) return Outcome::TooLong;
    const Target target = answer_to_write(*tree_, question, writer);
    if (target.node == nullptr) return target.refusal;
    tree_->bytes = tree_->bytes - less + more;
    write(*tree_, question, target, std::move(fresh), writer);
    return Outcome::Accepted;
}

void Draft::note_origin(const Path& place, Origin origin) {
    Slot* const slot = tree_->find(place);
    if (slot == nullptr || place.instance() >= slot->answers.size()) return;
    Answer& answer = slot->answers[place.instance()].answer;
    if (!answer.value || answer.origin == origin) return;
    answer.origin = origin;
    ++tree_->revision;
}

Outcome Draft::begin_answer(const Path& question) {
    const Slot* const slot = tree_->find(question);
    if (slot == nullptr) return Outcome::NotAnItem;
    if (!tree_->item(question.item()).is_question()) return Outcome::NotAQuestion;
    if (question.instance() < slot->answers.size()) return Outcome::Accepted;
    const Target target = answer_to_write(*tree_, question, Writer::Program);
    if (target.node == nullptr) return target.refusal;
    write(*tree_, question, target, Answer{std::nullopt, AnswerText(tree_->memory)}, Writer::Program);
    return Outcome::Accepted;
}

Outcome Draft::type(const Path& question, std::string_view text) {
    const Slot* const slot = tree_->find(question);
    if (slot == nullptr) return Outcome::NotAnItem;
    const Item& item = tree_->item(question.item());
    if (!item.is_question()) return Outcome::NotAQuestion;
    if (item.read_only) return Outcome::ReadOnly;
    if (text.size() > Tree::most_text_bytes) return Outcome::TooLong;
    if (text.empty() && question.instance() >= slot->answers.size()) return Outcome::Accepted;
    Answer fresh{read_typed(item, text, tree_->memory), AnswerText(text, tree_->memory)};
    if (fresh.value && item.has_options() && !is_option(item, *slot, *fresh.value) && !is_free_text(item, *fresh.value))
        fresh.value.reset();
    const Answer* const old = answer(question);
    const std::size_t less = old != nullptr ? bytes_of(*old) : 0;
    const std::size_t more = bytes_of(fresh);
    if (tree_->bytes - less + more > Tree::most_bytes) return Outcome::TooLong;
    const Target target = answer_to_write(*tree_, question, Writer::Person);
    if (target.node == nullptr) return target.refusal;
    const bool is_value = fresh.value.has_value() || trimmed(text).empty();
    tree_->bytes = tree_->bytes - less + more;
    write(*tree_, question, target, std::move(fresh), Writer::Person, true);
    return is_value ? Outcome::Accepted : Outcome::NotYetAValue;
}

Outcome Draft::choose(const Path& question, std::size_t option, bool chosen) {
    const Slot* const slot = tree_->find(question);
    if (slot == nullptr) return Outcome::NotAnItem;
    const Item& item = tree_->item(question.item());
    if (!item.is_question()) return Outcome::NotAQuestion;
    if (item.read_only) return Outcome::ReadOnly;
    if (option >= count_offers(item, *slot)) return Outcome::NotAllowedOption;
    const Offer wanted = offer_at(item, *slot, option);
    const Value value = copy_of(*wanted.value, tree_->memory); // taking others away may offer something else
    const bool exclusive = wanted.option != nullptr && wanted.option->exclusive;
    const auto clear_where = [&](auto&& matches) {
        for (std::size_t k = slot->answers.size(); k-- > 0;)
            if (k < slot->answers.size() && slot->answers[k].answer.value && matches(*slot->answers[k].answer.value))
                (void)clear(question.with_instance(static_cast<std::uint32_t>(k)));
    };
    if (!chosen) {
        clear_where([&](const Value& other) { return same(other, value); });
        return Outcome::Accepted;
    }
    if (is_chosen(question, option)) return Outcome::Accepted;
    if (!item.repeats) return set(question.with_instance(0), value);
    clear_where([&](const Value& other) {
        const Offer offer = find_offer(item, *slot, other);
        return exclusive || (offer.option != nullptr && offer.option->exclusive);
    });
    std::uint32_t place = 0;
    while (place < slot->answers.size() && !slot->answers[place].answer.empty())
        ++place;
    return set(question.with_instance(place), value);
}

Outcome Draft::clear(const Path& path) {
    Container* const holder = tree_->holder_of(path);
    if (holder == nullptr) return Outcome::NotAnItem;
    const Item& item = tree_->item(path.item());
    if (!item.is_question()) return Outcome::NotAQuestion;
    if (item.read_only) return Outcome::ReadOnly;
    auto& answers = holder->slots[item.position].answers;
    const std::size_t k = path.instance();
    if (k >= answers.size()) return k == 0 ? Outcome::Accepted : Outcome::NotAnItem;
    holder->slots[item.position].kept = !item.calculated_by.empty() && answers.size() > 1;
    AnswerNode& node = answers[k];
    tree_->bytes -= bytes_of(node.answer);
    ++tree_->revision;
    ++tree_->shape;
    if (answers.size() == 1 && node.nested) {
        node.answer = Answer{std::nullopt, AnswerText(tree_->memory)}; // what stands below it is kept
        tree_->answer_changed(*holder, path.item(), k);
        return Outcome::Accepted;
    }
    if (node.nested) tree_->bytes -= tree_->bytes_below(*node.nested);
    if (node.nested) tree_->places -= tree_->places_in(path.item()) - 1;
    answers.erase(answers.begin() + static_cast<std::ptrdiff_t>(k));
    for (std::size_t i = k; i < answers.size(); ++i)
        if (answers[i].nested) answers[i].nested->instance = static_cast<std::uint32_t>(i);
    tree_->instances_changed(*holder, path.item(), nullptr);
    if (!item.calculated_by.empty()) tree_->answer_changed(*holder, path.item(), k);
    return Outcome::Accepted;
}

Outcome Draft::clear_all(const Path& question) {
    const Slot* const slot = tree_->find(question);
    if (slot == nullptr) return Outcome::NotAnItem;
    Outcome outcome = clear(question.with_instance(0));
    while (outcome == Outcome::Accepted && !slot->answers.empty() &&
           !(slot->answers.size() == 1 && slot->answers[0].answer.empty()))
        outcome = clear(question.with_instance(0));
    return outcome;
}

std::vector<const Answer*> Draft::answers(const Path& question) const {
    std::vector<const Answer*> all;
    const Slot* const slot = tree_->find(question);
    if (slot == nullptr || !tree_->item(question.item()).is_question()) return all;
    if (slot->answers.size() == 1 && slot->answers[0].answer.empty()) return all;
    for (const AnswerNode& node : slot->answers)
        all.push_back(&node.answer);
    return all;
}

const Answer* Draft::answer(const Path& question) const {
    const Slot* const slot = tree_->find(question);
    if (slot == nullptr || question.instance() >= slot->answers.size()) return nullptr;
    return &slot->answers[question.instance()].answer;
}

bool Draft::is_chosen(const Path& question, std::size_t option) const {
    const Slot* const slot = tree_->find(question);
    if (slot == nullptr || option >= count_offers(tree_->item(question.item()), *slot)) return false;
    const Value& wanted = *offer_at(tree_->item(question.item()), *slot, option).value;
    return std::any_of(slot->answers.begin(), slot->answers.end(),
                       [&](const AnswerNode& node) { return node.answer.value && same(*node.answer.value, wanted); });
}

bool Draft::exists(const Path& path) const { return tree_->find(path) != nullptr; }

bool Draft::is_enabled(const Path& path) const { return tree_->is_enabled(path); }

std::vector<Path> Draft::enabled() const {
    std::vector<Path> all;
    walk_enabled(*tree_, [&](const Path& path, const Slot&) {
        all.push_back(path);
        return true;
    });
    return all;
}

bool Draft::has_content(const Path& path) const {
    const Slot* const slot = tree_->find(path);
    if (slot == nullptr) return false;
    const Item& item = tree_->item(path.item());
    if (item.is_group()) return tree_->has_content(item.children, *slot->instances[path.instance()]);
    return tree_->has_content(path.item(), *slot);
}

} // namespace forms
