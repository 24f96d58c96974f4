// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/pages.hpp"
#include "kiosk/model/intents.hpp"
#include "kiosk/model/screens.hpp"
#include "kiosk/model/settings.hpp"
#include "kiosk/model/text_edit.hpp"
#include "kiosk/text/words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// In which words a page speaks: the program's own in the language of the visit, the form's in `language`.
struct PageVoice {
    const Words& words;      ///< of the visit
    const Words& form_words; ///< the program's words in the language of the form: "Sì", "No" among its options
    std::string language;    ///< of the form's texts
};

/// What keeps an answer from being taken, in words that are chosen when they are shown: the language may change.
struct Wrong {
    Text text = Text::error_check_answer;
    std::optional<forms::Value> limit;
    std::string number;
    std::string field; ///< what comes after the question's key: "" or ".other", ".day" …
};

/// One page of a form while a person works on it: the fields as typed, and what happens to them. The answers go into
/// the draft at every keystroke, half-typed ones too, so that nothing is lost by going back, changing the language or
/// asking for help.
/// Thread: screen. The draft must outlive it.
class QuestionPage {
public:
    QuestionPage(forms::Draft& draft, forms::Page page, const VisitPorts& ports, const PageVoice& voice);

    [[nodiscard]] const forms::Page& page() const { return page_; }
    /// The intents that change an answer on this page; any other is not for it. True when something changed.
    bool apply(const Intent& intent, const PageVoice& voice);
    /// The person wants to go on. True when the answer can stay as it is; otherwise the page shows what is wrong.
    bool accept(const PageVoice& voice);
    /// On the page of a repeating question one answer is open: `back` and `continue` return to the list first.
    [[nodiscard]] bool entry_open() const { return kind_answers_list() && entry_.has_value(); }
    void close_entry(const PageVoice& voice);
    /// Words that depend on the language are looked up again.
    void speak(const PageVoice& voice);

    /// Everything of the screen that is this page's own; caption, progress and buttons are the visit's.
    void fill(QuestionScreen& screen, const PageVoice& voice) const;
    /// What the row of an instance is called: its first answers, or its group and number.
    [[nodiscard]] std::string instance_name(const forms::Path& instance, const PageVoice& voice) const;
    /// The place that a row's key means; none for a key of another page.
    [[nodiscard]] std::optional<std::uint32_t> row_of(std::string_view key) const;
    [[nodiscard]] bool row_has_content(std::uint32_t row) const;
    void remove_row(std::uint32_t row, const PageVoice& voice);
    [[nodiscard]] bool shows_rows() const;

private:
    enum class Kind { Notice, Attachment, Choice, Text, Date, DateTime, Time, Quantity, Search, Repeat };
    struct Field {
        std::string suffix; ///< of the node key
        TextEdit edit;
    };

    [[nodiscard]] const forms::Item& item() const { return draft_.definition().item(page_.path); }
    [[nodiscard]] std::string key() const;
    [[nodiscard]] bool kind_answers_list() const;
    [[nodiscard]] forms::Path place() const; ///< of the answer being edited
    [[nodiscard]] Keyboard keyboard() const;
    [[nodiscard]] Field* field_of(std::string_view key);
    [[nodiscard]] const TextEdit* other_field() const;

    void open_fields();
    void load();
    void load_date(std::string_view typed, const forms::Value* value);
    void find(const PageVoice& voice);
    void store(const PageVoice& voice);
    void store_date();
    void store_quantity(const PageVoice& voice);
    void store_other();
    bool choose(std::size_t option);
    bool choose_hit(std::string_view key, const PageVoice& voice);
    bool forget_answer();
    bool edited(Field& field, const PageVoice& voice);

    [[nodiscard]] bool judge_parts(std::vector<Wrong>& wrong) const;
    [[nodiscard]] Wrong wrong_of(const forms::Issue& issue) const;
    [[nodiscard]] Control control(const PageVoice& voice) const;
    [[nodiscard]] RepeatControl rows(const PageVoice& voice) const;
    [[nodiscard]] std::string chosen_words(const PageVoice& voice) const;

    forms::Draft& draft_;
    forms::Page page_;
    const VisitPorts& ports_;
    Kind kind_ = Kind::Notice;
    std::vector<Field> fields_;
    std::optional<std::size_t> unit_;
    bool other_chosen_ = false;
    std::vector<SearchHit> hits_;
    std::optional<std::uint32_t> entry_; ///< which answer of a repeating question is open
    std::vector<Wrong> wrong_;
};

/// The words of an error: what happened and how to put it right.
[[nodiscard]] std::string error_words(const Wrong& wrong, const forms::Item& item, const PageVoice& voice);
/// The same for an issue found away from its page.
[[nodiscard]] Wrong wrong_of_issue(const forms::Issue& issue, const forms::Item& item);

} // namespace kiosk
