// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/page/words.hpp"

#include "net/sandbox/json_text.hpp"
#include "net/sandbox/page/embedded.hpp"

#include <nlohmann/json.hpp>

namespace net::sandbox {

Words::Words(Language language) : language_(language) {
    const auto catalogue = read_json(language == Language::Italian ? page::words_it_json() : page::words_en_json());
    if (!catalogue.ok()) return; // a test reads both
    for (std::size_t i = 0; i < word_keys.size(); ++i)
        texts_.at(i) = text_of(catalogue.value(), word_keys.at(i));
}

} // namespace net::sandbox
