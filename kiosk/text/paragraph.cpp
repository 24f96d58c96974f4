// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/text/paragraph.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kiosk {
namespace {

/// A stretch of a line with one level.
struct Piece {
    std::uint32_t begin, end;
    std::uint8_t level;
    const TextRun* run;
};

/// Cuts one paragraph (without its line feed) into lines and places them below those already there.
class LineBuilder {
public:
    LineBuilder(FontSet& fonts, Shaper& shaper, const ParagraphOptions& options, const Shaper::Wish& wish,
                Paragraph& out)
        : fonts_(fonts), shaper_(shaper), wish_(wish), out_(out),
          limit_(options.max_width_px > 0 ? options.max_width_px : std::numeric_limits<float>::infinity()) {
        const float em = options.style.cap_px / fonts.cap_ratio(options.style.weight);
        // Balanced around the capitals: as much room above them as below.
        above_ = options.style.line_height * em / 2 + options.style.cap_px / 2;
        below_ = options.style.line_height * em / 2 - options.style.cap_px / 2;
    }

    /// `end_byte`: after the line feed, where there is one.
    void add(std::span<const Decoded> paragraph, std::uint32_t begin_byte, std::uint32_t end_byte) {
        decoded_ = paragraph;
        shaped_ = shaper_.shape(paragraph, wish_);
        measure();
        const auto length = static_cast<std::uint32_t>(paragraph.size());
        std::uint32_t begin = 0;
        do {
            std::uint32_t end = next_end(begin, limit_);
            while (!place_line(begin, end, begin_byte, end_byte))
                end = shorter(begin, end);
            begin = end;
        } while (begin < length);
    }

private:
    /// The width of each cluster, at its first code point.
    void measure() {
        advances_.assign(shaped_.characters.size(), 0);
        starts_.assign(shaped_.characters.size(), 0);
        for (const ShapedGlyph& glyph : shaped_.glyphs) {
            advances_[glyph.cluster] += glyph.advance;
            starts_[glyph.cluster] = 1;
        }
    }

    [[nodiscard]] bool may_end_after(std::uint32_t i) const {
        return shaped_.breaks[i] != 0 && (i + 1 == starts_.size() || starts_[i + 1] != 0);
    }

    [[nodiscard]] std::uint32_t next_end(std::uint32_t begin, float limit) const {
        const auto length = static_cast<std::uint32_t>(shaped_.characters.size());
        constexpr float rounding = 0.02F;
        float x = 0;
        std::uint32_t last_break = begin;
        for (std::uint32_t i = begin; i < length; ++i) {
            x += advances_[i];
            if (x > limit + rounding && shaped_.spaces[i] == 0) {
                if (last_break > begin) return last_break;
                // A word wider than the box: broken where a grapheme begins, and never before its first.
                std::uint32_t cut = i;
                while (cut > begin && starts_[cut] == 0)
                    --cut;
                if (cut > begin) return cut;
                cut = i + 1;
                while (cut < length && starts_[cut] == 0)
                    ++cut;
                return cut;
            }
            if (may_end_after(i)) last_break = i + 1;
        }
        return length;
    }

    /// An earlier end for a line that came out too wide: at a legal place if there is one.
    [[nodiscard]] std::uint32_t shorter(std::uint32_t begin, std::uint32_t end) const {
        const std::uint32_t legal = next_end(begin, limit_ - (pen_ - limit_));
        if (legal < end) return legal;
        std::uint32_t cut = end - 1;
        while (cut > begin && starts_[cut] == 0)
            --cut;
        return cut;
    }

    /// False, with nothing placed, when the line came out wider than the box and could be shorter: where a word is
    /// broken, letters may take a wider form than they had inside it.
    [[nodiscard]] bool place_line(std::uint32_t begin, std::uint32_t end, std::uint32_t begin_byte,
                                  std::uint32_t end_byte) {
        const auto length = static_cast<std::uint32_t>(decoded_.size());
        std::uint32_t seen = end;
        if (end < length)
            while (seen > begin && shaped_.spaces[seen - 1] != 0)
                --seen;
        Layout::Line line;
        line.begin = begin < length ? decoded_[begin].byte : begin_byte;
        line.end = end < length ? decoded_[end].byte : end_byte;
        return place(begin, seen, line);
    }

