// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/random_forms.hpp"

#include <array>
#include <string_view>

using namespace forms;

namespace forms_in_tests {
namespace {

/// An item type: its name in FHIR, the name in value[x], a few values as JSON, and whether they are in an order.
struct Kind {
    std::string_view type, value;
    std::array<std::string_view, 3> samples;
    bool ordered;
};
constexpr std::string_view code_a = R"({"system":"urn:x","code":"a"})";
constexpr std::string_view code_b = R"({"system":"urn:x","code":"b"})";
constexpr std::string_view code_c = R"({"system":"urn:y","code":"a"})";
constexpr std::array<Kind, 13> kinds{{
    {"boolean", "Boolean", {"true", "false", "true"}, false},
    {"integer", "Integer", {"0", "1", "2"}, true},
    {"decimal", "Decimal", {"0.5", "1", "1.50"}, true},
    {"date", "Date", {R"("2020")", R"("2020-01-31")", R"("2019-05")"}, true},
    {"dateTime", "DateTime", {R"("2020-01-01T08:30:00Z")", R"("2020")", R"("2020-01-01T09:30:00+01:00")"}, true},
    {"time", "Time", {R"("08:30:00")", R"("12:00:00")", R"("12:00:01")"}, true},
    {"string", "String", {R"("x")", R"("y")", R"("ciao")"}, true},
    {"text", "String", {R"("x")", R"("y")", R"("ciao")"}, true},
    {"url", "Uri", {R"("urn:a")", R"("urn:b")", R"("urn:c")"}, false},
    {"choice", "Coding", {code_a, code_b, code_c}, false},
    {"open-choice", "Coding", {code_a, code_b, code_c}, false},
    {"quantity",
     "Quantity",
     {R"({"value":1,"code":"kg","system":"urn:u"})", R"({"value":2,"code":"kg","system":"urn:u"})",
      R"({"value":1,"code":"g","system":"urn:u"})"},
     true},
    {"attachment", "Attachment", {"", "", ""}, false},
}};

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

class FormMaker {
public:
    explicit FormMaker(Random& random, bool expressions = false) : random_(random), expressions_(expressions) {}

    std::string make() {
        const unsigned count = 2 + below(random_, 6);
        // One later question that waits for nothing: whoever looks ahead looks at it.
        ahead_ = below(random_, 2) == 0;
        std::string items;
        for (unsigned i = 0; i < count; ++i)
            items += (i > 0 ? "," : "") + item(0, false);
        if (ahead_) items += R"(,{"linkId":"ahead","text":"T","type":"integer","repeats":true})";
        if (expressions_) items += "," + computed_items();
        return items;
    }

private:
    struct Asked {
        std::string link_id;
        const Kind* kind;
        bool closed; ///< its options are the only answers
    };

    bool chance(unsigned in) { return below(random_, in) == 0; }

    std::string item(int depth, bool conditional) {
        const std::string id = "i" + std::to_string(++count_);
        const unsigned what = below(random_, 20);
        const bool is_group = what < 6 && depth < 4;
        const bool is_display = what == 6;
        const Kind& kind = kinds[below(random_, kinds.size())];
        const std::string_view type = is_group ? "group" : is_display ? "display" : kind.type;
        std::string json = R"({"linkId":)" + quoted(id) + R"(,"text":"T","type":)" + quoted(type);
        const bool by_expression = expressions_ && !asked_.empty() && chance(4);
        const std::string conditions = by_expression ? enabled_by() : chance(3) ? condition_list() : "";
        json += conditions;
        conditional = conditional || !conditions.empty();
        if (is_display) return json + "}";
        const bool repeats = chance(3);
        if (repeats) json += R"(,"repeats":true)";
        // Under a condition it may be refused; of a repeating group it would hide whether a person began it.
        if (!conditional && !(is_group && repeats) && chance(5)) json += R"(,"required":true)";
        if (!is_group) json += details(kind, repeats);
        if (!is_group) asked_.push_back({id, &kind, kind.type == "choice"});
        if (is_group || (depth < 3 && chance(4))) {
            json += R"(,"item":[)";
            const unsigned children = 1 + below(random_, 3);
            for (unsigned i = 0; i < children; ++i)
                json += (i > 0 ? "," : "") + item(depth + 1, conditional);
            json += "]";
        }
        return json + "}";
    }

