// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Forms that nobody writes by mistake, each with the way it is refused. Read by a test (`hostile_test.cpp`) and by
/// `hostile_bench`, which prints what each costs.
namespace hostile {

struct HostileForm {
    std::string_view what;
    std::function<std::string()> bytes; ///< made when asked for: some are megabytes
    std::string_view first; ///< how the first mistake begins: "pointer code"; empty: any, where the reader stopped
};

[[nodiscard]] const std::vector<HostileForm>& forms();

/// A form that is taken, and an expression of which never ends: what is asked of the engine is that it ends it.
[[nodiscard]] std::string endless_form();

} // namespace hostile
