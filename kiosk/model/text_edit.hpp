// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/model/intents.hpp"
#include "kiosk/model/screens.hpp"

#include <cstddef>
#include <memory_resource>
#include <string_view>
#include <vector>

namespace kiosk {

/// What a field lets in.
enum class Allowed { Anything, Digits, Number };

/// Content, caret and selection of one text field, in the order in which it is read (logical order), also for Arabic.
/// The caret stands only between graphemes: an accent or a vowel sign is never torn from its letter. Memory that held
/// text is overwritten with zeros as soon as the text is gone.
/// Thread: screen.
class TextEdit {
public:
    struct Rules {
        std::size_t most_code_points = 0; ///< 0: no limit but that of a stored text
        bool lines = false;               ///< a line break may be typed
        Allowed allowed = Allowed::Anything;
    };

    TextEdit(std::pmr::memory_resource* memory, Rules rules);
    TextEdit(TextEdit&&) noexcept = default;
    TextEdit& operator=(TextEdit&&) = delete;
    TextEdit(const TextEdit&) = delete;
    TextEdit& operator=(const TextEdit&) = delete;
    ~TextEdit();

    [[nodiscard]] std::string_view text() const { return {bytes_.data(), bytes_.size()}; }
    [[nodiscard]] bool empty() const { return bytes_.empty(); }
    [[nodiscard]] std::size_t caret() const { return caret_; }
    [[nodiscard]] std::size_t anchor() const { return anchor_; }
    [[nodiscard]] TextContent content() const; ///< a copy for the picture

    /// Replaces everything; the caret goes to the end.
    void assign(std::string_view utf8);
    /// Puts text in the place of the selection. What may not be in the field is left out, and so is what goes over the
    /// limit. False when nothing changed.
    bool insert(std::string_view utf8);
    /// False when nothing changed, neither text nor caret.
    bool apply(EditCommand command, bool extend);
    bool place(std::size_t byte, bool extend);
    void clear();

private:
    [[nodiscard]] bool right_to_left() const;
    [[nodiscard]] std::size_t word_before(std::size_t byte) const;
    [[nodiscard]] std::size_t word_after(std::size_t byte) const;
    [[nodiscard]] std::size_t line_start(std::size_t byte) const;
    [[nodiscard]] std::size_t line_end(std::size_t byte) const;
    void erase(std::size_t from, std::size_t to);
    bool move(std::size_t to, bool extend);

    std::pmr::vector<char> bytes_; ///< a vector: a short std::string would live outside the given memory
    std::size_t caret_ = 0, anchor_ = 0;
    Rules rules_;
};

} // namespace kiosk
