// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/capture/readout.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>

namespace kiosk {

/// Why there is no readout. For the person all of them are "not readable: try again or type".
struct ReadFault {
    enum class Kind {
        Refused,    ///< the decoder would not look at it: `picture` says why
        NotStarted, ///< no such program, or the kernel refused
        Died,       ///< it ended, or was ended by its limits, before it had answered
        TimedOut,   ///< no answer within the time allowed
        Nonsense,   ///< an answer that breaks the format or its limits
    } kind = Kind::Died;
    PictureFault picture = PictureFault::Empty; ///< of `Refused`
};
[[nodiscard]] std::string_view name_of(const ReadFault& fault); ///< "too-many-pixels", "timed-out"

/// Reads pictures, each in a throw-away process of its own, and keeps one such process started ahead, so that a read
/// costs no start-up. What comes back is checked as if its sender had been taken over.
/// Thread: one, which must live as long as this: the processes are killed when it ends.
class Decoders {
public:
    /// `program`: the path of sportello-decoder. `patience`: from the arrival of a picture to its answer (threat-model
    /// §4: 8 s; a test may allow less).
    explicit Decoders(std::filesystem::path program, std::chrono::milliseconds patience = std::chrono::seconds(8));
    ~Decoders();
    Decoders(const Decoders&) = delete;
    Decoders& operator=(const Decoders&) = delete;

    /// Blocks for `patience` at most. Whatever happens, the next picture meets a fresh process.
    [[nodiscard]] forms::Result<Readout, ReadFault> read(std::span<const std::byte> picture);

private:
    struct Child {
        int id = -1;
        int socket = -1;
    };
    void start_spare();
    static void end(Child& child);
    [[nodiscard]] forms::Result<Readout, ReadFault> converse(const Child& child, std::span<const std::byte> picture);

    std::filesystem::path program_;
    std::chrono::milliseconds patience_;
    Child spare_;
};

} // namespace kiosk
