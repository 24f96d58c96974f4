// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/sheet/archive.hpp"

#include <zip.h>

#include <algorithm>
#include <array>
#include <set>

namespace kiosk {
namespace {

using forms::xlsform::CellNote;
using forms::xlsform::Trouble;

constexpr std::string_view old_workbook = "\xD0\xCF\x11\xE0"; // OLE 2, the container of .xls and of encrypted .xlsx
constexpr std::size_t small = 1u << 20; ///< what is not larger than this unpacked is no bomb, whatever its ratio

/// Two entries of one name: which of them is meant is anybody's guess.
bool has_doubled_names(zip* archive, zip_int64_t entries) {
    std::set<std::string, std::less<>> names;
    for (zip_int64_t i = 0; i < entries; ++i) {
        const char* const name = zip_get_name(archive, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
        if (name == nullptr || !names.insert(name).second) return true;
    }
    return false;
}

struct FileClose {
    void operator()(zip_file* file) const { (void)zip_fclose(file); }
};

} // namespace

forms::Result<Archive, CellNote> Archive::open(std::string_view bytes, const SheetLimits& limits) {
    if (bytes.size() > limits.file_bytes) return CellNote{"", Trouble::TooBig, "the file is larger than allowed"};
    if (bytes.starts_with(old_workbook))
        return CellNote{"", Trouble::OldWorkbook,
                        "this is a workbook of the old kind (.xls), or one with a password: save it as .xlsx"};
    const CellNote no_workbook{"", Trouble::NotAWorkbook, "this is no .xlsx workbook"};
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* const archive =
        source != nullptr ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : nullptr;
    zip_error_fini(&error);
    if (archive == nullptr) {
        if (source != nullptr) zip_source_free(source);
        return no_workbook;
    }
    Archive opened(archive, limits);
    const zip_int64_t entries = zip_get_num_entries(archive, 0);
    if (entries > static_cast<zip_int64_t>(limits.entries))
        return CellNote{"", Trouble::TooBig, "the workbook has more parts than allowed"};
    if (has_doubled_names(archive, entries)) return no_workbook;
    return opened;
}

Archive::~Archive() {
    if (archive_ != nullptr) zip_discard(archive_);
}

Archive::Archive(Archive&& other) noexcept
    : archive_(std::exchange(other.archive_, nullptr)), limits_(other.limits_), left_(other.left_) {}

bool Archive::has(const std::string& name) const { return zip_name_locate(archive_, name.c_str(), 0) >= 0; }

forms::Result<std::string, CellNote> Archive::read(const std::string& name) {
    const CellNote broken{"", Trouble::NotAWorkbook, "the part " + name + " cannot be read"};
    const CellNote too_big{"", Trouble::TooBig, "the part " + name + " is larger than allowed"};
    const zip_int64_t index = zip_name_locate(archive_, name.c_str(), 0);
    if (index < 0) return CellNote{"", Trouble::NotAWorkbook, "the part " + name + " is missing"};
    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_stat_index(archive_, static_cast<zip_uint64_t>(index), 0, &about) != 0) return broken;
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE)
        return CellNote{"", Trouble::Encrypted, "the workbook is protected with a password"};
    const std::size_t packed = (about.valid & ZIP_STAT_COMP_SIZE) != 0 ? about.comp_size : 0;
    const std::size_t by_ratio = std::max(small, (packed + 1) * limits_.ratio);
    const std::size_t most = std::min({limits_.part_bytes, left_, by_ratio});
    if ((about.valid & ZIP_STAT_SIZE) != 0 && about.size > most) return too_big;

    const std::unique_ptr<zip_file, FileClose> file(zip_fopen_index(archive_, static_cast<zip_uint64_t>(index), 0));
    if (!file) return broken;
    std::string bytes;
    std::array<char, 32768> part{};
    while (true) {
        const zip_int64_t read = zip_fread(file.get(), part.data(), part.size());
        if (read < 0) return broken;
        if (read == 0) break;
        bytes.append(part.data(), static_cast<std::size_t>(read));
        if (bytes.size() > most) return too_big;
    }
    left_ -= bytes.size();
    return bytes;
}

} // namespace kiosk
