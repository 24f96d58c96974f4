// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/random.hpp"

#include <sodium.h>

#include <cstdlib>

namespace net {

SystemChance::SystemChance() {
    if (sodium_init() < 0) // without a random source nothing this program promises can be kept
        std::abort();
}

forms::Uuid SystemChance::uuid() {
    forms::Uuid::Bytes bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return forms::Uuid::from_random(bytes);
}

std::uint32_t SystemChance::below(std::uint32_t limit) { return limit == 0 ? 0 : randombytes_uniform(limit); }

} // namespace net
