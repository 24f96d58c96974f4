// SPDX-License-Identifier: EUPL-1.2
// What stays of a screen tree in memory that was given back.
#include "kiosk/a11y/tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <string_view>

using namespace kiosk;

namespace {

/// Two nodes' worth of memory that outlives what is put into it.
struct Place {
    alignas(Node) std::array<char, 2 * sizeof(Node)> bytes{};
    [[nodiscard]] Node* first() { return reinterpret_cast<Node*>(bytes.data()); }
    [[nodiscard]] bool holds(std::string_view word) const {
        return std::string_view(bytes.data(), bytes.size()).find(word) != std::string_view::npos;
    }
};

} // namespace

TEST_CASE("screen tree: a short word in a node that is gone is not in its memory any more") {
    Place place;
    Node* node = std::construct_at(place.first());
    node->value = "qmsprlmhdp"; // short enough to lie inside the node
    REQUIRE(place.holds("qmsprlmhdp"));
    std::destroy_at(node);
    CHECK_FALSE(place.holds("qmsprlmhdp"));
}

TEST_CASE("screen tree: a node that went to another place leaves no word behind") {
    Place place;
    Node* node = std::construct_at(place.first());
    node->value = "qmsprlmhdp";
    const Node elsewhere = std::move(*node);
    std::destroy_at(node);
    CHECK(elsewhere.value == "qmsprlmhdp");
    CHECK_FALSE(place.holds("msprlmhdp")); // a text that was moved loses its first letter only
}
