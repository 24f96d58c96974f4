// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/parked.hpp"

#include "forms/base/digest.hpp"
#include "forms/base/utf8.hpp"

#include <charconv>

namespace forms {
namespace {

constexpr std::string_view heading = "sportello-parked-draft 1\n";

/// Takes a line off the front, without its end; none when there is no whole line.
std::optional<std::string_view> take_line(std::string_view& bytes) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
    return line;
}

std::optional<std::size_t> take_size(std::string_view& bytes) {
    const auto line = take_line(bytes);
    std::size_t size = 0;
    if (!line || line->empty()) return std::nullopt;
    const auto [end, error] = std::from_chars(line->data(), line->data() + line->size(), size);
    if (error != std::errc() || end != line->data() + line->size()) return std::nullopt;
    return size;
}

} // namespace

std::string_view code_of(ParkedFlaw flaw) {
    switch (flaw) { // no default: the compiler names the one we forgot
    case ParkedFlaw::NotParked:
        return "not-parked";
    case ParkedFlaw::OtherDefinition:
        return "other-definition";
    case ParkedFlaw::NotReadable:
        return "not-readable";
    }
    return "";
}

Result<ParkedDraft, ParkedFlaw> park(const Draft& draft, std::string_view definition, std::string_view language) {
    const Sha256 digest = sha256(definition);
    if (digest != draft.definition().sha256()) return ParkedFlaw::OtherDefinition;
    ResponseOptions options;
    options.status = "in-progress";
    return ParkedDraft{std::pmr::string(definition, draft.memory()), digest,
                       write_response(filled_so_far(draft, language), options), std::string(language)};
}

std::pmr::string write_parked(const ParkedDraft& parked, std::pmr::memory_resource* memory) {
    std::pmr::string out(heading, memory);
    out += hex(parked.sha256);
    out += '\n';
    out += parked.language;
    out += '\n';
    out += std::to_string(parked.definition.size());
    out += '\n';
    out += std::to_string(parked.response.size());
    out += '\n';
    out += parked.definition;
    out += parked.response;
    return out;
}

Result<ParkedDraft, ParkedFlaw> read_parked(std::string_view bytes, std::pmr::memory_resource* memory) {
    if (!bytes.starts_with(heading)) return ParkedFlaw::NotParked;
    bytes.remove_prefix(heading.size());
    const auto digest = take_line(bytes);
    const auto language = take_line(bytes);
    const auto form_size = take_size(bytes);
    const auto response_size = take_size(bytes);
    if (!digest || !language || !form_size || !response_size) return ParkedFlaw::NotParked;
    if (*form_size > bytes.size() || *response_size != bytes.size() - *form_size) return ParkedFlaw::NotParked;
    ParkedDraft parked{std::pmr::string(bytes.substr(0, *form_size), memory), sha256(bytes.substr(0, *form_size)),
                       std::pmr::string(bytes.substr(*form_size), memory), std::string(*language)};
    if (hex(parked.sha256) != *digest) return ParkedFlaw::OtherDefinition;
    return parked;
}

Result<ReadResponse, ParkedFlaw> unpark(const ParkedDraft& parked, std::pmr::memory_resource* memory,
                                        const LoadOptions& options) {
    auto loaded = load_definition(parked.definition, options);
    if (!loaded.ok()) return ParkedFlaw::NotReadable;
    auto read = read_response(parked.response, std::move(loaded).value(), memory);
    if (!read.ok()) return ParkedFlaw::NotReadable;
    return std::move(read).value();
}

} // namespace forms
