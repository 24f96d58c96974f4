// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/markdown_runs.hpp"

#include "forms/base/entities.hpp"
#include "forms/base/utf8.hpp"

#include <algorithm>

namespace forms {
namespace {

constexpr std::size_t longest_label = 1'000;   ///< of a link: bounds the search for its end
constexpr std::size_t longest_address = 2'000; ///< likewise
constexpr std::string_view punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

bool is_punctuation(char c) { return punctuation.find(c) != std::string_view::npos; }
bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t'; }

/// Text, or a row of `*` or `_` that may begin or end an emphasis.
struct Piece {
    std::string text; ///< what is shown of it; of a row, the marks that found no partner
    char mark = 0;
    std::size_t marks = 0;
    bool may_open = false, may_close = false;
    int strong = 0, emphasis = 0; ///< how many begin (+) or end (-) at this piece's front
};

class RunReader {
public:
    explicit RunReader(std::string_view text) : text_(text) {}

    std::vector<TextRun> read() {
        while (at_ < text_.size())
            take_next();
        match();
        return join();
    }

private:
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

    std::string& open_text() {
        if (pieces_.empty() || pieces_.back().mark != 0) pieces_.emplace_back();
        return pieces_.back().text;
    }

    void take_next() {
        const char c = text_[at_];
        if (c == '\\' && at_ + 1 < text_.size() && is_punctuation(text_[at_ + 1])) {
            open_text() += text_[at_ + 1];
            at_ += 2;
            return;
        }
        if ((c == '*' || c == '_')) return take_marks(c);
        if (c == '`' && take_code()) return;
        if (c == '<' && take_tag()) return;
        if (c == '&') {
            if (const std::size_t taken = append_character_reference(open_text(), rest()); taken > 0) {
                at_ += taken;
                return;
            }
        }
        if (c == '[' && take_link(false)) return;
        if (c == '!' && at_ + 1 < text_.size() && text_[at_ + 1] == '[' && take_link(true)) return;
        open_text() += c;
        ++at_;
    }

    /// CommonMark §6.2: which marks may open and close depends on their neighbours.
    void take_marks(char mark) {
        std::size_t end = at_;
        while (end < text_.size() && text_[end] == mark)
            ++end;
        const char before = at_ == 0 ? ' ' : text_[at_ - 1];
        const char after = end == text_.size() ? ' ' : text_[end];
        const bool left = !is_blank(after) && (!is_punctuation(after) || is_blank(before) || is_punctuation(before));
        const bool right = !is_blank(before) && (!is_punctuation(before) || is_blank(after) || is_punctuation(after));
        Piece piece;
        piece.mark = mark;
        piece.marks = end - at_;
        piece.may_open = left && (mark == '*' || !right || is_punctuation(before));
        piece.may_close = right && (mark == '*' || !left || is_punctuation(after));
        pieces_.push_back(std::move(piece));
        at_ = end;
    }

    /// `…` shows as it stands, without the marks.
    bool take_code() {
        if (no_more_code_) return false;
        std::size_t marks = 0;
        while (at_ + marks < text_.size() && text_[at_ + marks] == '`')
            ++marks;
        const std::size_t end = text_.find(std::string(marks, '`'), at_ + marks);
        if (end == std::string_view::npos) {
            no_more_code_ = marks == 1;
            open_text().append(marks, '`');
            at_ += marks;
            return true;
        }
        open_text() += text_.substr(at_ + marks, end - at_ - marks);
        at_ = end + marks;
        return true;
    }

    /// HTML is dropped, a line break and an address in brackets are not.
    bool take_tag() {
        const std::size_t end = rest().substr(0, longest_address).find('>');
        if (end == std::string_view::npos || end < 2) return false;
        const std::string_view inside = rest().substr(1, end - 1);
        const bool is_address = inside.find_first_of(" <\n") == std::string_view::npos &&
                                (inside.find("://") != std::string_view::npos || inside.starts_with("mailto:") ||
                                 (inside.find('@') != std::string_view::npos && !inside.starts_with('/')));
        if (is_address)
            open_text() += shown_address(inside);
        else if (!is_tag(inside))
            return false;
        else if (equals_ignoring_ascii_case(trimmed(inside.substr(0, inside.find('/'))), "br"))
            open_text() += '\n';
        at_ += end + 1;
        return true;
    }

