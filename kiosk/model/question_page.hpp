// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/model/question_part.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// One page of a form while a person works on it: usually one question, sometimes several that belong together. Parts
/// come and go with the answers: a question that is brought up by another one on the same page appears below it.
/// Thread: screen. The draft must outlive it.
class QuestionPage {
public:
    QuestionPage(forms::Draft& draft, forms::Page page, const VisitPorts& ports, const PageVoice& voice);

    [[nodiscard]] const forms::Page& page() const { return page_; }
    /// The questions now on the page, in order.
    [[nodiscard]] std::vector<forms::Path> questions() const;

    /// As for a part; each intent goes to the part whose key it carries.
    bool apply(const Intent& intent, const PageVoice& voice);
    bool accept(const PageVoice& voice);
    void speak(const PageVoice& voice);
    void fill(QuestionScreen& screen, const PageVoice& voice) const;
    /// The person leaves the page: a calculated answer that was emptied here is the program's again.
    void left();

    /// Its questions stay away while it is folded; they are judged all the same, and what is wrong unfolds it.
    void fold(bool folded) { folded_ = folded; }
    [[nodiscard]] bool folded() const { return folded_; }

    // Of the list that the page shows, when it shows one.
    [[nodiscard]] bool entry_open() const { return first().entry_open(); }
    void close_entry(const PageVoice& voice) { first().close_entry(voice); }
    [[nodiscard]] std::string instance_name(const forms::Path& instance, const PageVoice& voice) const {
        return first().instance_name(instance, voice);
    }
    [[nodiscard]] std::optional<std::uint32_t> row_of(std::string_view key) const { return first().row_of(key); }
    [[nodiscard]] bool row_has_content(std::uint32_t row) const { return first().row_has_content(row); }
    void remove_row(std::uint32_t row, const PageVoice& voice) { first().remove_row(row, voice); }
    bool move_row_up(std::uint32_t row) { return first().move_row_up(row); }
    [[nodiscard]] bool shows_rows() const { return first().shows_rows(); }

private:
    [[nodiscard]] QuestionPart& first() { return *parts_.front(); }
    [[nodiscard]] const QuestionPart& first() const { return *parts_.front(); }
    void follow(const PageVoice& voice); ///< the answers: parts come and go

    forms::Draft& draft_;
    forms::Page page_;
    const VisitPorts& ports_;
    std::vector<std::unique_ptr<QuestionPart>> parts_; ///< never empty
    bool folded_ = false;
};

} // namespace kiosk