    /// How many answers a question has, everywhere.
    std::string count_of_some() {
        const std::string source = asked_.empty() ? "nobody" : asked_[below(random_, asked_.size())].link_id;
        return "%resource.descendants().where(linkId='" + source + "').answer.value.count()";
    }
    static std::string rule(std::string_view name, std::string_view text, std::string_view more = {}) {
        const bool sdc = name.starts_with("sdc-");
        return R"({"url":"http://hl7.org/fhir/)" + std::string(sdc ? "uv/sdc/" : "") + "StructureDefinition/" +
               std::string(name) + R"(","valueExpression":{"language":"text/fhirpath",)" + std::string(more) +
               R"("expression":")" + std::string(text) + R"("}})";
    }
    std::string enabled_by() {
        return R"(,"extension":[)" +
               rule("sdc-questionnaire-enableWhenExpression",
                    count_of_some() + " > " + std::to_string(below(random_, 2))) +
               "]";
    }

    /// What is computed from the questions before; in a group that may repeat, in every instance.
    std::string computed_items() {
        const auto one = [](std::string_view id, std::string_view type, const std::string& extension,
                            std::string_view more = {}) {
            return R"({"linkId":")" + std::string(id) + R"(","type":")" + std::string(type) + R"(","extension":[)" +
                   extension + "]" + std::string(more) + "}";
        };
        const std::string read_only = R"(,"readOnly":true)";
        const std::string all =
            one("calculated", "integer", rule("sdc-questionnaire-calculatedExpression", count_of_some()), read_only) +
            "," +
            one("again", "integer",
                rule("sdc-questionnaire-calculatedExpression",
                     "%resource.descendants().where(linkId='calculated').answer.value.count()"),
                read_only) +
            "," +
            one("within", "group", rule("variable", count_of_some(), R"("name":"how-many",)"),
                R"(,"item":[)" +
                    one("by-variable", "integer", rule("sdc-questionnaire-calculatedExpression", "%`how-many`"),
                        read_only) +
                    "]") +
            "," +
            one("numbers", "integer",
                rule("sdc-questionnaire-answerExpression", "(0 | 1 | 2 | 3).where($this <= " + count_of_some() + ")"),
                chance(2) ? R"(,"repeats":true)" : "") +
            "," +
            one("codes", "choice",
                rule("sdc-questionnaire-answerExpression",
                     "%questionnaire.contained.where(id = 'l').expansion.contains.take(" + count_of_some() + ")")) +
            "," +
            one("judged", "integer",
                R"({"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-constraint","extension":[{"url":"key","valueId":"k"},{"url":"severity","valueCode":"error"},{"url":"human","valueString":"H"},{"url":"expression","valueString":")" +
                    count_of_some() + R"( <= 2"}]})") +
            "," + R"({"linkId":"worded","type":"display","text":"T","_text":{"extension":[)" +
            rule("cqf-expression", "'n ' + " + count_of_some() + ".toString()") + "]}}";
        if (chance(2)) return all;
        return R"({"linkId":"around","type":"group","repeats":true,"item":[)" + all + "]}";
    }

    std::string details(const Kind& kind, bool repeats) {
        std::string json;
        if (kind.type == "choice" || kind.type == "open-choice") {
            json += R"(,"answerOption":[)";
            const unsigned chosen = below(random_, 12);
            for (unsigned i = 0; i < kind.samples.size(); ++i) {
                json += (i > 0 ? "," : "") + (R"({"valueCoding":)" + std::string(kind.samples[i]));
                if (i == chosen) json += R"(,"initialSelected":true)";
                if (i == 2 && repeats && chance(3))
                    json += R"(,"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/)"
                            R"(questionnaire-optionExclusive","valueBoolean":true}])";
                json += "}";
            }
            return json + "]";
        }
        if (kind.type == "attachment") return json;
        if (chance(8)) json += R"(,"initial":[{"value)" + std::string(kind.value) + "\":" + sample(kind) + "}]";
        if (chance(12)) json += R"(,"readOnly":true)";
        return json;
    }

    std::string sample(const Kind& kind) { return std::string(kind.samples[below(random_, 3)]); }

    std::string condition_list() {
        const unsigned count = 1 + below(random_, 3);
        std::string list;
        for (unsigned i = 0; i < count; ++i) {
            const std::string one = condition();
            if (one.empty()) return "";
            list += (i > 0 ? "," : "") + one;
        }
        return R"(,"enableWhen":[)" + list + "]" +
               (count > 1 ? R"(,"enableBehavior":)" + quoted(chance(2) ? "all" : "any") : "");
    }

    std::string condition() {
        static const Kind& integer = kinds[1];
        const bool looks_ahead = ahead_ && chance(4);
        if (!looks_ahead && asked_.empty()) return "";
        const Asked source = looks_ahead ? Asked{"ahead", &integer, false} : asked_[below(random_, asked_.size())];
        const std::string begin = R"({"question":)" + quoted(source.link_id) + R"(,"operator":)";
        const std::string_view value = source.kind->value == "Uri" ? "String" : source.kind->value;
        if (value == "Attachment" || chance(4))
            return begin + quoted("exists") + R"(,"answerBoolean":)" + (chance(3) ? "false}" : "true}");
        static constexpr std::array<std::string_view, 6> operators{"=", "!=", ">", "<", ">=", "<="};
        const auto op = operators[below(random_, source.kind->ordered ? 6 : 2)];
        return begin + quoted(op) + ",\"answer" + std::string(value) + "\":" + sample(*source.kind) + "}";
    }

    Random& random_;
    bool expressions_;
    unsigned count_ = 0;
    bool ahead_ = false;
    std::vector<Asked> asked_;
};

