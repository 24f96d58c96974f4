// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/uuid.hpp"

#include <cstdint>

namespace net {

/// Where new ids and the jitter of pauses come from. Handed in, so that a test can foresee them.
class Chance {
public:
    virtual ~Chance() = default;
    /// A new random UUID (version 4).
    [[nodiscard]] virtual forms::Uuid uuid() = 0;
    /// Even over 0 … limit − 1; 0 for a limit of 0.
    [[nodiscard]] virtual std::uint32_t below(std::uint32_t limit) = 0;
};

/// The operating system's generator, through libsodium. Thread: any.
class SystemChance final : public Chance {
public:
    SystemChance();
    [[nodiscard]] forms::Uuid uuid() override;
    [[nodiscard]] std::uint32_t below(std::uint32_t limit) override;
};

} // namespace net
