// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/extensions.hpp"
#include "forms/fhir/json.hpp"
#include "forms/fhir/response.hpp"

#include <algorithm>

namespace forms {
namespace {

/// Writes JSON members one after the other. Our own, because a library that prints decimals through binary floating
/// point would change them.
class ResponseWriter {
public:
    ResponseWriter(const FilledForm& filled, const ResponseOptions& options)
        : filled_(filled), options_(options), out_(filled.items.get_allocator().resource()) {}

    std::pmr::string write() {
        const Definition& definition = *filled_.definition;
        out_ += '{';
        text("resourceType", "QuestionnaireResponse");
        text_unless_empty("id", options_.id);
        text_unless_empty("language", filled_.language);
        key("extension");
        out_ += "[{";
        text("url", options_.base_uri + "/StructureDefinition/questionnaire-sha256");
        text("valueString", hex(definition.sha256()));
        out_ += "}]";
        text_unless_empty("questionnaire", definition.canonical());
        text("status", options_.status);
        text_unless_empty("authored", options_.authored);
        write_items(filled_.items);
        out_ += '}';
        return std::move(out_);
    }

private:
    void key(std::string_view name) {
        if (out_.back() != '{') out_ += ',';
        append_json_string(out_, name);
        out_ += ':';
    }
    void text(std::string_view name, std::string_view value) {
        key(name);
        append_json_string(out_, value);
    }
    void text_unless_empty(std::string_view name, std::string_view value) {
        if (!value.empty()) text(name, value);
    }
    void bare(std::string_view name, std::string_view spelling) {
        key(name);
        out_ += spelling;
    }

    /// Beside words of the visit's language those of the form's own, which the office reads: R4 extension translation,
    /// on the primitive element (`_text`). Nothing where both are the same words.
    void own_words(std::string_view name, const Words& words, std::string_view shown) {
        if (words.base.empty() || words.base == shown) return;
        key(name);
        out_ += R"({"extension":[{)";
        text("url", "http://hl7.org/fhir/StructureDefinition/translation");
        key("extension");
        out_ += R"([{"url":"lang")";
        text("valueCode", filled_.definition->language());
        out_ += R"(},{"url":"content")";
        text("valueString", words.base);
        out_ += "}]}]}";
    }

    void write_items(const std::pmr::vector<FilledItem>& items) {
        if (items.empty()) return;
        key("item");
        out_ += '[';
        for (const FilledItem& item : items) {
            if (out_.back() != '[') out_ += ',';
            write_item(item);
        }
        out_ += ']';
    }

    void write_item(const FilledItem& filled) {
        const Item& item = filled_.definition->item(filled.item);
        out_ += '{';
        text("linkId", item.link_id);
        text_unless_empty("text", filled.text);
        if (item.worded_by.empty())
            own_words("_text", item.text, filled.text); // what an expression says is in no other
        if (!filled.answers.empty()) {
            key("answer");
            out_ += '[';
            for (const FilledAnswer& answer : filled.answers) {
                if (out_.back() != '[') out_ += ',';
                out_ += '{';
                if (answer.value) write_origin(answer.origin);
                if (answer.value) write_value(item, *answer.value);
                write_items(answer.items);
                out_ += '}';
            }
            out_ += ']';
        }
        write_items(filled.items);
        out_ += '}';
    }

    /// An answer that was typed says nothing of it.
    void write_origin(Origin origin) {
        if (origin.source == Origin::Source::Person) return;
        key("extension");
        out_ += "[{";
        text("url", options_.base_uri + std::string(origin_extension));
        key("extension");
        out_ += R"([{"url":"source")";
        text("valueCode", code_of(origin.source));
        out_ += R"(},{"url":"checked")";
        bare("valueBoolean", origin.checked ? "true" : "false");
        out_ += "}]}]";
    }

    void write_value(const Item& item, const Value& value) {
        if (const auto* const flag = std::get_if<bool>(&value)) return bare("valueBoolean", *flag ? "true" : "false");
        if (const auto* const whole = std::get_if<std::int32_t>(&value))
            return bare("valueInteger", std::to_string(*whole));
        if (const auto* const number = std::get_if<Decimal>(&value)) return bare("valueDecimal", number->text());
        if (const auto* const date = std::get_if<PartialDate>(&value)) return text("valueDate", date->text());
        if (const auto* const moment = std::get_if<PartialDateTime>(&value))
            return text("valueDateTime", moment->text());
        if (const auto* const time = std::get_if<TimeOfDay>(&value)) return text("valueTime", time->text());
        if (item.reference && std::holds_alternative<AnswerText>(value)) {
            key("valueReference");
            out_ += '{';
            text("display", std::get<AnswerText>(value));
            out_ += '}';
            return;
        }
        if (const auto* const words = std::get_if<AnswerText>(&value))
            return text(item.type == ItemType::Url ? "valueUri" : "valueString", *words);
        if (const auto* const code = std::get_if<Coding>(&value)) return write_coding(item, *code);
        if (const auto* const quantity = std::get_if<Quantity>(&value)) return write_quantity(*quantity);
        write_attachment(std::get<AttachmentRef>(value));
    }

    void write_coding(const Item& item, const Coding& code) {
        key("valueCoding");
        out_ += '{';
        text_unless_empty("system", code.system);
        text_unless_empty("code", code.code);
        text_unless_empty("display", code.display);
        if (code.display.empty()) {
            out_ += '}';
            return;
        }
        const auto is_it = [&code](const Option& option) {
            const auto* const offered = std::get_if<Coding>(&option.value);
            return offered != nullptr && *offered == code;
        };
        const auto own_words_in = [&](const std::vector<Option>& options) {
            const auto chosen = std::find_if(options.begin(), options.end(), is_it);
            if (chosen == options.end()) return false;
            own_words("_display", chosen->words, code.display);
            return true;
        };
        if (!own_words_in(item.options) && !item.offered_by.empty())
            for (const AskedList& list : filled_.definition->asked_lists().all())
                if (own_words_in(list.options)) break;
        out_ += '}';
    }

    void write_quantity(const Quantity& quantity) {
        key("valueQuantity");
        out_ += '{';
        bare("value", quantity.value.text());
        text_unless_empty("unit", quantity.unit);
        text_unless_empty("system", quantity.system);
        text_unless_empty("code", quantity.code);
        out_ += '}';
    }

    void write_attachment(const AttachmentRef& file) {
        const auto index = static_cast<std::size_t>(file.index);
        const bool has_url = file.index >= 0 && index < options_.attachment_urls.size();
        key("valueAttachment");
        out_ += '{';
        text_unless_empty("contentType", file.content_type);
        text_unless_empty("url",
                          has_url ? std::string_view(options_.attachment_urls[index]) : std::string_view(file.url));
        if (file.size > 0) bare("size", std::to_string(file.size));
        text_unless_empty("hash", file.sha1);
        text_unless_empty("title", file.title);
        text_unless_empty("creation", file.creation);
        out_ += '}';
    }

    const FilledForm& filled_;
    const ResponseOptions& options_;
    std::pmr::string out_;
};

} // namespace

std::pmr::string write_response(const FilledForm& filled, const ResponseOptions& options) {
    return ResponseWriter(filled, options).write();
}

} // namespace forms
