// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/notice_reader.hpp"

#include "forms/base/calendar.hpp"
#include "forms/base/utf8.hpp"
#include "net/runtime/json_text.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace kiosk {
namespace {

constexpr std::size_t largest_notice = 64U << 10;
constexpr std::size_t longest_list = 200, longest_name = 512;
constexpr std::string_view translation = "http://hl7.org/fhir/StructureDefinition/translation";
constexpr std::string_view uri_system = "urn:ietf:rfc:3986";
constexpr auto longest_period = std::chrono::hours(24 * 366);

/// One JSON object, one level at a time: the value of a member as it stands in the text; empty when it is not there.
class Members {
public:
    static std::optional<Members> of(std::string_view json) {
        auto all = net::json_members(json);
        if (!all) return std::nullopt;
        for (std::size_t i = 0; i < all->size(); ++i)
            for (std::size_t k = 0; k < i; ++k)
                if ((*all)[i].first == (*all)[k].first) return std::nullopt;
        return Members(std::move(*all));
    }
    [[nodiscard]] std::string_view raw(std::string_view name) const {
        const auto found = std::ranges::find(all_, name, &net::JsonMembers::value_type::first);
        return found == all_.end() ? std::string_view() : found->second;
    }
    [[nodiscard]] std::string text(std::string_view name) const {
        const auto value = net::json_string(raw(name), std::pmr::get_default_resource());
        return value ? std::string(*value) : std::string();
    }
    [[nodiscard]] std::vector<Members> list(std::string_view name) const {
        std::vector<Members> out;
        const auto elements = net::json_elements(raw(name));
        if (!elements || elements->size() > longest_list) return out;
        for (const std::string_view element : *elements)
            if (auto members = of(element)) out.push_back(std::move(*members));
        return out;
    }
    [[nodiscard]] std::optional<Members> object(std::string_view name) const { return of(raw(name)); }

private:
    explicit Members(net::JsonMembers all) : all_(std::move(all)) {}
    net::JsonMembers all_;
};

std::optional<forms::WallTime> moment(const std::string& text) {
    const auto read = forms::PartialDateTime::parse(text);
    if (!read || !read->date.complete()) return std::nullopt;
    std::int64_t seconds = forms::day_number(read->date) * 86'400;
    if (read->time)
        seconds +=
            read->time->hour * 3600 + read->time->minute * 60 + read->time->second - read->offset.value_or(0) * 60;
    else // a day by itself begins at midnight in Italy
        seconds -= forms::italian_offset(read->date, {}) * 60;
    return forms::WallTime(std::chrono::seconds(seconds));
}

/// One line: a notice has no layout of its own.
std::string plain(const std::string& text) {
    std::string shown = forms::shown_text(text);
    std::ranges::replace_if(
        shown, [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
    return std::string(forms::trimmed(shown));
}

std::optional<NoticeFault> take_words(const Members& payload, const std::string& language, std::size_t most,
                                      Notice::Texts& into) {
    const auto add = [&](const std::string& code, const std::string& words) -> std::optional<NoticeFault> {
        std::string shown = plain(words);
        if (shown.empty() || code.empty() || code.size() > 35)
            return into.empty() ? std::optional(NoticeFault::NoWords) : std::nullopt;
        if (forms::count_code_points(shown) > most) return NoticeFault::TooLong;
        into.emplace_back(code, std::move(shown));
        return std::nullopt;
    };
    if (auto fault = add(language, payload.text("contentString"))) return fault;
    const auto more = payload.object("_contentString");
    if (!more) return std::nullopt;
    for (const Members& extension : more->list("extension")) {
        if (extension.text("url") != translation) continue;
        std::string code, words;
        for (const Members& part : extension.list("extension")) {
            if (part.text("url") == "lang") code = part.text("valueCode");
            if (part.text("url") == "content") words = part.text("valueString");
            if (words.empty() && part.text("url") == "content") words = part.text("valueMarkdown");
        }
        if (auto fault = add(code, words)) return fault;
    }
    return std::nullopt;
}

std::vector<std::string> identified(const Members& notice, std::string_view member, std::string_view system) {
    std::vector<std::string> values;
    for (const Members& reference : notice.list(member)) {
        const auto identifier = reference.object("identifier");
        if (!identifier || identifier->text("system") != system) continue;
        std::string value = identifier->text("value");
        if (!value.empty() && value.size() <= longest_name) values.push_back(std::move(value));
    }
    return values;
}

Notice::Kind kind_of(const Members& notice, const std::string& system) {
    for (const Members& category : notice.list("category"))
        for (const Members& coding : category.list("coding")) {
            if (coding.text("system") != system) continue;
            const std::string code = coding.text("code");
            if (code == "emergency") return Notice::Kind::Emergency;
            if (code == "opening-hours") return Notice::Kind::OpeningHours;
            if (code == "procedure") return Notice::Kind::Procedure;
        }
    return Notice::Kind::Other;
}

} // namespace

forms::Result<ReadNotice, NoticeFault> read_notice(std::string_view json, std::string_view base_uri) {
    if (json.size() > largest_notice) return NoticeFault::TooLong;
    if (!forms::is_utf8(json)) return NoticeFault::NotJson;
    const auto depth = net::json_depth(json);
    if (!depth || *depth > 16) return NoticeFault::NotJson;
    const auto resource = Members::of(json);
    if (!resource) return NoticeFault::NotJson;
    if (resource->text("resourceType") != "CommunicationRequest") return NoticeFault::NotANotice;
    ReadNotice read;
    const auto identifiers = resource->list("identifier");
    if (identifiers.empty()) return NoticeFault::NotANotice;
    const std::string system = identifiers.front().text("system"), value = identifiers.front().text("value");
    if (system.empty() || value.empty() || system.size() + value.size() > longest_name) return NoticeFault::NotANotice;
    read.name = system + "|" + value;
    Notice& notice = read.notice;
    const std::string status = resource->text("status");
    notice.withdrawn = status != "active";
    if (notice.withdrawn) return read; // its words no longer matter, and need not be well made

    const std::string base(base_uri);
    notice.kind = kind_of(*resource, base + "/CodeSystem/notice-kind");
    const std::string priority = resource->text("priority");
    notice.urgent = priority == "urgent" || priority == "asap" || priority == "stat";
    const auto payloads = resource->list("payload");
    if (payloads.size() < 2) return NoticeFault::NoWords;
    std::string language = resource->text("language");
    if (language.empty()) language = "it";
    if (auto fault = take_words(payloads[0], language, longest_notice_title, notice.title)) return *fault;
    if (auto fault = take_words(payloads[1], language, longest_notice_text, notice.text)) return *fault;
    const auto period = resource->object("occurrencePeriod");
    const auto until = period ? moment(period->text("end")) : std::nullopt;
    const auto from = period ? moment(period->text("start")) : std::nullopt;
    if (!until || !from || *until <= *from || *until - *from > longest_period) return NoticeFault::NoPeriod;
    notice.from = *from;
    notice.until = *until;
    // Whom it is for decides where it is shown: a list that cannot be read whole must not become "everybody".
    for (const char* member : {"recipient", "about"}) {
        if (resource->raw(member).empty()) continue;
        const auto elements = net::json_elements(resource->raw(member));
        if (!elements || elements->size() > longest_list) return NoticeFault::TooLong;
        const bool whom = std::string_view(member) == "recipient";
        auto values = identified(*resource, member, whom ? base + "/sid/body" : std::string(uri_system));
        if (values.size() != elements->size()) return NoticeFault::NotANotice;
        (whom ? notice.bodies : notice.about) = std::move(values);
    }
    return read;
}

} // namespace kiosk
