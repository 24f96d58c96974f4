// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

namespace net::sandbox {

/// A folder for people: what is put there is carried out at once and moved to `taken` or `refused` beside it. Files are
/// read when they are whole (closed after writing, or moved in). Names that do not end in .json are left alone.
/// Thread: one.
class DropFolder {
public:
    /// Made if missing, with its two folders. Null: that cannot be done.
    [[nodiscard]] static std::unique_ptr<DropFolder> open(std::filesystem::path folder);
    ~DropFolder();
    DropFolder(const DropFolder&) = delete;
    DropFolder& operator=(const DropFolder&) = delete;

    [[nodiscard]] int descriptor() const { return watch_; } ///< readable when there is something
    /// Calls `carry_out` with the bytes of each file, in the order of their names; true moves it to `taken`.
    void empty(const std::function<bool(std::string_view)>& carry_out);

private:
    DropFolder(std::filesystem::path folder, int watch) : folder_(std::move(folder)), watch_(watch) {}
    std::filesystem::path folder_;
    int watch_;
};

} // namespace net::sandbox
