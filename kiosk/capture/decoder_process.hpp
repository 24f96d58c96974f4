// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/capture/helper_process.hpp"
#include "kiosk/capture/jobs.hpp"
#include "kiosk/capture/readout.hpp"
#include "net/runtime/descriptor.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kiosk {

/// Why there is no readout. For the person all of them are "not readable: try again or type".
struct ReadFault {
    enum class Kind {
        Refused,    ///< the decoder would not look at it: `picture` says why
        NotStarted, ///< no such program, or the kernel refused
        Died,       ///< it ended, or was ended by its limits, before it had answered
        TimedOut,   ///< no answer within the time allowed
        Nonsense,   ///< an answer that breaks the format or its limits
        Stopped,    ///< `interrupt` was called
    } kind = Kind::Died;
    PictureFault picture = PictureFault::Empty; ///< of `Refused`
};
[[nodiscard]] std::string_view name_of(const ReadFault& fault); ///< "too-many-pixels", "timed-out"

/// Languages a paper may be written in; which of them, the office's configuration says.
enum class PaperLanguage : std::uint8_t { Italian, French, English };

/// Threat-model §4: from the arrival of a picture to its answer. A test may allow less.
struct Patience {
    std::chrono::milliseconds quick = std::chrono::seconds(8);
    std::chrono::milliseconds text = std::chrono::seconds(30);
};

/// Has pictures looked at, each in a throw-away process of its own, and keeps one such process started ahead, so that
/// a look costs no start-up. What comes back is checked as if its sender had been taken over.
/// Thread: one, which must live as long as this: the processes are killed when it ends. Every call blocks: the screen
/// has a thread that owns one of these for looks, and another for text, which takes seconds a page in the background.
class Decoders {
public:
    /// `program`: the path of sportello-decoder.
    explicit Decoders(std::filesystem::path program, Patience patience = {});
    ~Decoders();
    Decoders(const Decoders&) = delete;
    Decoders& operator=(const Decoders&) = delete;

    /// Marks, and where the sheet lies: for a document, and for the guidance beside a live picture (then `page` alone
    /// matters). Blocks for `Patience::quick` at most. Whatever happens, the next picture meets a fresh process.
    [[nodiscard]] forms::Result<Readout, ReadFault> read(const JobPicture& picture);

    /// The sheet as a page. Success without bytes in it: no sheet was found, and the person may try again, set the
    /// corners by hand or take the whole picture. Blocks as `read` does.
    [[nodiscard]] forms::Result<PagePicture, ReadFault> page(const JobPicture& picture, const PageWish& wish = {});

    /// The words of a page, for a searchable PDF. An error is a page without them, never a lost page. Blocks for
    /// `Patience::text` at most; one page takes 2 to 5 s.
    [[nodiscard]] forms::Result<PageText, ReadFault> text_of(const PagePicture& page,
                                                             const std::vector<PaperLanguage>& languages);
    /// Starts the process for `text_of` ahead: it reads tables for 0.2 s a language. For when the first page is taken.
    void prepare_text(const std::vector<PaperLanguage>& languages);

    /// What a card's file says (`CardRead`). Blocks as `read` does.
    [[nodiscard]] forms::Result<CardFile, ReadFault> card(std::span<const std::byte> file);

    /// Any thread: the call that is running ends at once with `Stopped`, and its process is gone when it returns. A
    /// call that begins afterwards is not touched.
    void interrupt() noexcept;

private:
    [[nodiscard]] HelperProcess start(const std::string& languages) const; ///< empty: not for text
    [[nodiscard]] forms::Result<DecoderAnswer, ReadFault> ask(const Job& job);
    [[nodiscard]] forms::Result<DecoderAnswer, ReadFault> converse(const HelperProcess& child, const JobFrame& frame,
                                                                   std::chrono::milliseconds patience) const;

    std::filesystem::path program_;
    Patience patience_;
    net::Bell interrupted_;
    HelperProcess spare_, text_spare_;
    std::string text_languages_; ///< of `text_spare_`
};

} // namespace kiosk