    [[nodiscard]] std::vector<Piece> pieces(std::uint32_t begin, std::uint32_t end) const {
        // Rule L1 of the bidirectional algorithm: spaces at the end of a line run as the paragraph does.
        std::uint32_t tail = end;
        while (tail > begin && shaped_.spaces[tail - 1] != 0)
            --tail;
        std::vector<Piece> list;
        const auto first = std::partition_point(shaped_.runs.begin(), shaped_.runs.end(),
                                                [begin](const TextRun& run) { return run.end <= begin; });
        for (auto at = first; at != shaped_.runs.end() && at->begin < end; ++at) {
            const TextRun& run = *at;
            const std::uint32_t from = std::max(begin, run.begin);
            const std::uint32_t to = std::min(end, run.end);
            if (from < std::min(to, tail)) list.push_back({from, std::min(to, tail), run.level, &run});
            if (std::max(from, tail) < to) list.push_back({std::max(from, tail), to, shaped_.base_level, &run});
        }
        // Rule L2: from the highest level down to the lowest odd one, turn round what stands at that level or above.
        std::uint8_t highest = 0;
        for (const Piece& piece : list)
            highest = std::max(highest, piece.level);
        for (std::uint8_t level = highest; level > 0; --level)
            for (auto from = list.begin(); from != list.end();) {
                from = std::find_if(from, list.end(), [level](const Piece& p) { return p.level >= level; });
                const auto to = std::find_if(from, list.end(), [level](const Piece& p) { return p.level < level; });
                std::reverse(from, to);
                from = to;
            }
        return list;
    }

    [[nodiscard]] bool cut_is_safe(const TextRun& run, std::uint32_t at) const {
        if (at <= run.begin || at >= run.end) return true;
        const auto [first, last] = slice(run, at, at + 1);
        const auto unsafe = [](const ShapedGlyph& glyph) { return glyph.unsafe_to_break; };
        const auto glyphs = shaped_.glyphs.begin();
        return first != last && std::none_of(glyphs + first, glyphs + last, unsafe); // no glyph: inside a ligature
    }

    [[nodiscard]] bool place(std::uint32_t begin, std::uint32_t end, Layout::Line line) {
        PlacedLine placed;
        placed.glyph_begin = static_cast<std::uint32_t>(out_.glyphs_.size());
        placed.cluster_begin = static_cast<std::uint32_t>(out_.clusters_.size());
        pen_ = 0;
        shaped_anew_ = false;
        reach_ = {above_, below_};
        for (const Piece& piece : pieces(begin, end)) {
            const auto [first, last] = slice(*piece.run, piece.begin, piece.end);
            if (cut_is_safe(*piece.run, piece.begin) && cut_is_safe(*piece.run, piece.end)) {
                add_piece(piece, std::span(shaped_.glyphs).subspan(first, last - first));
            } else {
                const auto glyphs = shaper_.reshape(shaped_, *piece.run, piece.begin, piece.end, begin, end, wish_);
                add_piece(piece, glyphs);
                shaped_anew_ = true;
            }
        }
        constexpr float hardly_seen = 0.5F;
        const bool has_shorter = std::any_of(starts_.begin() + begin + (begin < end ? 1 : 0), starts_.begin() + end,
                                             [](std::uint8_t start) { return start != 0; });
        if (shaped_anew_ && pen_ > limit_ + hardly_seen && has_shorter) {
            out_.glyphs_.resize(placed.glyph_begin);
            out_.clusters_.resize(placed.cluster_begin);
            return false;
        }
        placed.glyph_end = static_cast<std::uint32_t>(out_.glyphs_.size());
        placed.cluster_end = static_cast<std::uint32_t>(out_.clusters_.size());
        line.width = pen_;
        line.top = out_.height_;
        line.height = reach_.above + reach_.below;
        line.baseline = std::round(line.top + reach_.above);
        line.right_to_left = shaped_.begins_right;
        out_.height_ += line.height;
        out_.lines_.push_back(line);
        out_.placed_.push_back(placed);
        return true;
    }

    /// Glyphs of the run that belong to these code points; their clusters run up or down throughout a run.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> slice(const TextRun& run, std::uint32_t begin,
                                                                std::uint32_t end) const {
        const auto glyphs = shaped_.glyphs.begin();
        const auto inside = [&](const ShapedGlyph& g) { return g.cluster >= begin && g.cluster < end; };
        const auto before = [&](const ShapedGlyph& g) {
            return run.right_to_left() ? g.cluster >= end : g.cluster < begin;
        };
        const auto run_end = glyphs + run.glyph_end;
        const auto first = std::partition_point(glyphs + run.glyph_begin, run_end, before);
        const auto last = std::partition_point(first, run_end, inside);
        return {static_cast<std::uint32_t>(first - glyphs), static_cast<std::uint32_t>(last - glyphs)};
    }

