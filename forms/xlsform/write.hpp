// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/xlsform/rules.hpp"

#include <nlohmann/json.hpp>

/// Survey → Questionnaire. Only forms/xlsform includes this.
namespace forms::xlsform {

using Json = nlohmann::ordered_json;

/// Writes pieces of a Questionnaire that need no other.
namespace fhir {
[[nodiscard]] Json extension(std::string_view name, std::string_view value_type, Json value);
[[nodiscard]] Json expression(std::string_view name, const std::string& text, const std::string& variable = {});
[[nodiscard]] Json control(std::string_view code);
/// `key` and, for the translations, `_key`.
void put_words(Json& into, const std::string& key, const Wording& words);
} // namespace fhir

/// Writes the rules of an entry: when it is asked, what may be answered, what is computed.
class RuleWriter {
public:
    RuleWriter(const Survey& survey, Translator& translator, Notes& notes, std::string base)
        : survey_(survey), translator_(translator), notes_(notes), base_(std::move(base)) {}

    void write_relevant(EntryIndex index, Json& item, Json& extensions);
    void write_constraint(EntryIndex index, Json& item, Json& extensions);
    void write_calculation(EntryIndex index, Json& extensions);
    void write_default(EntryIndex index, Json& item, Json& extensions);
    /// choice_filter: an answerExpression over the value set with the id `list` (write_filter.cpp).
    void write_filter(EntryIndex index, const std::string& list, Json& extensions);
    /// The Coding of a choice.
    [[nodiscard]] Json coding(const std::string& list, const std::string& name) const;
    [[nodiscard]] std::string system_of(const std::string& list) const;

private:
    std::optional<XTree> parsed(const CellText& cell);
    void refuse(const CellText& cell, const Translator::Flaw& flaw);
    std::optional<std::string> computed(const CellText& cell, EntryIndex index);
    Json operand(const Simple& simple) const;
    [[nodiscard]] bool write_literal(EntryIndex index, Json& item);
    const Survey& survey_;
    Translator& translator_;
    Notes& notes_;
    std::string base_; ///< url of the form
};

/// The whole Questionnaire. `places`: linkId → the cell it came from.
[[nodiscard]] Json write_questionnaire(const Survey& survey, Notes& notes, std::map<std::string, std::string>& places);

} // namespace forms::xlsform
