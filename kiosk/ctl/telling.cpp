// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/telling.hpp"

#include "forms/fhir/json.hpp"

#include <array>
#include <fstream>
#include <ostream>

namespace kiosk {

std::optional<std::string> read_form_file(const std::string& name) {
    constexpr std::size_t most_bytes = (16u << 20) + 1;
    std::ifstream file(name, std::ios::binary);
    std::string bytes;
    std::array<char, 65536> part{};
    while (file && bytes.size() < most_bytes) {
        file.read(part.data(), part.size());
        bytes.append(part.data(), static_cast<std::size_t>(file.gcount()));
    }
    if (!file.eof() && bytes.size() < most_bytes) return std::nullopt;
    return bytes;
}

std::string quoted(std::string_view text) {
    std::pmr::string out;
    forms::append_json_string(out, text);
    return std::string(out);
}

void tell(std::ostream& to, bool json, const Told& told) {
    if (!json) {
        to << told.file << ": " << (told.place.empty() ? "/" : told.place) << ": " << told.code << ": ";
        if (told.weight != mistake) to << told.weight << ": ";
        to << told.words << '\n';
        return;
    }
    to << "{\"file\":" << quoted(told.file) << ',' << quoted(told.key) << ':' << quoted(told.place)
       << ",\"code\":" << quoted(told.code);
    if (told.weight != mistake) to << ",\"weight\":" << quoted(told.weight);
    if (!told.link_id.empty()) to << ",\"linkId\":" << quoted(told.link_id);
    to << ",\"text\":" << quoted(told.words) << "}\n";
}

} // namespace kiosk
