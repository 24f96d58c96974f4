// SPDX-License-Identifier: EUPL-1.2
// What it costs to refuse forms and workbooks that nobody writes by mistake: processor time and the most memory, each
// in a process of its own. Exits with 1 when one is taken, or costs more than 100 ms or 64 MiB.
#include "forms/engine/draft.hpp"
#include "forms/fhir/load.hpp"
#include "tests/forms/authoring/hostile_workbooks.hpp"
#include "tests/forms/hostile_forms.hpp"
#include "tests/forms/measured.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <functional>

namespace {

constexpr double most_milliseconds = 100;
constexpr long most_kib = 64 * 1024;

/// The first reason against it; empty when there is none.
using Attempt = std::function<std::string(const std::string& bytes)>;

std::string against_form(const std::string& bytes) {
    const auto loaded = forms::load_definition(bytes);
    if (loaded.ok()) return {};
    const forms::Mistake& first = loaded.error().front();
    return first.json_pointer + " " + std::string(code_of(first.reason));
}

std::string against_endless(const std::string& bytes) {
    const auto loaded = forms::load_definition(bytes);
    if (!loaded.ok()) return {};
    const forms::Draft draft(loaded.value(), std::pmr::get_default_resource());
    return draft.troubles().empty() ? std::string() : "taken; the expression was ended";
}

std::string against_workbook(const std::string& bytes) {
    const auto reasons = hostile::reasons_against(bytes);
    return reasons.empty() ? std::string() : reasons.front();
}

/// In a child of its own, so that nothing before it counts. False when it is not as it should be.
bool judge(std::string_view what, const std::string& bytes, const Attempt& attempt) {
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        std::string reason;
        const measured::Cost cost = measured::cost_of([&] { reason = attempt(bytes); });
        const bool is_well = !reason.empty() &&
                             (!measured::counts || (cost.milliseconds < most_milliseconds && cost.peak_kib < most_kib));
        std::printf("%-66.*s %8.2f MB %8.1f ms %7.1f MiB  %s%s\n", static_cast<int>(what.size()), what.data(),
                    static_cast<double>(bytes.size()) / 1e6, cost.milliseconds,
                    static_cast<double>(cost.peak_kib) / 1024, reason.empty() ? "TAKEN" : reason.c_str(),
                    is_well ? "" : "  <-- too much");
        std::fflush(stdout);
        _exit(is_well ? 0 : 1);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) return false;
    if (WIFSIGNALED(status))
        std::printf("%.*s: ended by signal %d\n", static_cast<int>(what.size()), what.data(), WTERMSIG(status));
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

int main() {
    int bad = 0;
    int count = 0;
    const auto try_one = [&](std::string_view what, const std::string& bytes, const Attempt& attempt) {
        ++count;
        if (!judge(what, bytes, attempt)) ++bad;
    };
    for (const auto& one : hostile::forms())
        try_one(one.what, one.bytes(), against_form);
    try_one("an expression that never ends", hostile::endless_form(), against_endless);
    for (const auto& one : hostile::workbooks())
        try_one(one.what, one.bytes(), against_workbook);
    std::printf("%d hostile inputs, %d not refused within %.0f ms and %ld MiB\n", count, bad, most_milliseconds,
                most_kib / 1024);
    return bad == 0 ? 0 : 1;
}
