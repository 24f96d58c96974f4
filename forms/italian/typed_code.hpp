// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <cstddef>
#include <string_view>

namespace forms {

/// What a person or a reader put into a field for a code: capitals and digits, without the blanks, dots and hyphens
/// people divide it with. Holds up to 24 characters in itself, and wipes them when it goes: codes name people.
class TypedCode {
public:
    explicit TypedCode(std::string_view typed) {
        for (std::size_t i = 0; i < typed.size(); ++i) {
            char c = typed[i];
            if (c == ' ' || c == '-' || c == '.' || c == '\t' || c == '\r' || c == '\n') continue;
            if (typed.substr(i, 2) == "\xC2\xA0") { // a blank that does not break, as some papers are pasted
                ++i;
                continue;
            }
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
            const bool known = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!known || used_ == held_.size()) {
                clean_ = false;
                return;
            }
            held_[used_++] = c;
        }
    }
    ~TypedCode() {
        volatile char* byte = held_.data();
        for (std::size_t i = 0; i < held_.size(); ++i)
            byte[i] = 0;
    }
    TypedCode(const TypedCode&) = delete;
    TypedCode& operator=(const TypedCode&) = delete;

    [[nodiscard]] std::string_view text() const { return {held_.data(), used_}; }
    /// False: something in it belongs to no code, or it is longer than any. `text` is what came before.
    [[nodiscard]] bool clean() const { return clean_; }

private:
    std::array<char, 24> held_{};
    std::size_t used_ = 0;
    bool clean_ = true;
};

} // namespace forms
