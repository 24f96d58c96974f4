// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace kiosk::decoder {

/// What libraries want to say on standard error goes nowhere from here on, without a system call.
void be_silent();

/// Looks at one small picture of our own, so that tables are drawn up and pages touched before the real one comes.
void warm_up();

} // namespace kiosk::decoder