    void add_piece(const Piece& piece, std::span<const ShapedGlyph> glyphs) {
        const TextRun& run = *piece.run;
        const std::int32_t em_64 = fonts_.em_64(run.face, wish_.cap_px);
        const std::size_t first_cluster = out_.clusters_.size();
        std::uint32_t last_seen = std::numeric_limits<std::uint32_t>::max();
        for (const ShapedGlyph& glyph : glyphs) {
            if (glyph.cluster != last_seen) {
                out_.clusters_.push_back({glyph.cluster, piece.end, pen_, 0, run.right_to_left()});
                last_seen = glyph.cluster;
            }
            out_.clusters_.back().width += glyph.advance;
            out_.glyphs_.push_back({glyph.glyph, em_64, run.face, pen_ + glyph.x, glyph.y});
            const GlyphReach reach = fonts_.reach(run.face, em_64, glyph.glyph);
            reach_.above = std::max(reach_.above, std::ceil(reach.above - glyph.y));
            reach_.below = std::max(reach_.below, std::ceil(reach.below + glyph.y));
            pen_ += glyph.advance;
        }
        // A cluster ends where the next one in logical order begins; then code points become bytes.
        const std::span added = std::span(out_.clusters_).subspan(first_cluster);
        for (std::size_t i = 0; i < added.size(); ++i) {
            const bool has_next = run.right_to_left() ? i > 0 : i + 1 < added.size();
            if (has_next) added[i].end = added[run.right_to_left() ? i - 1 : i + 1].begin;
        }
        // From left to right an end is a begin still counted in code points; from right to left it comes from before.
        const Decoded& last = decoded_.back();
        const auto byte_of = [&](std::uint32_t at) {
            return at < decoded_.size() ? decoded_[at].byte : last.byte + last.length;
        };
        for (PlacedCluster& cluster : added) {
            cluster.begin = byte_of(cluster.begin);
            cluster.end = byte_of(cluster.end);
        }
    }

    FontSet& fonts_;
    Shaper& shaper_;
    const Shaper::Wish& wish_;
    Paragraph& out_;
    float limit_, above_ = 0, below_ = 0;
    std::span<const Decoded> decoded_;
    Shaped shaped_;
    WipingVector<float> advances_;
    WipingVector<std::uint8_t> starts_;
    float pen_ = 0;
    bool shaped_anew_ = false;
    GlyphReach reach_;
};

void align(const ParagraphOptions& options, Paragraph& out) {
    float widest = 0;
    for (const Layout::Line& line : out.lines_)
        widest = std::max(widest, line.width);
    out.width_ = options.max_width_px > 0 ? options.max_width_px : widest;
    float left = std::numeric_limits<float>::infinity();
    float right = 0;
    for (Layout::Line& line : out.lines_) {
        const float room = out.width_ - line.width;
        const bool at_right = (options.align == Align::Start) == line.right_to_left;
        line.x = options.align == Align::Centre ? std::round(room / 2) : at_right ? room : 0;
        left = std::min(left, line.x);
        right = std::max(right, line.x + line.width);
    }
    out.ink_left_ = left;
    out.ink_width_ = right - left;
}

} // namespace

void lay_out(FontSet& fonts, Shaper& shaper, std::string_view utf8, const ParagraphOptions& options, Paragraph& out) {
    out.text_.assign(utf8.begin(), utf8.end());
    out.cap_px_ = options.style.cap_px;
    const Shaper::Wish wish{
        options.style.cap_px,         options.style.weight,          options.direction == Direction::RightToLeft,
        options.direction_by_content, std::string(options.language), {options.strong.begin(), options.strong.end()}};
    const WipingVector<Decoded> decoded = decode(utf8);
    LineBuilder builder(fonts, shaper, options, wish, out);
    const std::span<const Decoded> all(decoded);
    const auto byte_of = [&](std::size_t i) {
        return i < all.size() ? all[i].byte : static_cast<std::uint32_t>(utf8.size());
    };
    std::size_t begin = 0;
    while (true) {
        std::size_t end = begin;
        while (end < all.size() && !breaks_line(all[end].character))
            ++end;
        const bool pair = end + 1 < all.size() && all[end].character == '\r' && all[end + 1].character == '\n';
        const std::size_t next = std::min(all.size(), end + (pair ? 2 : 1));
        builder.add(all.subspan(begin, end - begin), byte_of(begin), byte_of(next));
        if (end == all.size()) break; // no line feed here; after one there is always a further line, empty or not
        begin = next;
    }
    align(options, out);
}

} // namespace kiosk