    /// "b", "/b", "br /", "a href=…", "!-- … --"; not "p and q", which is text between two signs.
    static bool is_tag(std::string_view inside) {
        if (inside.starts_with('!')) return true;
        if (inside.starts_with('/')) inside.remove_prefix(1);
        const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
        if (inside.empty() || !is_letter(inside.front())) return false;
        const auto* const end = std::find_if(inside.begin(), inside.end(),
                                             [&](char c) { return !is_letter(c) && !(c >= '0' && c <= '9'); });
        const std::string_view rest = trimmed(inside.substr(static_cast<std::size_t>(end - inside.begin())));
        return rest.empty() || rest == "/" || (is_blank(*end) && rest.find('=') != std::string_view::npos);
    }

    static std::string_view shown_address(std::string_view address) {
        for (const std::string_view scheme : {"mailto:", "tel:"})
            if (address.starts_with(scheme)) address.remove_prefix(scheme.size());
        return address;
    }

    /// "[text](address)" → "text (address)"; a picture is its alternative text only.
    bool take_link(bool is_picture) {
        const std::string_view here = rest().substr(is_picture ? 1 : 0);
        const std::size_t label_end = here.substr(0, longest_label).find("](");
        if (label_end == std::string_view::npos ||
            here.substr(1, label_end - 1).find_first_of("[]") != std::string_view::npos)
            return false;
        const std::size_t address_end = here.substr(0, label_end + longest_address).find(')', label_end);
        if (address_end == std::string_view::npos) return false;
        const std::string_view label = here.substr(1, label_end - 1);
        std::string_view address = trimmed(here.substr(label_end + 2, address_end - label_end - 2));
        address = address.substr(0, address.find_first_of(" \n")); // behind a blank stands a title
        if (address.starts_with('<') && address.ends_with('>')) address = address.substr(1, address.size() - 2);
        address = shown_address(address);
        // The label may hold marks of its own: it is read as text goes on.
        for (const TextRun& run : read_runs(label))
            open_text() += run.text;
        if (!is_picture && !address.empty() && address != label && !address.starts_with('#'))
            open_text().append(" (").append(address).append(")");
        at_ += address_end + 1 + (is_picture ? 1 : 0);
        return true;
    }

    /// Each closing row takes the nearest opening row of its mark. Every row is pushed and taken away once, so the time
    /// grows with the text only.
    void match() {
        std::vector<std::size_t> open;
        std::size_t waiting[2] = {0, 0};
        const auto kind = [](const Piece& piece) { return piece.mark == '*' ? 0u : 1u; };
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            Piece& closer = pieces_[i];
            if (closer.mark == 0) continue;
            while (closer.may_close && closer.marks > 0 && waiting[kind(closer)] > 0) {
                while (pieces_[open.back()].mark != closer.mark) {
                    --waiting[kind(pieces_[open.back()])];
                    open.pop_back();
                }
                Piece& opener = pieces_[open.back()];
                const std::size_t used = opener.marks >= 2 && closer.marks >= 2 ? 2 : 1;
                int Piece::*const style = used == 2 ? &Piece::strong : &Piece::emphasis;
                ++(pieces_[open.back() + 1].*style);
                --(closer.*style);
                opener.marks -= used;
                closer.marks -= used;
                if (opener.marks == 0) {
                    --waiting[kind(opener)];
                    open.pop_back();
                }
            }
            if (closer.may_open && closer.marks > 0) {
                open.push_back(i);
                ++waiting[kind(closer)];
            }
        }
    }

    std::vector<TextRun> join() {
        std::vector<TextRun> runs;
        int strong = 0;
        int emphasis = 0;
        for (Piece& piece : pieces_) {
            strong += piece.strong;
            emphasis += piece.emphasis;
            if (piece.mark != 0) piece.text.assign(piece.marks, piece.mark);
            if (piece.text.empty()) continue;
            const TextRun run{{}, strong > 0, emphasis > 0};
            if (runs.empty() || runs.back().strong != run.strong || runs.back().emphasis != run.emphasis)
                runs.push_back(run);
            runs.back().text += piece.text;
        }
        return runs;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool no_more_code_ = false;
    std::vector<Piece> pieces_;
};

} // namespace

std::vector<TextRun> read_runs(std::string_view text) { return RunReader(text).read(); }

} // namespace forms
