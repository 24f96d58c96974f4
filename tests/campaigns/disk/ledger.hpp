// SPDX-License-Identifier: EUPL-1.2
// What the world outside the terminal knows: who was shown a number, and what the central system has. It lies in memory
// shared with child processes, so that a killed one takes nothing of it along.
#pragma once
#include "forms/base/uuid.hpp"
#include "net/central/central_system.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tests::disk {

struct Ledger {
    static constexpr std::size_t most = 2000;
    struct Line {
        std::uint8_t id[16];
        std::uint32_t number; ///< on the receipt; 0: none was shown
        std::uint32_t
            created;         ///< times the central system was given it and did not have it: more than once is a double
        std::uint32_t scans; ///< its attachments
        bool has;            ///< the central system has it
        bool asked;          ///< somebody asked to keep it: what had no answer is asked again
        bool erasing;        ///< staff asked to erase it
    };
    std::uint32_t count;
    Line lines[most];

    [[nodiscard]] static forms::Uuid id_of(const Line& line) {
        forms::Uuid::Bytes bytes{};
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = line.id[i];
        return forms::Uuid(bytes);
    }
    Line& add(const forms::Uuid& id, std::uint32_t scans) {
        Line& line = lines[count];
        line = {};
        for (std::size_t i = 0; i < 16; ++i)
            line.id[i] = id.bytes()[i];
        line.scans = scans;
        ++count; // last: a process killed before has added nothing
        return line;
    }
    Line* find(const forms::Uuid& id) {
        for (std::uint32_t i = 0; i < count; ++i)
            if (id_of(lines[i]) == id) return &lines[i];
        return nullptr;
    }
    /// As one piece of text, and back.
    [[nodiscard]] std::string text() const;
    void read(const std::string& text);
    /// In shared memory; nobody gives it back before the end.
    [[nodiscard]] static Ledger* shared();
};

/// A central system without any manners: given the same request twice it would have it twice. Answers as told, in turn.
class PlainCentral final : public net::CentralSystem {
public:
    enum class Answer {
        Proof,   ///< stored, and says so
        Silence, ///< stored, and the answer is lost
        Lost,    ///< not stored, and no answer
        Refuses, ///< 422
        Busy,    ///< 429
        Away,    ///< nobody there
    };
    explicit PlainCentral(Ledger& ledger) : ledger_(ledger) {}
    std::deque<Answer> answers;   ///< then Proof
    std::function<void()> stored; ///< at the very moment

    net::CentralResult<net::Delivered> deliver(const net::Submission& submission, std::span<const net::SecretBytes>,
                                               std::stop_token) override;
    net::CentralResult<net::Presence> look_up(const net::Submission& submission, std::stop_token) override;
    net::CentralResult<net::Delivered> follow(const net::Submission&, const std::string&, std::stop_token) override;
    void start_afresh() override {}

private:
    Ledger& ledger_;
};

} // namespace tests::disk
