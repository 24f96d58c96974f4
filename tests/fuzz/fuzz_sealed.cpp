// SPDX-License-Identifier: EUPL-1.2
// A stolen, swapped or rotten disk: the bytes of a key file and of a sealed request, whatever they are, end in a fault
// or in clear parts, and then sealing those again gives as many bytes. Layout of the input: key file (80 bytes),
// header, then each part behind its length in 4 bytes, big-endian.
#include "net/seal/sealed_request.hpp"
#include "tests/doubles/folder.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory_resource>
#include <span>
#include <string>

#include <sys/stat.h>

namespace {

constexpr std::size_t key_file = 80;

/// For the key file: made once, gone at the end.
const std::string& folder() {
    static const tests::Folder one;
    static const std::string name = one.path().string();
    static const int made = ::mkdir((name + "/keys").c_str(), S_IRWXU);
    if (made != 0) std::abort();
    return name;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size < key_file) return 0;
    const std::string file = folder() + "/keys/0001.key";
    {
        std::ofstream out(file, std::ios::binary | std::ios::trunc);
        out.write(reinterpret_cast<const char*>(bytes), key_file);
    }
    if (::chmod(file.c_str(), S_IRUSR | S_IWUSR) != 0) std::abort();
    const auto ring = net::KeyRing::open(folder() + "/keys", std::pmr::get_default_resource());
    std::span<const std::byte> rest(reinterpret_cast<const std::byte*>(bytes) + key_file, size - key_file);
    net::SealedRequest request;
    const auto take = [&](std::size_t many) {
        const auto some = rest.first(std::min(many, rest.size()));
        rest = rest.subspan(some.size());
        return net::Bytes(some.begin(), some.end());
    };
    request.header = take(net::seal_header_size);
    while (rest.size() >= 4) {
        std::size_t length = 0;
        for (const std::byte byte : take(4))
            length = length << 8 | std::to_integer<std::size_t>(byte);
        request.parts.push_back(take(length));
    }
    const auto header = net::read_header(request.header);
    if (!header.ok()) return 0;
    request.id = header.value().id;
    if (!ring.ok()) return 0;
    const auto opened = net::unseal(request, ring.value(), std::pmr::get_default_resource());
    if (!opened.ok()) return 0;
    if (opened.value().size() != header.value().parts) std::abort();
    for (std::size_t i = 0; i < opened.value().size(); ++i)
        if (net::sealed_size(opened.value()[i].size()) != request.parts[i].size()) std::abort();
    return 0;
}
