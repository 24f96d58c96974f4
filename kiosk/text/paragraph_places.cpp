// SPDX-License-Identifier: EUPL-1.2
// Where bytes stand on the glass, and which byte a finger means.
#include "kiosk/text/paragraph.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk {
namespace {

std::span<const PlacedCluster> clusters_of(const Paragraph& paragraph, std::size_t line) {
    const PlacedLine& placed = paragraph.placed_[line];
    return std::span(paragraph.clusters_).subspan(placed.cluster_begin, placed.cluster_end - placed.cluster_begin);
}

std::size_t line_of(const Paragraph& paragraph, std::size_t byte) {
    const auto& lines = paragraph.lines_;
    const auto after =
        std::partition_point(lines.begin(), lines.end(), [byte](const Layout::Line& line) { return line.end <= byte; });
    return after == lines.end() ? lines.size() - 1 : static_cast<std::size_t>(after - lines.begin());
}

/// Where inside a cluster a byte stands: a ligature is divided evenly between its graphemes.
float edge_in(const Paragraph& paragraph, const PlacedCluster& cluster, std::size_t byte) {
    const std::string_view part = paragraph.text().substr(cluster.begin, cluster.end - cluster.begin);
    const std::size_t inside = std::clamp<std::size_t>(byte, cluster.begin, cluster.end) - cluster.begin;
    std::size_t before = 0;
    std::size_t all = 0;
    for (std::size_t at = 0; at < part.size(); ++all) {
        at = next_grapheme(part, at);
        if (at <= inside) ++before;
    }
    const float share = all == 0 ? 0 : static_cast<float>(before) / static_cast<float>(all);
    return cluster.x + cluster.width * (cluster.right_to_left ? 1 - share : share);
}

float x_of(const Paragraph& paragraph, std::size_t line_index, std::size_t byte) {
    const Layout::Line& line = paragraph.lines_[line_index];
    const PlacedCluster* last_before = nullptr;
    for (const PlacedCluster& cluster : clusters_of(paragraph, line_index)) {
        if (byte >= cluster.begin && byte < cluster.end) return line.x + edge_in(paragraph, cluster, byte);
        if (cluster.end <= byte && (last_before == nullptr || cluster.end > last_before->end)) last_before = &cluster;
    }
    if (last_before != nullptr) return line.x + edge_in(paragraph, *last_before, last_before->end);
    return line.right_to_left ? line.x + line.width : line.x;
}

} // namespace

Caret caret_in(const Paragraph& paragraph, std::size_t byte) {
    byte = std::min(byte, paragraph.text_.size());
    const std::size_t index = line_of(paragraph, byte);
    const Layout::Line& line = paragraph.lines_[index];
    const float height = paragraph.cap_px_ * 1.7F; // a little above the capitals and below the descenders
    const float top = line.baseline - paragraph.cap_px_ * 1.3F;
    return {x_of(paragraph, index, byte), top, height};
}

std::size_t byte_in(const Paragraph& paragraph, ImVec2 place) {
    const auto& lines = paragraph.lines_;
    const auto below = std::partition_point(
        lines.begin(), lines.end(), [&](const Layout::Line& line) { return line.top + line.height <= place.y; });
    const std::size_t index = below == lines.end() ? lines.size() - 1 : static_cast<std::size_t>(below - lines.begin());
    const Layout::Line& line = lines[index];
    std::size_t nearest = line.begin;
    float distance = std::abs(place.x - x_of(paragraph, index, line.begin));
    // Only places where the caret can be shown: where two directions meet, one x may stand for two bytes.
    const auto consider = [&](std::size_t byte, float x) {
        const float away = std::abs(place.x - x);
        if (away >= distance) return;
        distance = away;
        nearest = byte;
    };
    std::size_t last = line.begin;
    for (const PlacedCluster& cluster : clusters_of(paragraph, index)) {
        for (std::size_t byte = cluster.begin; byte < cluster.end;) {
            consider(byte, line.x + edge_in(paragraph, cluster, byte));
            byte = std::min<std::size_t>(next_grapheme(paragraph.text(), byte), cluster.end);
        }
        last = std::max<std::size_t>(last, cluster.end);
    }
    // The end belongs to this line only where the next one does not begin with it.
    if (last < line.end || index + 1 == lines.size()) consider(last, x_of(paragraph, index, last));
    return nearest;
}

std::vector<TextRect> selection_in(const Paragraph& paragraph, std::size_t from, std::size_t to) {
    std::vector<TextRect> rects;
    if (from > to) std::swap(from, to);
    for (std::size_t index = 0; index < paragraph.lines_.size() && from < to; ++index) {
        const Layout::Line& line = paragraph.lines_[index];
        if (line.end <= from || line.begin >= to) continue;
        const std::size_t first_of_line = rects.size();
        for (const PlacedCluster& cluster : clusters_of(paragraph, index)) {
            if (cluster.end <= from || cluster.begin >= to || cluster.width <= 0) continue;
            const float a = edge_in(paragraph, cluster, std::max<std::size_t>(from, cluster.begin));
            const float b = edge_in(paragraph, cluster, std::min<std::size_t>(to, cluster.end));
            const float left = line.x + std::min(a, b);
            const float right = line.x + std::max(a, b);
            constexpr float touching = 0.5F;
            if (rects.size() > first_of_line && left - (rects.back().x + rects.back().width) < touching)
                rects.back().width = right - rects.back().x;
            else
                rects.push_back({left, line.top, right - left, line.height});
        }
    }
    return rects;
}

} // namespace kiosk
