// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/mrz_read.hpp"

#include "kiosk/capture/mrz.hpp"
#include "kiosk/decoder/mrz_find.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::decoder {
namespace {

constexpr float sure = -0.4f;         // a probability of two thirds, among what may stand there
constexpr float worth_trying = -7.0f; // one in a thousand
constexpr float best_mean = -1.2f;    // worse than this on average is not OCR-B
constexpr float far_likelier = 2.0f;  // seven times
constexpr std::size_t most_doubts = 14;

/// A place where another letter could stand.
struct Doubt {
    std::size_t line, column;
    char other;
    float cost; ///< how much less likely than the first choice
};

class Decision {
public:
    Decision(MrzFormat format, const std::vector<std::vector<GlyphScores>>& scores) : format_(format), scores_(scores) {
        for (std::size_t line = 0; line < scores.size(); ++line) {
            grammar_.push_back(mrz_grammar(format, line));
            lines_.emplace_back();
            confidence_.emplace_back();
            for (std::size_t column = 0; column < scores[line].size(); ++column)
                choose(line, column);
        }
    }

    [[nodiscard]] std::optional<MrzReading> finish() {
        if (!right()) correct();
        const auto checks = mrz_checks(format_, lines_);
        const auto good =
            std::count_if(checks.begin(), checks.end(), [](const MrzCheck& check) { return check.right; });
        if (good < 2) return std::nullopt;
        trust_fillers_behind_names();
        if (doubtful() > letters_ / 5) return std::nullopt;
        MrzReading reading{.lines = lines_, .score = mean()};
        const bool vouched = good == static_cast<long>(checks.size());
        for (std::size_t line = 0; line < lines_.size(); ++line)
            for (std::size_t column = 0; column < lines_[line].size(); ++column)
                if (confidence_[line][column] < sure && !(vouched && covered(line, column)))
                    reading.lines[line][column] = '?';
        // Every zone begins with the letter of its kind. Without it the line was cut a letter away, and all of it is
        // wrong.
        if (reading.lines[0][0] == '?' || reading.lines[0][0] == '<') return std::nullopt;
        return reading;
    }

private:
    /// Among the letters that may stand there, with their probabilities made to sum up to 1.
    void choose(std::size_t line, std::size_t column) {
        const GlyphScores& all = scores_[line][column];
        const MrzPlace place = grammar_[line][column];
        std::vector<std::pair<float, char>> allowed;
        float sum = 0;
        for (std::size_t g = 0; g < glyph_count; ++g)
            if (mrz_allows(place, glyph_letters[g])) {
                allowed.emplace_back(all[g], glyph_letters[g]);
                sum += std::exp(all[g]);
            }
        // What is unlike everything that may stand there is not read, however the rest compares.
        std::sort(allowed.rbegin(), allowed.rend());
        const float rest = std::log(std::max(sum, 1e-6f));
        lines_[line] += allowed[0].second;
        confidence_[line].push_back(std::min(allowed[0].first - rest, allowed[0].first + 6));
        total_ += std::max(allowed[0].first, -8.0f);
        ++letters_;
        for (std::size_t k = 1; k < std::min<std::size_t>(4, allowed.size()); ++k)
            if (const float cost = allowed[0].first - allowed[k].first; - cost > worth_trying)
                doubts_.push_back({line, column, allowed[k].second, cost});
    }

    [[nodiscard]] bool right() const {
        const auto checks = mrz_checks(format_, lines_);
        return std::all_of(checks.begin(), checks.end(), [](const MrzCheck& check) { return check.right; });
    }
    [[nodiscard]] float mean() const { return total_ / static_cast<float>(letters_); }

    [[nodiscard]] long doubtful() const {
        long count = 0;
        for (const auto& line : confidence_)
            count += std::count_if(line.begin(), line.end(), [](float confidence) { return confidence < sure; });
        return count;
    }

    /// Covered by a check digit (names, states and sex are not; the French sum covers all).
    [[nodiscard]] bool covered(std::size_t line, std::size_t column) const {
        if (format_ == MrzFormat::FrenchCard) return true;
        const bool one_line_of_names = format_ != MrzFormat::Td1;
        if (one_line_of_names)
            return line == 1 && (column < 10 || (column >= 13 && column < 20) || (column >= 21 && column < 28) ||
                                 format_ == MrzFormat::Td2 || format_ == MrzFormat::Td3);
        return (line == 0 && column >= 5) || (line == 1 && column != 7 && (column < 15 || column >= 18));
    }

