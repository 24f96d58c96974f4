// SPDX-License-Identifier: EUPL-1.2
#include "net/outbox/desk_issues.hpp"

#include "net/runtime/json_text.hpp"

#include <algorithm>

namespace net {

Bytes seal_issues(std::span<const DeskIssue> issues, const forms::Uuid& request, const PublicKey& to,
                  std::pmr::memory_resource* memory) {
    if (issues.empty()) return {};
    JsonText out(memory);
    out.open_array();
    for (const DeskIssue& issue : issues.first(std::min(issues.size(), most_desk_issues)))
        out.open_object()
            .member("code", name_of(issue.code))
            .member("part", issue.part)
            .member("path", issue.path)
            .close_object();
    out.close_array();
    const std::span<const std::byte> part = std::as_bytes(std::span(out.view().data(), out.view().size()));
    auto sealed = seal(request, to, std::span(&part, 1));
    if (!sealed.ok()) return {}; // beyond 8 MiB: not with these bounds
    Bytes bytes = std::move(sealed.value().header);
    bytes.insert(bytes.end(), sealed.value().parts[0].begin(), sealed.value().parts[0].end());
    return bytes;
}

forms::Result<std::vector<DeskIssue>, SealFault> open_issues(std::span<const std::byte> sealed,
                                                             const forms::Uuid& request, const KeyRing& ring,
                                                             std::pmr::memory_resource* memory) {
    std::vector<DeskIssue> issues;
    if (sealed.empty()) return issues;
    if (sealed.size() <= seal_header_size) return SealFault::NotAHeader;
    SealedRequest whole;
    whole.id = request;
    whole.header.assign(sealed.begin(), sealed.begin() + seal_header_size);
    whole.parts.emplace_back(sealed.begin() + seal_header_size, sealed.end());
    auto opened = unseal(whole, ring, memory);
    if (!opened.ok()) return opened.error();
    const SecretBytes& clear = opened.value().front();
    const auto list = json_elements({reinterpret_cast<const char*>(clear.data()), clear.size()});
    if (!list || list->size() > most_desk_issues) return SealFault::Broken;
    for (const std::string_view element : *list) {
        const auto members = json_members(element);
        if (!members) return SealFault::Broken;
        DeskIssue issue;
        for (const auto& [name, value] : *members) {
            const auto text = json_string(value, memory);
            if (!text) return SealFault::Broken;
            if (name == "code") issue.code = issue_code(*text);
            if (name == "part") issue.part = *text;
            if (name == "path") issue.path = *text;
        }
        issues.push_back(std::move(issue));
    }
    return issues;
}

} // namespace net
