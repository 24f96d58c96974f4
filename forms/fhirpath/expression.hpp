// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "forms/fhirpath/value.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forms::fhirpath {

/// Why a text is no expression that can be run here.
enum class Refusal {
    NotFhirPath,     ///< the grammar does not allow what stands at the position
    TooLong,         ///< more than 16 KiB
    TooDeep,         ///< nested, or chained, beyond 200
    UnknownFunction, ///< of N1 or SDC, but not run here; or of nobody
    UnknownVariable,
    WrongArguments, ///< their number, or an argument that must be written out (a pattern, a type)
    BadPattern      ///< a regular expression that RE2 does not take
};

/// A refusal with its place.
struct SyntaxError {
    Refusal reason;
    std::size_t position = 0; ///< characters before it, counted from 0
    std::string words;        ///< English, for the person who writes the form
};

struct Program; ///< inside only

/// A parsed expression: immutable, cheap to copy, shared freely between threads.
class Expression {
public:
    static constexpr std::size_t most_bytes = 16u << 10;
    static constexpr int most_depth = 200;

    /// `variables`: the names that `%name` may use beside those every evaluation has (%resource, %context,
    /// %questionnaire, %qitem, %ucum, %sct, %loinc); their index is what Host::variable is asked for. Of a name that is
    /// there twice the last one counts: the inner of two scopes.
    [[nodiscard]] static Result<Expression, SyntaxError> compile(std::string_view text,
                                                                 std::span<const std::string> variables = {});

    [[nodiscard]] const std::string& text() const;
    /// What its patterns take, in steps of their programs (some 16 bytes each).
    [[nodiscard]] int pattern_steps() const;
    [[nodiscard]] const Program& program() const { return *program_; }

private:
    explicit Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
    std::shared_ptr<const Program> program_;
};

} // namespace forms::fhirpath
