// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/lists/terminology_folder.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

namespace kiosk {
namespace {

constexpr std::size_t most_files = 10'000;
constexpr std::uintmax_t most_bytes = 256u << 20;

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code missing;
        if (entry->path().extension() == ".json" && entry->is_regular_file(missing)) files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

TerminologyFolder load_terminology(const std::filesystem::path& folder) {
    TerminologyFolder found;
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) {
        found.refused.push_back(folder.string() + ": /: not-a-folder: there is no such folder of value sets");
        return found;
    }
    auto terminology = std::make_shared<forms::Terminology>();
    std::uintmax_t bytes = 0;
    std::size_t count = 0;
    for (const std::filesystem::path& file : files_below(folder)) {
        const std::uintmax_t size = std::filesystem::file_size(file, error);
        if (error) {
            found.refused.push_back(file.string() + ": /: not-readable: the file cannot be read");
            continue;
        }
        bytes += size;
        if (++count > most_files || bytes > most_bytes) {
            found.refused.push_back(file.string() + ": /: too-big: the folder holds more than 10,000 files or 256 MiB; "
                                                    "this file and those after it were not read");
            break;
        }
        std::ifstream in(file, std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        for (const forms::Mistake& mistake : terminology->add(content))
            found.refused.push_back(file.string() + ": " + (mistake.json_pointer.empty() ? "/" : mistake.json_pointer) +
                                    ": " + std::string(forms::code_of(mistake.reason)) + ": " + mistake.words);
    }
    found.terminology = std::move(terminology);
    return found;
}

} // namespace kiosk
