// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/json_value.hpp"
#include "forms/fhir/response.hpp"

#include <algorithm>

namespace forms {
namespace {

using Node = JsonDocument::Node;

constexpr std::size_t most_bytes = 8u << 20;
constexpr std::size_t most_issues = 500;

class ResponseReader {
public:
    ResponseReader(const JsonDocument& json, Draft& draft, std::vector<ResponseIssue>& issues)
        : json_(json), draft_(draft), issues_(issues) {}

    void read_items(Node object, const Path* parent) {
        const Node list = json_.member(object, "item");
        if (list == JsonDocument::none) return;
        if (json_.kind(list) != JsonKind::Array) return add(list, ResponseReason::BadValue);
        // How often each group has come in this place: its instances are told apart by their order.
        std::vector<std::pair<ItemIndex, std::uint32_t>> seen;
        for (Node item = json_.first(list); item != JsonDocument::none; item = json_.next(item))
            read_item(item, parent, seen);
    }

private:
    void add(Node node, ResponseReason reason, std::string_view link_id = {}) {
        if (issues_.size() < most_issues) issues_.push_back({json_.pointer(node), reason, std::string(link_id)});
    }

    void read_item(Node node, const Path* parent, std::vector<std::pair<ItemIndex, std::uint32_t>>& seen) {
        const Node link_node = json_.member(node, "linkId");
        if (link_node == JsonDocument::none || json_.kind(link_node) != JsonKind::String)
            return add(node, ResponseReason::BadValue);
        const auto index = draft_.definition().find(json_.text(link_node));
        if (!index) return add(node, ResponseReason::UnknownItem);
        const Item& item = draft_.definition().item(*index);
        const bool fits = parent == nullptr ? !item.parent : item.parent == parent->item();
        if (!fits) return add(node, ResponseReason::WrongPlace, item.link_id);
        if (json_.member(node, "modifierExtension") != JsonDocument::none)
            return add(json_.member(node, "modifierExtension"), ResponseReason::NotSupported, item.link_id);
        const Path path = parent == nullptr ? Path(*index, {0}) : parent->child(*index);
        if (item.is_group()) return read_group(node, path, seen);
        if (item.is_question()) return read_question(node, item, path, seen);
    }

    void read_group(Node node, const Path& path, std::vector<std::pair<ItemIndex, std::uint32_t>>& seen) {
        const std::uint32_t instance = count(path.item(), seen);
        if (json_.member(node, "answer") != JsonDocument::none)
            add(json_.member(node, "answer"), ResponseReason::NotSupported, link_id(path));
        // Of a group that repeats, the first is there already, and counts as begun where something is calculated in it;
        // of one that does not, a second is a mistake.
        if (instance > 0 || (draft_.definition().item(path).repeats && draft_.begun_instances(path) == 0)) {
            const auto added = draft_.add_instance(path, Start::Empty);
            if (!added.ok() || added.value().instance() != instance)
                return add(node, ResponseReason::TooMany, link_id(path));
        }
        const Path here = path.with_instance(instance);
        read_items(node, &here);
    }

    void read_question(Node node, const Item& item, const Path& path,
                       std::vector<std::pair<ItemIndex, std::uint32_t>>& seen) {
        if (count(path.item(), seen) > 0) return add(node, ResponseReason::TooMany, item.link_id);
        if (json_.member(node, "item") != JsonDocument::none)
            add(json_.member(node, "item"), ResponseReason::WrongPlace, item.link_id);
        const Node list = json_.member(node, "answer");
        if (list == JsonDocument::none) return;
        if (json_.kind(list) != JsonKind::Array) return add(list, ResponseReason::BadValue, item.link_id);
        std::uint32_t place = 0;
        for (Node answer = json_.first(list); answer != JsonDocument::none; answer = json_.next(answer)) {
            const Path here = path.with_instance(place);
            if (read_answer(answer, item, here)) ++place;
        }
    }

