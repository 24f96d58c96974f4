// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/document.hpp"
#include "kiosk/capture/pixels.hpp"
#include "kiosk/capture/readout.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kiosk {

enum class DeviceKind : std::uint8_t { Camera, PageScanner, CodeReader, CardReader };
[[nodiscard]] std::string_view name_of(DeviceKind kind); ///< "card-reader"

/// What a device can and cannot do now. Each has a plain sentence for the person.
enum class DeviceState : std::uint8_t {
    Absent, ///< none attached, or taken away: "use another way"
    Ready,
    Working, ///< it scans, reads or waits for its motor
    Busy,    ///< held by another program
    Denied,  ///< the system does not let us open it: for the technician
    Jammed,  ///< paper feeder
    CoverOpen,
    NoPaper, ///< empty feeder, or nothing more in it
    Failed,  ///< any other fault; plugged in again it may work
};
[[nodiscard]] std::string_view name_of(DeviceState state); ///< "cover-open"

/// Where a page scanner takes sheets from.
enum class SheetSource : std::uint8_t { Glass, Feeder };

/// What a capture device tells the screen thread, through its mailbox; posted from the device's own thread. Pixels are
/// shared, never copied, and belong to nobody after the last message that holds them.
struct DeviceChanged {
    DeviceKind device{};
    DeviceState state{};
};
/// A compressed picture as a camera or a file has it (JPEG, PNG): opened in a decoder, and nowhere else.
using PictureFile = std::vector<std::byte>;
/// The newest picture of a running camera, at most 960 px on its longer side. At most two are held at a time:
/// the one that is shown, and one on its way; until one of them is let go, newer ones are thrown away.
struct PreviewSeen {
    std::shared_ptr<const Pixels> picture; ///< empty where the camera has compressed pictures alone: then `file`
    std::shared_ptr<const PictureFile> file;
};
/// A whole sheet or a photograph, not looked at yet.
struct PictureTaken {
    DeviceKind device{};
    std::shared_ptr<const Pixels> picture; ///< empty where it came compressed: then `file`
    double dots_per_inch = 0;              ///< of a page scanner; 0 = not known
    std::shared_ptr<const PictureFile> file;
};
/// How far the page scanner is with the sheet it has now.
struct ScanProgress {
    unsigned sheet = 1; ///< counts from 1, anew with each order
    double share = 0;   ///< 0 … 1
};
/// Text a bar-code reader sent: hostile until `meaning_of` has seen it.
struct TextScanned {
    std::string bytes; ///< at most `most_code_bytes`
};
/// A card's readable data file, as it came from the card: hostile until a decoder has parsed it.
struct CardRead {
    std::vector<std::byte> file; ///< at most 400 bytes
};
/// A card that says nothing without a PIN, is no CNS, or left in mid-read: the person uses another way.
struct CardNotRead {
    enum class Why : std::uint8_t { NotACns, AsksForPin, Gone, Nonsense } why{};
};

using DeviceMessage =
    std::variant<DeviceChanged, PreviewSeen, PictureTaken, TextScanned, CardRead, CardNotRead, ScanProgress>;

} // namespace kiosk
