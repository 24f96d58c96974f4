// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Workbooks that nobody writes by mistake; each is refused. For a test, and for `hostile_bench`, which prints their
/// cost.
namespace hostile {

struct HostileWorkbook {
    std::string_view what;
    std::function<std::string()> bytes;
    std::string_view first; ///< how the first reason begins: "cell code"
};

[[nodiscard]] const std::vector<HostileWorkbook>& workbooks();

/// What `sportelloctl form import` does with the bytes of a file: "cell code" for every reason, empty when it is taken.
[[nodiscard]] std::vector<std::string> reasons_against(std::string_view bytes);

} // namespace hostile
