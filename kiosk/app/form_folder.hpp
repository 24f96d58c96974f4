// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhir/load.hpp"
#include "kiosk/model/settings.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

/// A form that is not offered, with every reason. For the staff, never for the screen.
struct RefusedForm {
    std::filesystem::path file;
    std::vector<forms::Mistake> mistakes; ///< empty: the file could not be read
};

struct FormFolder {
    std::vector<OfferedForm> offered; ///< in the order they are shown
    std::vector<RefusedForm> refused;
};

/// One byte more than a definition may have is read, so that a larger one is refused for its size and not cut. None:
/// the file cannot be read.
[[nodiscard]] std::optional<std::string> bytes_of_form(const std::filesystem::path& file, std::size_t most);

/// Reads every `<folder>/<form>/questionnaire.json`. A form is taken as a whole or not at all; a bad one does not keep
/// the others away. Those whose folder is named in `order` come first, in that order; the others follow by name. Reads
/// files: once, before there is a screen.
[[nodiscard]] FormFolder load_forms(const std::filesystem::path& folder, const std::vector<std::string>& value_sets,
                                    const std::vector<std::string>& order,
                                    std::shared_ptr<const forms::Terminology> terminology = nullptr);

/// "primo-accesso/questionnaire.json: /item/3: unknown-type: …", one line a mistake.
[[nodiscard]] std::vector<std::string> lines_of(const RefusedForm& refused);

} // namespace kiosk