    void correct() {
        std::erase_if(doubts_, [&](const Doubt& doubt) { return !covered(doubt.line, doubt.column); });
        std::sort(doubts_.begin(), doubts_.end(), [](const Doubt& a, const Doubt& b) { return a.cost < b.cost; });
        if (doubts_.size() > most_doubts) doubts_.resize(most_doubts);
        struct Way {
            float cost;
            std::vector<std::string> lines;
        };
        const std::vector<std::string> first = lines_;
        std::vector<Way> ways;
        const auto attempt = [&](float cost, std::initializer_list<const Doubt*> changes) {
            lines_ = first;
            for (const Doubt* const doubt : changes)
                lines_[doubt->line][doubt->column] = doubt->other;
            if (!right()) return false;
            ways.push_back({cost, lines_});
            return true;
        };
        // Beside a change that is enough, one that no check digit sees is no second way.
        std::vector<const Doubt*> not_enough;
        for (const Doubt& doubt : doubts_)
            if (!attempt(doubt.cost, {&doubt})) not_enough.push_back(&doubt);
        for (std::size_t i = 0; i < not_enough.size(); ++i)
            for (std::size_t k = i + 1; k < not_enough.size(); ++k) {
                const Doubt &one = *not_enough[i], &other = *not_enough[k];
                if (one.line != other.line || one.column != other.column)
                    (void)attempt(one.cost + other.cost, {&one, &other});
            }
        std::sort(ways.begin(), ways.end(), [](const Way& one, const Way& other) { return one.cost < other.cost; });
        const bool one_way = ways.size() == 1 || (ways.size() > 1 && ways[1].cost - ways[0].cost > far_likelier);
        lines_ = one_way ? ways[0].lines : first;
    }

    /// After the given names nothing but fillers can follow two of them, and after three nothing at all (Doc 9303-3,
    /// 4.6): a filler seen faintly there needs no better eye. The French card's lines are covered by its sum.
    void trust_fillers_behind_names() {
        if (format_ == MrzFormat::FrenchCard) return;
        const std::size_t line = format_ == MrzFormat::Td1 ? 2 : 0;
        std::size_t fillers = 0;
        bool given = false, ended = false;
        for (std::size_t column = line == 0 ? 5 : 0; column < lines_[line].size(); ++column) {
            const bool filler = lines_[line][column] == '<';
            if (ended && (filler || confidence_[line][column] < sure)) {
                lines_[line][column] = '<';
                confidence_[line][column] = 0;
            }
            if (!filler) given = given || fillers == 2;
            fillers = filler && confidence_[line][column] >= sure ? fillers + 1 : 0;
            ended = ended || fillers >= (given ? 2u : 3u);
        }
    }

    MrzFormat format_;
    const std::vector<std::vector<GlyphScores>>& scores_;
    std::vector<std::vector<MrzPlace>> grammar_;
    std::vector<std::string> lines_;
    std::vector<std::vector<float>> confidence_;
    std::vector<Doubt> doubts_;
    float total_ = 0;
    int letters_ = 0;
};

/// The cells of a zone as they are met when it is read the other way up.
std::vector<std::vector<CellPlace>> upside_down(std::vector<std::vector<CellPlace>> lines) {
    std::reverse(lines.begin(), lines.end());
    for (auto& line : lines) {
        std::reverse(line.begin(), line.end());
        for (CellPlace& cell : line) {
            cell.right_x = -cell.right_x;
            cell.right_y = -cell.right_y;
            cell.down_x = -cell.down_x;
            cell.down_y = -cell.down_y;
        }
    }
    return lines;
}

std::vector<std::vector<GlyphScores>> scores_of(const GrayPicture& full,
                                                const std::vector<std::vector<CellPlace>>& lines) {
    std::vector<std::vector<GlyphScores>> all;
    for (const auto& line : lines) {
        std::vector<CellPixels> cells;
        for (const CellPlace& place : line)
            cells.push_back(sample_cell(full, place));
        level_line(cells);
        all.emplace_back();
        for (const CellPixels& cell : cells)
            all.back().push_back(ocr_b_reader().read(cell));
    }
    return all;
}

/// Mean of the best letter's score: tells which way up, and whether these are letters of OCR-B at all.
float fit_of(const std::vector<std::vector<GlyphScores>>& scores) {
    float sum = 0;
    int count = 0;
    for (const auto& line : scores)
        for (const GlyphScores& cell : line) {
            sum += *std::max_element(cell.begin(), cell.end());
            ++count;
        }
    return sum / static_cast<float>(std::max(count, 1));
}

} // namespace

std::optional<MrzReading> decide(const std::vector<std::vector<GlyphScores>>& scores) {
    // The format depends on the first letters, and these on the format only where digits could stand: they cannot.
    std::vector<std::string> shape;
    for (const auto& line : scores) {
        shape.emplace_back();
        for (std::size_t column = 0; column < line.size(); ++column) {
            std::size_t best = column < 5 ? 10 : 0;
            for (std::size_t g = best; g < glyph_count; ++g)
                if (line[column][g] > line[column][best]) best = g;
            shape.back() += glyph_letters[best];
        }
    }
    const auto format = mrz_format(shape);
    if (!format) return std::nullopt;
    return Decision(*format, scores).finish();
}

std::optional<MrzFound> read_mrz_of(const GrayPicture& full, const GrayPicture& half) {
    std::optional<MrzFound> best;
    float best_score = -1e9f;
    for (const MrzCandidate& candidate : find_mrz(full, half)) {
        const auto turned = upside_down(candidate.lines);
        const auto up = scores_of(full, candidate.lines), down = scores_of(full, turned);
        const bool is_up = fit_of(up) >= fit_of(down);
        const auto& scores = is_up ? up : down;
        if (fit_of(scores) < best_mean) continue;
        const auto reading = decide(scores);
        if (!reading || reading->score <= best_score) continue;
        best_score = reading->score;
        PictureCorners corners = candidate.corners;
        if (!is_up) corners = {corners[2], corners[3], corners[0], corners[1]};
        best = MrzFound{reading->lines, corners};
    }
    return best;
}

} // namespace kiosk::decoder
