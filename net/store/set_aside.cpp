// SPDX-License-Identifier: EUPL-1.2
#include "net/store/set_aside.hpp"

#include "net/runtime/whole_file.hpp"

#include <string>

#include <sys/statvfs.h>
#include <unistd.h>

namespace net {
StoreResult<std::filesystem::path> set_aside(const std::filesystem::path& file) {
    std::error_code error;
    for (int number = 1; number < 10'000; ++number) {
        std::filesystem::path target = file;
        target += ".damaged-" + std::to_string(number);
        if (std::filesystem::exists(target, error)) continue;
        // The log first: should the power fail between the two, the database without its log is still the damaged one.
        for (const char* part : {"-wal", "-shm", ""}) {
            std::filesystem::path from = file;
            from += part;
            std::filesystem::path to = target;
            to += part;
            if (!std::filesystem::exists(from, error)) continue;
            std::filesystem::rename(from, to, error);
            if (error) return StoreError{StoreFault::NoRights, error.value()};
        }
        if (!sync_folder(file.parent_path())) return StoreError{StoreFault::Refused, 0};
        return target;
    }
    return StoreError{StoreFault::Refused, 0};
}

std::uint64_t files_set_aside(const std::filesystem::path& folder) {
    std::uint64_t found = 0;
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string extension = it->path().extension().string();
        if (extension.starts_with(".damaged-") && !extension.ends_with("-wal") && !extension.ends_with("-shm")) ++found;
    }
    return found;
}

StoreResult<std::int64_t> free_space(const std::filesystem::path& folder) {
    struct statvfs figures {};
    if (::access(folder.c_str(), W_OK | X_OK) != 0 || ::statvfs(folder.c_str(), &figures) != 0)
        return StoreError{StoreFault::NoRights, 0};
    if ((figures.f_flag & ST_RDONLY) != 0) return StoreError{StoreFault::NoRights, 0};
    // A file system that counts its files (f_files) and has none left takes no new log, however much room there is.
    constexpr fsfilcnt_t few_files = 16;
    if (figures.f_files > 0 && figures.f_favail < few_files) return 0;
    return static_cast<std::int64_t>(figures.f_bavail) * static_cast<std::int64_t>(figures.f_frsize);
}

} // namespace net
