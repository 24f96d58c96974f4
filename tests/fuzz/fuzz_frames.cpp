// SPDX-License-Identifier: EUPL-1.2
// A taken-over peer sends whatever it likes: every byte string ends in messages or in one fault, and what could be
// read is written again as the same bytes.
#include "net/ipc/codec.hpp"

#include <cstdint>
#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::span<const std::byte> all(reinterpret_cast<const std::byte*>(bytes), size);

    if (const auto message = net::ipc::decode(all); message.ok()) {
        const auto again = net::ipc::encode(message.value());
        if (again.size() != size + 4) std::abort();
        for (std::size_t i = 0; i < size; ++i)
            if (again[i + 4] != all[i]) std::abort();
    }

    net::ipc::FrameBuffer buffer;
    const std::size_t half = size / 2;
    bool cut_off = false;
    for (const auto part : {all.first(half), all.subspan(half)}) {
        buffer.add(part);
        while (!cut_off) {
            const auto next = buffer.next();
            if (!next) break;
            cut_off = !next->ok();
        }
    }
    return 0;
}
