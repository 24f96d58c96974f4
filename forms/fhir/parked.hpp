// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhir/load.hpp"
#include "forms/fhir/response.hpp"

#include <memory_resource>
#include <string>
#include <string_view>

namespace forms {

/// A draft set aside: the answers as a QuestionnaireResponse (in-progress), and the form they were given to, byte by
/// byte as it was published. Whoever takes it up again needs nothing else, however often the form has changed since.
/// What was half typed and answers of hidden questions are in no response and so not in it. The host seals and stores
/// it.
struct ParkedDraft {
    std::pmr::string definition; ///< exact bytes
    Sha256 sha256{};             ///< of those bytes
    std::pmr::string response;
    std::string language; ///< in which the person was filling it in
};

enum class ParkedFlaw {
    NotParked,       ///< these bytes are no parked draft, or only a part of one
    OtherDefinition, ///< the form in it is not the one it names, or not the draft's
    NotReadable      ///< the form cannot be loaded, or the answers do not belong to it
};
[[nodiscard]] std::string_view code_of(ParkedFlaw flaw); ///< "not-parked"

/// `definition` must be the bytes that the draft's definition was loaded from. Everything lives in the draft's memory.
[[nodiscard]] Result<ParkedDraft, ParkedFlaw> park(const Draft& draft, std::string_view definition,
                                                   std::string_view language);

/// One text of bytes: a heading with the digest, the language and both lengths, then both texts.
[[nodiscard]] std::pmr::string write_parked(const ParkedDraft& parked, std::pmr::memory_resource* memory);
/// The reverse; refuses what was cut short, made longer or changed in the form.
[[nodiscard]] Result<ParkedDraft, ParkedFlaw> read_parked(std::string_view bytes, std::pmr::memory_resource* memory);

/// The draft as it was, on the form as it was. `options` as the host loads any definition.
[[nodiscard]] Result<ReadResponse, ParkedFlaw> unpark(const ParkedDraft& parked, std::pmr::memory_resource* memory,
                                                      const LoadOptions& options = {});

} // namespace forms