    /// Whether the place was used.
    bool read_answer(Node node, const Item& item, const Path& path) {
        std::string_view type;
        const Node member = typed_member(json_, node, "value", type);
        bool used = false;
        if (member != JsonDocument::none) {
            auto value = value_from(json_, member, type, draft_.memory());
            if (!value) {
                add(member, ResponseReason::BadValue, item.link_id);
                return false;
            }
            if ((type == "Reference") != item.reference) {
                add(member, ResponseReason::WrongType, item.link_id);
                return false;
            }
            if (auto* const file = std::get_if<AttachmentRef>(&*value)) file->index = attachments_++;
            const Outcome outcome = draft_.set(path, *value, Writer::Program);
            if (outcome != Outcome::Accepted) {
                add(member, reason_of(outcome), item.link_id);
                return false;
            }
            used = true;
            read_origin(node, path);
        }
        if (json_.member(node, "item") != JsonDocument::none) {
            // An answer may have nothing but what is nested in it (R4 `answer.value[x]` is 0..1).
            if (draft_.begin_answer(path) == Outcome::Accepted) {
                read_items(node, &path);
                used = true;
            } else {
                add(json_.member(node, "item"), ResponseReason::WrongPlace, item.link_id);
            }
        }
        if (member == JsonDocument::none && !used) add(node, ResponseReason::BadValue, item.link_id);
        return used;
    }

    /// What we wrote ourselves, whatever base it was written under; anything else is left aside.
    void read_origin(Node answer, const Path& path) {
        for (Node extension = list_of(answer); extension != JsonDocument::none; extension = json_.next(extension)) {
            if (!text_of(extension, "url").ends_with(origin_extension)) continue;
            Origin origin;
            for (Node part = list_of(extension); part != JsonDocument::none; part = json_.next(part)) {
                if (text_of(part, "url") == "source")
                    origin.source = origin_source(text_of(part, "valueCode")).value_or(Origin::Source::Person);
                const Node flag = json_.member(part, "valueBoolean");
                if (text_of(part, "url") == "checked" && flag != JsonDocument::none)
                    origin.checked = json_.kind(flag) == JsonKind::True;
            }
            draft_.note_origin(path, origin);
        }
    }
    [[nodiscard]] Node list_of(Node object) const {
        const Node list = json_.member(object, "extension");
        if (list == JsonDocument::none || json_.kind(list) != JsonKind::Array) return JsonDocument::none;
        return json_.first(list);
    }
    [[nodiscard]] std::string_view text_of(Node object, std::string_view key) const {
        const Node member = json_.member(object, key);
        return member != JsonDocument::none && json_.kind(member) == JsonKind::String ? json_.text(member)
                                                                                     : std::string_view{};
    }

    static ResponseReason reason_of(Outcome outcome) {
        switch (outcome) { // no default: the compiler names the one we forgot
        case Outcome::NotRepeating:
        case Outcome::TooMany:
            return ResponseReason::TooMany;
        case Outcome::TooLong:
            return ResponseReason::TooBig;
        case Outcome::NotAllowedOption:
            return ResponseReason::NotAnOption;
        case Outcome::WrongType:
        case Outcome::NotAQuestion:
            return ResponseReason::WrongType;
        case Outcome::Accepted:
        case Outcome::NotYetAValue:
        case Outcome::NotAnItem:
        case Outcome::ReadOnly:
        case Outcome::TooFew:
            break;
        }
        return ResponseReason::WrongPlace;
    }

    [[nodiscard]] const std::string& link_id(const Path& path) const { return draft_.definition().item(path).link_id; }

    static std::uint32_t count(ItemIndex item, std::vector<std::pair<ItemIndex, std::uint32_t>>& seen) {
        const auto found =
            std::find_if(seen.begin(), seen.end(), [&](const auto& entry) { return entry.first == item; });
        if (found == seen.end()) {
            seen.emplace_back(item, 0);
            return 0;
        }
        return ++found->second;
    }

