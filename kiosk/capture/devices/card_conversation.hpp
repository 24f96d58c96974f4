// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/capture/device_messages.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace kiosk {

/// Sends one command to the card and brings its answer, status word included; nothing: the card has left.
using CardTransmit = std::function<std::optional<std::vector<std::uint8_t>>(std::span<const std::uint8_t> command)>;

/// Reads EF_Dati_Personali (3F00/1100/1102), which a Carta Nazionale dei Servizi gives without a PIN. Three commands in
/// all are ever sent: SELECT, READ BINARY, GET RESPONSE. Never VERIFY: a wrong PIN would block the card.
/// The number of commands and of bytes is bounded whatever the card answers. The file comes unread, its length word first:
/// a decoder opens it.
[[nodiscard]] forms::Result<std::vector<std::byte>, CardNotRead::Why> read_personal_data(const CardTransmit& transmit);

} // namespace kiosk
