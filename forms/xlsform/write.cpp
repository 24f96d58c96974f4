// SPDX-License-Identifier: EUPL-1.2
#include "forms/xlsform/write.hpp"

#include "forms/base/decimal.hpp"
#include "forms/fhir/extensions.hpp"
#include "forms/xlsform/look.hpp"

#include <algorithm>
#include <set>

namespace forms::xlsform {
namespace fhir {
namespace {

constexpr std::string_view core = "http://hl7.org/fhir/StructureDefinition/";
constexpr std::string_view sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";

} // namespace

Json extension(std::string_view name, std::string_view value_type, Json value) {
    return Json{{"url", std::string(core) + std::string(name)}, {"value" + std::string(value_type), std::move(value)}};
}

Json expression(std::string_view name, const std::string& text, const std::string& variable) {
    Json value = Json::object();
    if (!variable.empty()) value["name"] = variable;
    value["language"] = "text/fhirpath";
    value["expression"] = text;
    return Json{{"url", std::string(variable.empty() ? sdc : core) + std::string(name)}, {"valueExpression", value}};
}

Json control(std::string_view code) {
    return extension("questionnaire-itemControl", "CodeableConcept",
                     Json{{"coding", Json::array({Json{{"system", "http://hl7.org/fhir/questionnaire-item-control"},
                                                       {"code", std::string(code)}}})}});
}

void put_words(Json& into, const std::string& key, const Wording& words) {
    into[key] = words.base;
    if (words.others.empty()) return;
    Json all = Json::array();
    for (const auto& [language, text] : words.others) {
        Json parts = Json::array(
            {Json{{"url", "lang"}, {"valueCode", language}}, Json{{"url", "content"}, {"valueString", text}}});
        all.push_back({{"url", std::string(core) + "translation"}, {"extension", std::move(parts)}});
    }
    into["_" + key] = Json{{"extension", std::move(all)}};
}

} // namespace fhir

namespace {

/// "cibo_fresco" → "cibo-fresco": what FHIR allows as an id.
std::string id_of(std::string_view name, std::set<std::string>& taken) {
    constexpr std::size_t longest = 60;
    std::string id;
    for (const char c : name) {
        const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
        id += fits ? c : '-';
    }
    id.resize(std::min(id.size(), longest));
    std::string free = id;
    for (int i = 2; !taken.insert(free).second; ++i)
        free = id + "-" + std::to_string(i);
    return free;
}

/// What the type of an item is, by what is asked for.
std::string_view type_of(PieceKind kind) {
    switch (kind) { // no default: the compiler names the one we forgot
    case PieceKind::Boolean:
        return "boolean";
    case PieceKind::Number:
        return "decimal";
    case PieceKind::Whole:
        return "integer";
    case PieceKind::Date:
        return "date";
    case PieceKind::DateTime:
        return "dateTime";
    case PieceKind::Time:
        return "time";
    case PieceKind::Codes:
        return "choice";
    case PieceKind::Files:
        return "attachment";
    case PieceKind::Text:
    case PieceKind::Days:
    case PieceKind::Years:
        return "string";
    }
    return "string";
}

class QuestionnaireWriter {
public:
    QuestionnaireWriter(const Survey& survey, Notes& notes, std::map<std::string, std::string>& places)
        : survey_(survey), translator_(survey), notes_(notes), places_(places),
          url_(std::string(own_base) + "/Questionnaire/" + id_of(survey.id, ids_)),
          rules_(survey, translator_, notes, url_) {}

