// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/page/word_keys.hpp" // made from words.it.json by the build: a key that is not there does not compile

#include <array>
#include <string>
#include <string_view>

namespace net::sandbox {

enum class Language { Italian, English };

/// The words of the page in one language.
class Words {
public:
    /// Reads the catalogue that is built into the program.
    explicit Words(Language language);

    [[nodiscard]] const std::string& operator[](Word word) const { return texts_.at(static_cast<std::size_t>(word)); }
    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] std::string_view code() const { return language_ == Language::Italian ? "it" : "en"; }

private:
    Language language_;
    std::array<std::string, word_keys.size()> texts_;
};

} // namespace net::sandbox