Path random_path(const Draft& draft, Random& random) {
    const auto items = static_cast<unsigned>(draft.definition().items().size());
    if (below(random, 16) == 0) { // nonsense
        std::vector<std::uint32_t> instances(below(random, 5));
        for (auto& instance : instances)
            instance = below(random, 3);
        return {below(random, items + 2), std::move(instances)};
    }
    // Any item, hidden ones too, in instances that exist where that is easily found.
    const auto line = draft.definition().line_of(below(random, items));
    Path path(line.front(), {0});
    for (std::size_t depth = 0;; ++depth) {
        const bool is_group = draft.definition().item(line[depth]).is_group();
        const auto there = is_group ? draft.instances(path) : static_cast<unsigned>(draft.answers(path).size());
        const bool is_last = depth + 1 == line.size();
        path = path.with_instance(below(random, there + (is_last && !is_group ? 1 : 0) + (there == 0 ? 1 : 0)));
        if (is_last) return path;
        path = path.child(line[depth + 1]);
    }
}

Value value_for(const Item& item, Random& random) {
    auto* const memory = std::pmr::get_default_resource();
    static constexpr std::array<std::string_view, 4> texts{"x", "y", "ciao", "urn:a"};
    if (!item.offered_by.empty() && item.type == ItemType::Integer) return static_cast<std::int32_t>(below(random, 4));
    if (!item.options.empty() && below(random, 8) != 0)
        return copy_of(item.options[below(random, static_cast<unsigned>(item.options.size()))].value, memory);
    const auto number = static_cast<std::int32_t>(below(random, 4)) - 1;
    const auto quantity = [&] {
        return Quantity{Decimal(number), AnswerText(memory), AnswerText("urn:u", memory), AnswerText("kg", memory)};
    };
    switch (item.type) { // no default: the compiler names the one we forgot
    case ItemType::Boolean:
    case ItemType::Group:
    case ItemType::Display:
        return below(random, 2) == 0;
    case ItemType::Integer:
        return number;
    case ItemType::Decimal:
        return Decimal(number);
    case ItemType::Date:
        return *PartialDate::parse_typed(below(random, 2) == 0 ? "2020" : "31/1/2020");
    case ItemType::DateTime:
        return *PartialDateTime::parse(below(random, 2) == 0 ? "2020-01-01T08:30:00Z" : "2020");
    case ItemType::Time:
        return *TimeOfDay::parse_typed(below(random, 2) == 0 ? "8:30" : "12:00");
    case ItemType::String:
    case ItemType::Text:
    case ItemType::Url:
    case ItemType::OpenChoice:
        return text_value(texts[below(random, texts.size())], memory);
    case ItemType::Choice:
        return coding("urn:x", below(random, 2) == 0 ? "a" : "z");
    case ItemType::Attachment:
        return AttachmentRef{AnswerText("image/png", memory),
                             AnswerText(memory),
                             AnswerText(memory),
                             AnswerText(memory),
                             static_cast<std::int64_t>(below(random, 100)),
                             static_cast<int>(below(random, 1000)),
                             AnswerText(memory)};
    case ItemType::Quantity:
        return quantity();
    }
    return number;
}

} // namespace

