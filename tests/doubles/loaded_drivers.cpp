// SPDX-License-Identifier: EUPL-1.2
// Drivers of SANE stay loaded until the program ends, in builds that look for leaks: what an unloaded library has kept for
// itself is reported without its name, and tests/leaks-of-others.txt could not tell it from ours.
#if defined(__SANITIZE_ADDRESS__)
#include <dlfcn.h>

extern "C" int dlclose(void*) noexcept {
    return 0;
}
#endif
