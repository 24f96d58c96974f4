// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace kiosk {

/// One function per alternative of a variant: `std::visit(Overloaded{[](A) {…}, [](B) {…}}, variant)`.
template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

} // namespace kiosk
