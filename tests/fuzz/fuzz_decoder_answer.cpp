// SPDX-License-Identifier: EUPL-1.2
// A decoder that was taken over may answer anything: it is refused, or it is an answer that comes back the same.
#include "kiosk/capture/readout.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::span frame(reinterpret_cast<const std::byte*>(bytes), size);
    const auto answer = kiosk::decode_answer(frame);
    if (!answer.ok()) return 0;
    const auto again = kiosk::encode_answer(answer.value());
    if (again.size() != size + 4 || !std::equal(frame.begin(), frame.end(), again.begin() + 4)) std::abort();
    if (size > kiosk::most_answer_bytes) std::abort(); // nothing right is that long
    return 0;
}