    const JsonDocument& json_;
    Draft& draft_;
    std::vector<ResponseIssue>& issues_;
    int attachments_ = 0;
};

std::string_view text_or_nothing(const JsonDocument& json, Node object, std::string_view key) {
    const Node member = json.member(object, key);
    return member != JsonDocument::none && json.kind(member) == JsonKind::String ? json.text(member)
                                                                                 : std::string_view{};
}

/// url, or url|version: a response to another version of the form must not be taken for one to this.
bool is_for(std::string_view canonical, const Definition& definition) {
    if (canonical.empty()) return true;
    const std::size_t bar = canonical.find('|');
    if (canonical.substr(0, bar) != definition.url()) return false;
    return bar == std::string_view::npos || canonical.substr(bar + 1) == definition.version();
}

/// Whether `write_response` wrote it.
bool has_our_mark(const JsonDocument& json, Node root) {
    const Node list = json.member(root, "extension");
    if (list == JsonDocument::none || json.kind(list) != JsonKind::Array) return false;
    for (Node one = json.first(list); one != JsonDocument::none; one = json.next(one))
        if (text_or_nothing(json, one, "url").ends_with("/StructureDefinition/questionnaire-sha256")) return true;
    return false;
}

ResponseReason reason_of(Reason reason) {
    return reason == Reason::TooBig || reason == Reason::TooDeep ? ResponseReason::TooBig : ResponseReason::NotJson;
}

} // namespace

std::string_view code_of(ResponseReason reason) {
    switch (reason) { // no default: the compiler names the one we forgot
    case ResponseReason::NotJson:
        return "not-json";
    case ResponseReason::TooBig:
        return "too-big";
    case ResponseReason::NotAResponse:
        return "not-a-response";
    case ResponseReason::OtherDefinition:
        return "other-definition";
    case ResponseReason::UnknownItem:
        return "unknown-item";
    case ResponseReason::WrongPlace:
        return "wrong-place";
    case ResponseReason::WrongType:
        return "wrong-type";
    case ResponseReason::BadValue:
        return "bad-value";
    case ResponseReason::TooMany:
        return "too-many";
    case ResponseReason::NotAnOption:
        return "not-an-option";
    case ResponseReason::NotSupported:
        return "not-supported";
    }
    return "";
}

Result<ReadResponse, std::vector<ResponseIssue>> read_response(std::string_view bytes,
                                                               std::shared_ptr<const Definition> definition,
                                                               std::pmr::memory_resource* memory, Setting setting) {
    JsonDocument json(memory);
    JsonLimits limits;
    limits.bytes = most_bytes;
    limits.depth = 3 * 64 + 16; // item, answer, item …
    const JsonReading reading = read_json(bytes, limits, json);
    if (!reading.flaws.empty()) {
        std::vector<ResponseIssue> unreadable;
        for (const JsonFlaw& flaw : reading.flaws)
            unreadable.push_back({flaw.pointer, reason_of(flaw.reason), {}});
        return unreadable;
    }
    const Node root = JsonDocument::root();
    if (json.kind(root) != JsonKind::Object || text_or_nothing(json, root, "resourceType") != "QuestionnaireResponse")
        return std::vector<ResponseIssue>{{"", ResponseReason::NotAResponse, {}}};
    if (!is_for(text_or_nothing(json, root, "questionnaire"), *definition))
        return std::vector<ResponseIssue>{{"/questionnaire", ResponseReason::OtherDefinition, {}}};
    for (const std::string_view key : {"modifierExtension", "implicitRules"})
        if (json.member(root, key) != JsonDocument::none)
            return std::vector<ResponseIssue>{{"/" + std::string(key), ResponseReason::NotSupported, {}}};
    // One that we wrote is a stored one even when every answer, also those of the form, was taken away.
    const bool is_new = json.member(root, "item") == JsonDocument::none && !has_our_mark(json, root);
    ReadResponse read{
        Draft(std::move(definition), memory, is_new ? Start::WithInitial : Start::Empty, std::move(setting)),
        std::string(text_or_nothing(json, root, "language")),
        {}};
    ResponseReader(json, read.draft, read.issues).read_items(root, nullptr);
    read.draft.settle();
    return read;
}

} // namespace forms
