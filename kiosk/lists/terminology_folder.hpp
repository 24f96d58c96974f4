// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhir/terminology.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace kiosk {

/// The value sets and code systems below a folder: those a form names by address.
struct TerminologyFolder {
    std::shared_ptr<const forms::Terminology> terminology; ///< null when there is no such folder
    std::vector<std::string>
        refused; ///< one line per mistake: file, JSON pointer, code, words. For the log and `form check`
};

/// Reads every `.json` file at any depth, in the order of their names; what is neither ValueSet, CodeSystem nor a
/// Bundle of them is left aside, so that a whole FHIR package may be put there. At most 10,000 files and 256 MiB; of
/// what is beyond, one line says so. Blocks on the disk: called at the start, before any visit.
[[nodiscard]] TerminologyFolder load_terminology(const std::filesystem::path& folder);

} // namespace kiosk
