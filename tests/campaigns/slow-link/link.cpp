// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/slow-link/link.hpp"

#include <cmath>

namespace campaign {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t piece = 16'384; ///< as TLS hands them on
constexpr double one_answer_in = 5;   ///< to what was brought, is lost

} // namespace

Link::Link(tests::SharedClock& clock, unsigned seed)
    : clock_(clock), chance_(seed), left_us_(-std::log(1.0 - random()) * between_cuts / 1us) {}

bool Link::pass(std::size_t bytes) {
    const double us = static_cast<double>(bytes) * 8e6 / bits_per_second;
    owed_us_ += us;
    left_us_ -= us;
    const auto whole = static_cast<long>(owed_us_ / 1000);
    owed_us_ -= static_cast<double>(whole) * 1000;
    clock_.forward(std::chrono::milliseconds(whole));
    return left_us_ > 0;
}

void Link::cut(tests::TlsLine& line) {
    ++cuts_;
    left_us_ = -std::log(1.0 - random()) * between_cuts / 1us;
    if (random() < 0.5) {
        line.reset();
    } else { // a router without power tells nobody: the other side must find out by itself
        ++silent_;
        for (auto passed = 0s; passed < 200s && !line.server->stopping() && line.nudge(); passed += 5s)
            clock_.forward(5s);
        line.drop();
    }
    const auto down = shortest_cut + random() * (longest_cut - shortest_cut);
    down_until_ = clock_.since_boot() + std::chrono::duration_cast<std::chrono::milliseconds>(down);
}

std::optional<tests::Asked> Link::read(tests::TlsLine& line) {
    for (;;) {
        const std::size_t before = line.server->bytes();
        auto asked = line.read(piece);
        const std::size_t came = line.server->bytes() - before;
        if (came == 0 && !asked) return std::nullopt; // gone
        if (!pass(came)) {
            cut(line); // also when it was the last byte: nobody over there has read it
            return std::nullopt;
        }
        if (asked) return asked;
    }
}

void Link::write(tests::TlsLine& line, std::string_view answer, bool brought) {
    const bool meets_it = brought && random() * one_answer_in < 1;
    if (!pass(answer.size()) || meets_it) return cut(line);
    (void)line.write(answer);
}

} // namespace campaign