    Json write() {
        Json items = Json::array();
        for (const EntryIndex index : survey_.top)
            write_entry(index, items);
        put_variables(items);
        Json form{{"resourceType", "Questionnaire"}, {"language", survey_.language}};
        for (const auto& [list, id] : used_lists_)
            form["contained"].push_back(value_set(list, id));
        form["url"] = url_;
        form["version"] = survey_.version;
        fhir::put_words(form, "title", survey_.title);
        form["status"] = "draft";
        form["item"] = std::move(items);
        return form;
    }

private:
    void write_entry(EntryIndex index, Json& into) {
        const Entry& entry = survey_.entries[index];
        if (entry.kind == EntryKind::Metadata) {
            notes_.warn(entry.place, Trouble::NotNeeded,
                        "left aside: what the terminal knows by itself is in every request, the rest it does not have");
            return;
        }
        places_[entry.name] = entry.place;
        Json item = Json::object();
        Json extensions = Json::array();
        write_type(entry, index, item, extensions);
        if (!entry.label.empty())
            fhir::put_words(item, "text", entry.label);
        else if (entry.kind != EntryKind::Calculate && entry.kind != EntryKind::Hidden && !entry.is_container())
            notes_.warn(entry.label_place, Trouble::MissingValue, "nothing to read here: the question has no label");
        write_look(entry, item, extensions, notes_);
        refuse_rules_of_texts(entry);
        if (entry.required && !entry.is_container() && entry.kind != EntryKind::Note) item["required"] = true;
        const bool computed = entry.kind == EntryKind::Calculate;
        if ((entry.read_only || computed) && entry.kind != EntryKind::Note && !entry.is_container())
            item["readOnly"] = true;
        rules_.write_relevant(index, item, extensions);
        if (!entry.is_container() && entry.kind != EntryKind::Note) {
            rules_.write_constraint(index, item, extensions);
            rules_.write_calculation(index, extensions);
        }
        rules_.write_default(index, item, extensions);
        if (!entry.choice_filter.empty() && entry.is_select()) {
            rules_.write_filter(index, list_id(entry.list), extensions);
            item.erase("answerValueSet");
        } else if (!entry.choice_filter.empty()) {
            notes_.refuse(entry.choice_filter.place, Trouble::BadValue, "only a select has choices to filter");
        }
        Json children = Json::array();
        write_hint(entry, item, children);
        for (const EntryIndex child : entry.children)
            write_entry(child, children);
        if (!children.empty()) item["item"] = std::move(children);
        into.push_back(in_order(entry, std::move(item), std::move(extensions)));
    }

    /// A note or a group has no answer: some forms make it "required" or give it a constraint that never holds, to keep
    /// a person from going on. Constraints on the questions themselves say it better.
    void refuse_rules_of_texts(const Entry& entry) {
        if (!entry.is_container() && entry.kind != EntryKind::Note) return;
        if (entry.required)
            notes_.refuse(entry.place, Trouble::BadValue, "a group or a note has no answer that could be required");
        for (const CellText* const cell : {&entry.constraint, &entry.calculation})
            if (!cell->empty())
                notes_.refuse(cell->place, Trouble::BadValue, "a group or a note has no answer for this rule");
    }

    /// The order in which people read a Questionnaire.
    static Json in_order(const Entry& entry, Json item, Json extensions) {
        Json ordered = Json::object();
        if (!extensions.empty()) ordered["extension"] = std::move(extensions);
        ordered["linkId"] = entry.name;
        for (const char* const key : {"text", "_text", "type"})
            if (item.contains(key)) ordered[key] = std::move(item[key]);
        for (auto& [key, value] : item.items())
            if (!ordered.contains(key)) ordered[key] = std::move(value);
        return ordered;
    }

    void write_type(const Entry& entry, EntryIndex index, Json& item, Json& extensions) {
        switch (entry.kind) { // no default: the compiler names the one we forgot
        case EntryKind::Group:
            item["type"] = "group";
            return;
        case EntryKind::Repeat:
            item["type"] = "group";
            item["repeats"] = true;
            write_repeat_count(entry, extensions);
            return;
        case EntryKind::Note:
            item["type"] = "display";
            return;
        case EntryKind::SelectOne:
        case EntryKind::SelectMultiple:
            item["type"] = entry.or_other ? "open-choice" : "choice";
            if (entry.kind == EntryKind::SelectMultiple) item["repeats"] = true;
            item["answerValueSet"] = "#" + list_id(entry.list);
            return;
        case EntryKind::Range:
            write_range(entry, item, extensions, notes_);
            return;
        case EntryKind::Calculate:
        case EntryKind::Hidden:
            extensions.push_back(fhir::extension("questionnaire-hidden", "Boolean", true));
            break;
        case EntryKind::Image:
            for (const char* const type : {"image/jpeg", "image/png"})
                extensions.push_back(fhir::extension("mimeType", "Code", type));
            break;
        case EntryKind::Audio:
            extensions.push_back(fhir::extension("mimeType", "Code", "audio/*"));
            break;
        case EntryKind::Video:
            extensions.push_back(fhir::extension("mimeType", "Code", "video/*"));
            break;
        case EntryKind::Text:
        case EntryKind::Integer:
        case EntryKind::Decimal:
        case EntryKind::Date:
        case EntryKind::Time:
        case EntryKind::DateTime:
        case EntryKind::Acknowledge:
        case EntryKind::File:
        case EntryKind::Barcode:
        case EntryKind::Metadata:
            break;
        }
        item["type"] = std::string(type_of(translator_.kind_of(index)));
    }

