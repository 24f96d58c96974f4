// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace kiosk::decoder {

/// Looks at one small picture of our own, so that tables are drawn up and pages touched before the real one comes.
void warm_up();

} // namespace kiosk::decoder
