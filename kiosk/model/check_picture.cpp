// SPDX-License-Identifier: EUPL-1.2
// "Check your answers": every answer again with the way to change it, what is missing, and what keeps it from being
// sent.
#include "forms/engine/summary.hpp"
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/visit_state.hpp"

#include <algorithm>
#include <array>

namespace kiosk {

std::string Visit::row_key(const forms::Path& path) const {
    return "row:" + filling_->draft.definition().text_of(path.with_instance(0));
}

CheckScreen Visit::check_screen() const {
    const PageVoice speaking = voice();
    const forms::Definition& definition = filling_->draft.definition();
    CheckScreen check;
    check.title = said(Text::check_title);
    check.hint = said(Text::check_hint);
    check.language = speaking.language;
    check.direction = direction(speaking.language);
    check.back = said(Text::back);
    check.send = said(Text::check_send);

    // A repeating group has one more row, before its instances: how many there are, and the way to add one.
    std::vector<forms::Page> lists;
    for (const forms::Page& page : pages())
        if (page.kind == forms::PageKind::Repeat && !rows_around(page.path)) lists.push_back(page);
    std::size_t next_list = 0;
    const auto lists_before = [&](forms::ItemIndex item) {
        for (; next_list < lists.size() && lists[next_list].path.item() < item; ++next_list) {
            const forms::Path& group = lists[next_list].path;
            const std::uint32_t begun = filling_->draft.begun_instances(group);
            CheckScreen::Section section;
            section.title = definition.item(group).text.in(speaking.language);
            section.rows.push_back({"row:" + definition.text_of(group), section.title,
                                    begun == 0 ? said(Text::check_not_given) : std::to_string(begun), begun == 0,
                                    said(Text::check_change)});
            check.sections.push_back(std::move(section));
        }
    };

    for (const forms::SummarySection& part : forms::summary(filling_->draft, speaking.language)) {
        if (part.lines.empty()) continue;
        lists_before(part.lines.front().path.item());
        CheckScreen::Section section;
        section.title = part.title;
        if (part.repeating)
            section.title =
                words_.get(Text::repeat_row, {{"name", section.title}, {"number", std::to_string(part.instance + 1)}});
        for (const forms::SummaryLine& line : part.lines) {
            if (answered_by_notice(definition.item(line.path))) continue;
            CheckScreen::Row row;
            row.key = row_key(line.path);
            row.question = line.question;
            row.answer = line_words(line, definition.item(line.path), form_words_, speaking.language);
            row.missing = row.answer.empty();
            if (row.missing) row.answer = said(Text::check_not_given);
            row.change = said(Text::check_change);
            section.rows.push_back(std::move(row));
        }
        if (section.rows.empty()) continue;
        // Lines of one group that another group interrupts come as two sections with one name.
        if (!check.sections.empty() && check.sections.back().title == section.title && !part.repeating) {
            auto& rows = check.sections.back().rows;
            std::move(section.rows.begin(), section.rows.end(), std::back_inserter(rows));
        } else {
            check.sections.push_back(std::move(section));
        }
    }
    lists_before(static_cast<forms::ItemIndex>(definition.items().size()));

    check.missing = facts_missing();
    if (!check.missing.empty()) check.missing_title = said(Text::check_missing);
    const auto line_of = [&](const forms::Issue& issue) {
        const forms::Item& item = definition.item(issue.path);
        return ErrorLine{row_key(issue.path), error_words(wrong_of_issue(issue, item), item, speaking),
                         std::string(filling_->draft.text(issue.path, speaking.language)), issue.constraint != nullptr};
    };
    // Of very many, the first: the next ones are told when these are put right.
    constexpr std::size_t most_lines = 30;
    for (std::size_t i = 0; i < std::min(filling_->issues.size(), most_lines); ++i)
        check.errors.push_back(line_of(filling_->issues[i]));
    if (!check.errors.empty()) check.error_title = said(Text::check_problem);
    for (const forms::Issue& warning : filling_->draft.warnings())
        check.advice.push_back(line_of(warning));
    if (!check.advice.empty()) check.advice_title = said(Text::advice_answers);
    if (desk_) add_objections(check);
    return check;
}

/// What the office needs to find the person again, was asked for and not given. Never a reason to stop anybody.
std::vector<std::string> Visit::facts_missing() const {
    struct Fact {
        std::string_view ending; ///< of the profile element a question stands for
        Text words;
    };
    constexpr std::array facts = {Fact{"Patient.name.family", Text::missing_family_name},
                                  Fact{"Patient.name.given", Text::missing_given_name},
                                  Fact{"Patient.birthDate", Text::missing_birth_date},
                                  Fact{"identifier:codiceFiscale.value", Text::missing_person_number},
                                  Fact{"Patient.telecom", Text::missing_contact}};
    const forms::Definition& definition = filling_->draft.definition();
    const auto of_the_declarant = [&definition](forms::ItemIndex item) {
        const auto line = definition.line_of(item);
        return std::any_of(line.begin(), line.end(), [&](forms::ItemIndex ancestor) {
            return definition.item(ancestor).definition.find("ContattoPersona") != std::string::npos;
        });
    };
    std::vector<std::string> missing;
    for (const Fact& fact : facts) {
        bool asked = false;
        bool given = false;
        for (const forms::Path& path : filling_->draft.enabled()) {
            const forms::Item& item = definition.item(path);
            if (!item.is_question() || item.filled_by_desk || !item.definition.ends_with(fact.ending)) continue;
            if (of_the_declarant(path.item())) continue;
            asked = true;
            const forms::Answer* answer = filling_->draft.answer(path);
            given = given || (answer != nullptr && answer->value);
        }
        if (asked && !given) missing.push_back(said(fact.words));
    }
    return missing;
}

} // namespace kiosk
