// SPDX-License-Identifier: EUPL-1.2
// What a desk and a technician ask for.
#include "net/ipc/client_line.hpp"

namespace net::ipc {

LineResult<SealedPin> Client::seal_pin(std::string_view pin, const forms::Uuid& fresh, Patience patience,
                                       const std::stop_token& stop) {
    auto welcome = join(patience, stop);
    if (!welcome.ok()) return welcome.error();
    const std::span<const std::byte> parts[] = {std::as_bytes(std::span(pin.data(), pin.size()))};
    auto sealed = seal(fresh, welcome.value().key, parts);
    if (!sealed.ok()) return LineFault::Refused;
    return SealedPin{fresh, std::move(sealed.value().header), std::move(sealed.value().parts[0])};
}

LineResult<SignedIn> Client::sign_in(const std::string& staff, std::string_view pin, const forms::Uuid& fresh,
                                     Patience patience, std::stop_token stop) {
    auto sealed = seal_pin(pin, fresh, patience, stop);
    if (!sealed.ok()) return sealed.error();
    return line_->ask_for<SignedIn>(SignIn{staff, std::move(sealed).value()}, patience, stop);
}

LineResult<forms::Done> Client::sign_out(Patience patience, std::stop_token stop) {
    auto answer = line_->ask_for<SignedOut>(SignOut{}, patience, stop);
    if (!answer.ok()) return answer.error();
    return forms::Done{};
}

LineResult<forms::Done> Client::still_here(Patience patience, std::stop_token stop) {
    const auto until = std::chrono::steady_clock::now() + patience;
    if (auto fault = line_->connect(until, stop)) return *fault;
    if (auto fault = line_->write(StillHere{}, until, stop)) return line_->give_up(*fault);
    return forms::Done{};
}

LineResult<Opened> Client::open(const forms::Uuid& id, const PublicKey& to, Patience patience, std::stop_token stop) {
    return line_->ask_for<Opened>(Open{id, to}, patience, stop);
}

LineResult<forms::Done> Client::close(Patience patience, std::stop_token stop) {
    auto answer = line_->ask_for<Closed>(Close{}, patience, stop);
    if (!answer.ok()) return answer.error();
    return forms::Done{};
}

LineResult<DeskOutcome> Client::revise(const SealedRequest& corrected, Patience patience, std::stop_token stop) {
    auto answer = line_->ask(messages_of<Revise>(corrected), patience, stop, [&](const Message& m) {
        const auto* revised = std::get_if<Revised>(&m);
        return revised != nullptr && revised->id == corrected.id;
    });
    if (!answer.ok()) return answer.error();
    return std::get<Revised>(answer.value()).outcome;
}

LineResult<StaffTold> Client::staff(StaffChange change, const std::string& who, StaffRole role, std::string_view pin,
                                    const forms::Uuid& fresh, Patience patience, std::stop_token stop) {
    auto sealed = seal_pin(pin, fresh, patience, stop);
    if (!sealed.ok()) return sealed.error();
    return line_->ask_for<StaffTold>(StaffOrder{change, who, role, std::move(sealed).value()}, patience, stop);
}

} // namespace net::ipc
