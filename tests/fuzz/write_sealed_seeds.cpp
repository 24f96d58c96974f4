// SPDX-License-Identifier: EUPL-1.2
// write_sealed_seeds FOLDER: renews tests/fuzz/seeds/sealed; run by hand.
#include "net/seal/sealed_request.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory_resource>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const std::filesystem::path to = argv[1];
    const auto keys = to / "keys";
    std::filesystem::remove_all(keys);
    auto ring = net::KeyRing::open(keys, std::pmr::get_default_resource());
    if (!ring.ok()) return 1;
    std::ifstream in(keys / "0001.key", std::ios::binary);
    const std::string key(std::istreambuf_iterator<char>(in), {});
    const auto id = *forms::Uuid::parse("3c1f8e0a-9b7d-4e6f-8a5b-2d4c6e8f0a1b");
    const std::vector<std::vector<std::string>> seeds = {{"{}"}, {"{\"a\":1}", std::string(700, 's'), ""}};
    for (std::size_t i = 0; i < seeds.size(); ++i) {
        std::vector<std::span<const std::byte>> parts;
        for (const auto& part : seeds[i])
            parts.push_back(std::as_bytes(std::span(part.data(), part.size())));
        const auto sealed = net::seal(id, ring.value().current(), parts);
        if (!sealed.ok()) return 1;
        std::ofstream out(to / ("parts-" + std::to_string(parts.size())), std::ios::binary);
        const auto put = [&](const net::Bytes& bytes) {
            out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        };
        out << key;
        put(sealed.value().header);
        for (const net::Bytes& part : sealed.value().parts) {
            for (int shift = 24; shift >= 0; shift -= 8)
                out.put(static_cast<char>(part.size() >> shift & 0xff));
            put(part);
        }
        if (!out.flush()) return 1;
    }
    std::filesystem::remove_all(keys);
    return 0;
}
