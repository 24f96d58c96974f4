// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace kiosk {

enum class Icon {
    Help,
    Globe,
    TextSize,
    Contrast,
    Exit,
    ArrowForward,
    ArrowBack,
    Check,
    Warning,
    Info,
    Success,
    Search,
    Plus,
    Minus,
    Trash,
    Pencil,
    Clock,
    Lock,
    Person,
    Keyboard,
    KeyboardHide,
    Printer,
    Erase,
    Shift,
    Enter,
    ChevronDown,
    ChevronUp,
    Close,
    Mark,
    Camera,
    Scanner,
    BarCode,
    Card,
    count
};

/// A drawing on a grid of 24 × 24 units: straight lines only, curves already cut into short ones.
struct IconShape {
    struct Point {
        float x, y;
    };
    struct Line {
        std::vector<Point> points;
        bool closed = false, filled = false;
    };
    std::vector<Line> lines;
    bool directional = false; ///< points somewhere: mirrored in a right-to-left layout
};

/// Read once from assets/icons. Thread: any, after the first call returned. Lives as long as the program.
[[nodiscard]] const IconShape& icon_shape(Icon icon);

/// The part of SVG our icons use: <path> with absolute M L C Z, <circle>, fill="currentColor" for a filled one.
/// Empty when the text holds anything else: an icon that cannot be drawn is a mistake of the build, found by a test.
[[nodiscard]] IconShape parse_icon(std::string_view svg);

} // namespace kiosk
