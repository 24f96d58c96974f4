// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>

namespace tests {

/// Numbers that look random and are the same on every machine for the same seed (xorshift64*, Vigna 2016).
class SeededChance {
public:
    explicit SeededChance(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ull + 0x1234567) {
        for (int i = 0; i < 8; ++i)
            (void)next();
    }
    std::uint64_t next() {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return state_ * 0x2545F4914F6CDD1Dull;
    }
    double unit() { return static_cast<double>(next() >> 11) / 9007199254740992.0; } ///< 0 ≤ … < 1
    double between(double low, double high) { return low + (high - low) * unit(); }
    int whole(int low, int high) { ///< both may come
        return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool happens(double probability) { return unit() < probability; }
    double normal() {
        const double u = 1 - unit(), v = unit();
        return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi * v);
    }
    char of(std::string_view letters) {
        return letters[static_cast<std::size_t>(whole(0, static_cast<int>(letters.size()) - 1))];
    }

private:
    std::uint64_t state_;
};

} // namespace tests
