// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/reach.hpp"
#include "forms/fhir/json.hpp"
#include "forms/lint/lint.hpp"

/// The inside of `lint`. Only forms/lint includes this.
namespace forms {

/// The form as compiled and as written: item by item, what stands where in the file.
class Linted {
public:
    Linted(const Definition& definition, const JsonDocument& json);

    [[nodiscard]] const Definition& definition() const { return definition_; }
    [[nodiscard]] const JsonDocument& json() const { return json_; }
    [[nodiscard]] const Reach& reach() const { return reach_; }
    /// `member` of the item ("text"), or the item itself where it has none.
    [[nodiscard]] JsonDocument::Node node_of(ItemIndex item, std::string_view member = {}) const;
    /// Where the list of options stands: answerOption, or answerValueSet.
    [[nodiscard]] JsonDocument::Node options_of(ItemIndex item) const;
    /// The extension whose address ends so, or the item itself.
    [[nodiscard]] JsonDocument::Node extension_of(ItemIndex item, std::string_view name) const;
    /// The extension of that object whose address ends so, or none.
    [[nodiscard]] JsonDocument::Node extension_in(JsonDocument::Node object, std::string_view name) const;
    /// Where that condition stands.
    [[nodiscard]] JsonDocument::Node condition_of(ItemIndex item, std::size_t number) const;

    void add(Remark remark, JsonDocument::Node node, std::string words, ItemIndex item,
             Weight weight = Weight::Warning);
    void add(Remark remark, JsonDocument::Node node, std::string words, Weight weight = Weight::Warning);
    [[nodiscard]] bool is_full() const { return found_.size() >= most; } ///< nothing more will be told
    [[nodiscard]] std::vector<Finding> take();

private:
    static constexpr std::size_t most = 500;
    const Definition& definition_;
    const JsonDocument& json_;
    Reach reach_;
    std::vector<JsonDocument::Node> nodes_; ///< item by item
    std::vector<std::pair<JsonDocument::Node, Finding>> found_;
};

void lint_rules(Linted& form);
void lint_lists(Linted& form);
/// Returns what a citizen reads in Italian.
TextCounts lint_words(Linted& form);

/// A text for a message: short, in quotation marks.
[[nodiscard]] std::string named(std::string_view text);

} // namespace forms
