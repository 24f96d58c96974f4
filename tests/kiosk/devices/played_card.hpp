// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// A card as a test wants it: one personal data file, and the ways in which cards differ or misbehave. It remembers what it
/// was asked.
class PlayedCard {
public:
    explicit PlayedCard(std::string file) : file_(std::move(file)) {}

    bool answers_must_be_fetched = false; ///< T=0: 61xx first, also after SELECT
    std::size_t most_at_once = 255;       ///< more: 6Cxx
    std::size_t most_given = 255;         ///< gives fewer than asked for, without a word
    std::uint16_t select_status = 0x9000, read_status = 0x9000;
    std::optional<std::size_t> leaves_after; ///< so many commands

    [[nodiscard]] const std::vector<std::vector<std::uint8_t>>& asked() const { return asked_; }
    [[nodiscard]] bool was_asked(std::uint8_t instruction) const {
        return std::any_of(asked_.begin(), asked_.end(),
                           [&](const auto& command) { return command.size() > 1 && command[1] == instruction; });
    }

    std::optional<std::vector<std::uint8_t>> answer(std::span<const std::uint8_t> command) {
        if (leaves_after && asked_.size() >= *leaves_after) return std::nullopt;
        asked_.emplace_back(command.begin(), command.end());
        switch (command.size() > 4 ? command[1] : 0) {
        case 0xA4:
            if (select_status == 0x9000 && answers_must_be_fetched) {
                waiting_ = {0x6F, 0x00};
                return with_status({}, 0x6102);
            }
            return with_status({}, select_status);
        case 0xB0:
            return read(static_cast<std::size_t>(command[2] << 8 | command[3]), command[4]);
        case 0xC0: {
            auto out = waiting_;
            waiting_.clear();
            return with_status(std::move(out), 0x9000);
        }
        default:
            return with_status({}, 0x6D00);
        }
    }

private:
    static std::vector<std::uint8_t> with_status(std::vector<std::uint8_t> data, std::uint16_t status) {
        data.push_back(static_cast<std::uint8_t>(status >> 8));
        data.push_back(static_cast<std::uint8_t>(status & 0xFF));
        return data;
    }
    std::vector<std::uint8_t> read(std::size_t from, std::size_t count) {
        if (read_status != 0x9000) return with_status({}, read_status);
        if (count > most_at_once) return with_status({}, static_cast<std::uint16_t>(0x6C00 | most_at_once));
        const std::size_t begin = std::min(from, file_.size());
        const std::size_t end = std::min(begin + std::min(count, most_given), file_.size());
        std::vector<std::uint8_t> data(file_.begin() + static_cast<std::ptrdiff_t>(begin),
                                       file_.begin() + static_cast<std::ptrdiff_t>(end));
        if (answers_must_be_fetched) {
            waiting_ = std::move(data);
            return with_status({}, static_cast<std::uint16_t>(0x6100 | waiting_.size()));
        }
        return with_status(std::move(data), 0x9000);
    }

    std::string file_;
    std::vector<std::uint8_t> waiting_;
    std::vector<std::vector<std::uint8_t>> asked_;
};