    void write_repeat_count(const Entry& entry, Json& extensions) {
        if (entry.repeat_count.empty()) return;
        const auto number = Decimal::parse(entry.repeat_count.text);
        const auto whole = number ? number->whole() : std::nullopt;
        constexpr int most = 100;
        if (!whole || *whole < 1 || *whole > most) {
            notes_.refuse(entry.repeat_count.place, Trouble::UnsupportedExpression,
                          "how often a group repeats must be a written number from 1 to 100, or left to the person");
            return;
        }
        extensions.push_back(fhir::extension("questionnaire-minOccurs", "Integer", *whole));
        extensions.push_back(fhir::extension("questionnaire-maxOccurs", "Integer", *whole));
    }

    void write_hint(const Entry& entry, Json& item, Json& children) {
        if (entry.hint.empty()) return;
        if (entry.kind == EntryKind::Note) { // a text has nothing below it
            item["text"] = item.value("text", "") + "\n" + entry.hint.base;
            if (!entry.hint.others.empty())
                notes_.warn(entry.place, Trouble::UnsupportedText,
                            "the hint of a note is added to its text in the first language only");
            return;
        }
        std::string name = entry.name + ".help";
        while (survey_.by_name.contains(name))
            name += "_";
        places_[name] = entry.place;
        Json help{{"extension", Json::array({fhir::control("help")})}, {"linkId", name}};
        fhir::put_words(help, "text", entry.hint);
        help["type"] = "display";
        children.push_back(std::move(help));
    }

    std::string list_id(const std::string& list) {
        const auto known = used_lists_.find(list);
        if (known != used_lists_.end()) return known->second;
        return used_lists_.emplace(list, id_of(list, ids_)).first->second;
    }

    Json value_set(const std::string& list, const std::string& id) const {
        Json concepts = Json::array();
        if (const auto choices = survey_.lists.find(list); choices != survey_.lists.end())
            for (const Choice& choice : choices->second) {
                Json one{{"code", choice.name}, {"display", choice.label.base}};
                for (const auto& [language, text] : choice.label.others)
                    one["designation"].push_back({{"language", language}, {"value", text}});
                concepts.push_back(std::move(one));
            }
        Json include{{"system", rules_.system_of(list)}, {"concept", std::move(concepts)}};
        return Json{{"resourceType", "ValueSet"},
                    {"id", id},
                    {"status", "draft"},
                    {"compose", Json{{"include", Json::array({std::move(include)})}}}};
    }

    /// Which questions a repeat must hand down is known only when all that it holds has been translated.
    void put_variables(Json& items) {
        for (Json& item : items) {
            if (item.contains("item")) put_variables(item["item"]);
            const auto index = survey_.find(item.at("linkId").get<std::string>());
            const auto found = index ? translator_.variables().find(*index) : translator_.variables().end();
            if (found == translator_.variables().end()) continue;
            Json ordered = Json::object();
            Json extensions = item.value("extension", Json::array());
            for (const auto& [name, variable] : found->second)
                extensions.push_back(fhir::expression("variable", variable.expression, variable.name));
            ordered["extension"] = std::move(extensions);
            for (auto& [key, value] : item.items())
                if (key != "extension") ordered[key] = std::move(value);
            item = std::move(ordered);
        }
    }

    const Survey& survey_;
    Translator translator_;
    Notes& notes_;
    std::map<std::string, std::string>& places_;
    std::set<std::string> ids_;
    std::string url_;
    RuleWriter rules_;
    std::map<std::string, std::string> used_lists_; ///< list → id of its value set
};

} // namespace

Json write_questionnaire(const Survey& survey, Notes& notes, std::map<std::string, std::string>& places) {
    return QuestionnaireWriter(survey, notes, places).write();
}

} // namespace forms::xlsform
