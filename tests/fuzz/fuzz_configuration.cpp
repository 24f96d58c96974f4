// SPDX-License-Identifier: EUPL-1.2
// A configuration file that somebody edited in a hurry: complaints that name a place, or values within their limits.
#include "net/runtime/config.hpp"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const int memory = ::memfd_create("configuration", MFD_CLOEXEC);
    if (memory < 0 || ::ftruncate(memory, 0) != 0 || ::lseek(memory, 0, SEEK_SET) != 0) std::abort();
    if (size > 0 && ::write(memory, bytes, size) != static_cast<ssize_t>(size)) std::abort();
    const std::filesystem::path file = "/proc/self/fd/" + std::to_string(memory);
    const auto loaded = net::load_config({&file, 1});
    for (const auto& complaint : loaded.complaints)
        if (net::text_of(complaint).empty()) std::abort();
    if (loaded.complaints.empty()) {
        for (const net::ConfigKey& key : net::config_keys())
            (void)net::value_text(loaded.config, key);
    }
    return 0;
}
