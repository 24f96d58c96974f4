// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/sheet/sheet.hpp"

#include <memory>
#include <optional>
#include <string>

struct zip;

namespace kiosk {

/// The zip archive around a workbook, read from memory. Owns nothing of the bytes, which must outlive it.
class Archive {
public:
    using Note = forms::xlsform::CellNote;

    [[nodiscard]] static forms::Result<Archive, Note> open(std::string_view bytes, const SheetLimits& limits);
    ~Archive();
    Archive(Archive&& other) noexcept;
    Archive& operator=(Archive&& other) = delete;

    [[nodiscard]] bool has(const std::string& name) const;
    /// The whole entry, unpacked. Its stated size is believed for nothing but to refuse it early.
    [[nodiscard]] forms::Result<std::string, Note> read(const std::string& name);

private:
    Archive(zip* archive, const SheetLimits& limits) : archive_(archive), limits_(limits), left_(limits.all_bytes) {}
    zip* archive_;
    SheetLimits limits_;
    std::size_t left_; ///< bytes that may still be unpacked
};

} // namespace kiosk