std::string random_items(Random& random) { return FormMaker(random).make(); }
std::string random_items_with_expressions(Random& random) { return FormMaker(random, true).make(); }
std::string random_list() {
    return R"("contained":[{"resourceType":"ValueSet","id":"l","status":"active","compose":{"include":[{"system":"urn:x",
        "concept":[{"code":"a"},{"code":"b"},{"code":"c"}]}]}}])";
}

Edit edit_at_random(Draft& draft, Random& random) {
    static constexpr std::array<std::string_view, 14> typed{
        "",     "1",     "12,5", "02/02", "1/2/2020",     "8:30",  "x",
        "true", "false", " ",    "2020",  "\xE2\x80\x8B", "1.234", "ciao"};
    Edit edit;
    edit.path = random_path(draft, random);
    const bool there = draft.exists(edit.path);
    const Item* const item = there ? &draft.definition().item(edit.path) : nullptr;
    // A group is added to, a question is answered; now and then the other way round.
    const bool is_group = (item != nullptr && item->is_group()) != (below(random, 10) == 0);
    const unsigned what = is_group ? 7 + below(random, 4) : below(random, 7);
    using enum Edit::Kind;
    switch (what) {
    case 0:
    case 1:
        edit.kind = Set;
        edit.outcome = draft.set(edit.path, item != nullptr ? value_for(*item, random) : Value(true));
        break;
    case 2:
        edit.kind = Type;
        edit.outcome = draft.type(edit.path, typed[below(random, typed.size())]);
        break;
    case 3:
        edit.kind = Choose;
        edit.outcome = draft.choose(edit.path, below(random, 4), true);
        break;
    case 4:
        edit.kind = TakeBack;
        edit.outcome = draft.choose(edit.path, below(random, 4), false);
        break;
    case 5:
        edit.kind = Clear;
        edit.outcome = draft.clear(edit.path);
        break;
    case 6:
        edit.kind = ClearAll;
        edit.outcome = draft.clear_all(edit.path);
        break;
    case 7:
    case 8: {
        edit.kind = AddInstance;
        const auto added = draft.add_instance(edit.path);
        edit.outcome = added.ok() ? Outcome::Accepted : added.error();
        break;
    }
    case 9:
        edit.kind = RemoveInstance;
        edit.outcome = draft.remove_instance(edit.path);
        break;
    default:
        edit.kind = MoveInstance;
        edit.to = below(random, 3);
        edit.outcome = draft.move_instance(edit.path, edit.to);
        break;
    }
    return edit;
}

} // namespace forms_in_tests
