// SPDX-License-Identifier: EUPL-1.2
// Runs a fuzz target once on every file of the folders named, and once on nothing at all.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

int main(int count, char** arguments) {
    LLVMFuzzerTestOneInput(nullptr, 0);
    int files = 0;
    for (int i = 1; i < count; ++i) {
        for (const auto& entry : std::filesystem::directory_iterator(arguments[i])) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
            LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
            // Cut short at every length, as a broken connection would, and with each byte wrong once.
            const std::size_t most = bytes.size() < 2048 ? bytes.size() : 2048;
            for (std::size_t length = 0; length < most; ++length) {
                LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), length);
                std::vector<char> wrong = bytes;
                wrong[length] = static_cast<char>(~wrong[length]);
                LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(wrong.data()), wrong.size());
            }
            ++files;
        }
    }
    std::printf("%d seeds\n", files);
    return files > 0 ? 0 : 1;
}
