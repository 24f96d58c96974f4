// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/form_folder.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

namespace kiosk {

std::optional<std::string> bytes_of_form(const std::filesystem::path& file, std::size_t most) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::nullopt;
    std::string bytes;
    std::string block(64U << 10, '\0');
    while (in && bytes.size() <= most) {
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        bytes.append(block, 0, static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad()) return std::nullopt;
    return bytes;
}

FormFolder load_forms(const std::filesystem::path& folder, const std::vector<std::string>& value_sets,
                      const std::vector<std::string>& order, std::shared_ptr<const forms::Terminology> terminology) {
    FormFolder found;
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::filesystem::path file = entry->path() / "questionnaire.json";
        std::error_code missing;
        if (std::filesystem::is_regular_file(file, missing)) files.push_back(file);
    }
    const auto place = [&order](const std::filesystem::path& file) {
        const std::string name = file.parent_path().filename().string();
        return std::pair(std::find(order.begin(), order.end(), name) - order.begin(), name);
    };
    std::sort(files.begin(), files.end(), [&place](const auto& a, const auto& b) { return place(a) < place(b); });
    forms::LoadOptions options;
    options.known_value_sets = value_sets;
    options.terminology = std::move(terminology);
    for (const std::filesystem::path& file : files) {
        const auto bytes = bytes_of_form(file, options.limits.bytes);
        if (!bytes) {
            found.refused.push_back({file, {}});
            continue;
        }
        auto loaded = forms::load_definition(*bytes, options);
        if (loaded.ok())
            found.offered.push_back({file.parent_path().filename().string(), loaded.value()});
        else
            found.refused.push_back({file, loaded.error()});
    }
    return found;
}

std::vector<std::string> lines_of(const RefusedForm& refused) {
    if (refused.mistakes.empty()) return {refused.file.string() + ": cannot be read"};
    std::vector<std::string> lines;
    for (const forms::Mistake& mistake : refused.mistakes)
        lines.push_back(refused.file.string() + ": " + mistake.json_pointer + ": " +
                        std::string(forms::code_of(mistake.reason)) + ": " + mistake.words);
    return lines;
}

} // namespace kiosk
