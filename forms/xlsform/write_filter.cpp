// SPDX-License-Identifier: EUPL-1.2
// choice_filter: which choices are offered depends on other answers. What stands in the columns of a choice is known;
// so the filter becomes one condition for all choices whose columns say the same.
#include "forms/fhirpath/expression.hpp"
#include "forms/xlsform/write.hpp"

#include <algorithm>
#include <map>

namespace forms::xlsform {
namespace {

/// The columns that a filter names, each once.
std::vector<std::string> columns_in(const XTree& tree) {
    std::vector<std::string> found;
    for (const XNode& node : tree.nodes)
        if (node.kind == XKind::Column && std::find(found.begin(), found.end(), node.text) == found.end())
            found.push_back(node.text);
    return found;
}

/// What stands in a column of a choice; an empty cell is an empty text, as in XPath.
std::string cell_of(const Choice& choice, std::string_view column) {
    if (column == "name") return choice.name;
    const auto found = choice.attributes.find(column);
    return found == choice.attributes.end() ? std::string() : found->second;
}

/// The filter for choices with these cells.
XTree filled_in(XTree tree, const std::vector<std::string>& columns, const std::vector<std::string>& cells) {
    for (XNode& node : tree.nodes)
        if (node.kind == XKind::Column) {
            node.kind = XKind::Text;
            node.text =
                cells[static_cast<std::size_t>(std::find(columns.begin(), columns.end(), node.text) - columns.begin())];
        }
    return tree;
}

/// Neighbours in the list that the filter treats alike.
struct Run {
    std::size_t from = 0, count = 0;
    std::string condition;
};

/// The choices of all runs whose condition holds, in the order of the list. Brackets in pairs, or a long list would be
/// a longer chain than an expression may have.
std::string chosen_from(const std::vector<Run>& runs, std::size_t first, std::size_t end) {
    if (end - first == 1) {
        const Run& run = runs[first];
        return "iif(" + run.condition + ", %choices.skip(" + std::to_string(run.from) + ").take(" +
               std::to_string(run.count) + "), {})";
    }
    const std::size_t middle = first + (end - first) / 2;
    return "(" + chosen_from(runs, first, middle) + " | " + chosen_from(runs, middle, end) + ")";
}

} // namespace

void RuleWriter::write_filter(EntryIndex index, const std::string& list, Json& extensions) {
    const Entry& entry = survey_.entries[index];
    const auto choices = survey_.lists.find(entry.list);
    if (choices == survey_.lists.end()) return; // told already
    const auto is_column = [&](std::string_view name) {
        return name == "name" || std::any_of(choices->second.begin(), choices->second.end(), [&](const Choice& choice) {
                   return choice.attributes.find(name) != choice.attributes.end();
               });
    };
    const auto tree = parse_xpath(entry.choice_filter.text, is_column);
    if (!tree.ok()) return notes_.refuse(entry.choice_filter.place, Trouble::BadExpression, tree.error());
    const auto columns = columns_in(tree.value());
    std::vector<Run> runs;
    std::map<std::string, std::size_t>
        place_of; ///< a name that is there twice is one code, and stands where it came first
    std::map<std::vector<std::string>, std::string> conditions;
    for (const Choice& choice : choices->second) {
        std::vector<std::string> cells;
        for (const std::string& column : columns)
            cells.push_back(cell_of(choice, column));
        std::string& condition = conditions[cells];
        if (condition.empty()) {
            const auto translated = translator_.condition(filled_in(tree.value(), columns, cells), index);
            if (!translated.ok()) return refuse(entry.choice_filter, translated.error());
            condition = translated.value().text;
        }
        const std::size_t at = place_of.emplace(choice.name, place_of.size()).first->second;
        if (!runs.empty() && runs.back().condition == condition && runs.back().from + runs.back().count == at)
            ++runs.back().count;
        else
            runs.push_back({at, 1, condition});
    }
    const std::string text = chosen_from(runs, 0, runs.size());
    if (text.size() > fhirpath::Expression::most_bytes)
        return notes_.refuse(entry.choice_filter.place, Trouble::UnsupportedExpression,
                             "this filter over this list is longer than an expression may be: write one question for "
                             "each part of the list");
    extensions.push_back(fhir::expression(
        "variable", "%questionnaire.contained.where(id = " + fhirpath_text(list) + ").expansion.contains", "choices"));
    extensions.push_back(fhir::expression("answerExpression", text));
}

} // namespace forms::xlsform
