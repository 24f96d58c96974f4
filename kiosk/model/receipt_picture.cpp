// SPDX-License-Identifier: EUPL-1.2
// The receipt: the number, the reference when there is one, and what happens next. Nothing is promised that was not
// asked for.
#include "forms/fhir/facts.hpp"
#include "kiosk/model/receipt_number.hpp"
#include "kiosk/model/visit_state.hpp"

#include <array>
#include <string_view>
#include <variant>

namespace kiosk {
namespace {

/// The first answer to an enabled question that fits; null: there is none.
template <class Fits>
const forms::Value* answer_to(const forms::Draft& draft, Fits fits) {
    for (const forms::Path& path : draft.enabled()) {
        if (!fits(draft.definition().item(path))) continue;
        const forms::Answer* answer = draft.answer(path);
        if (answer != nullptr && answer->value) return &*answer->value;
    }
    return nullptr;
}

/// How the answer will come, by the codes of the question that has the role "reply-channel". Each needs what another
/// role asks for; `role` empty: nothing.
struct Channel {
    std::string_view code, role;
    Text promise;
};
constexpr std::array channels = {Channel{"telefono", "reply-phone", Text::receipt_step_call},
                                 Channel{"messaggio", "reply-phone", Text::receipt_step_message},
                                 Channel{"email", "reply-email", Text::receipt_step_email},
                                 Channel{"lettera", "reply-address", Text::receipt_step_letter},
                                 Channel{"di-persona", "", Text::receipt_step_here}};

bool left_a_contact(const forms::Draft& draft) {
    return answer_to(draft, [](const forms::Item& item) {
               return item.definition.find("telecom") != std::string::npos ||
                      item.definition.find("recapiti") != std::string::npos;
           }) != nullptr;
}

} // namespace

/// What the office does to reach the person, and what the person does. Nobody is promised a call who left no number.
std::vector<Text> Visit::answer_steps() const {
    const forms::Draft& draft = filling_->draft;
    const auto with_role = [&draft](std::string_view role) {
        return answer_to(draft,
                         [role](const forms::Item& item) { return item.has_code(forms::item_role_system, role); });
    };
    const forms::Value* chosen = with_role("reply-channel");
    if (const auto* coding = chosen ? std::get_if<forms::Coding>(chosen) : nullptr) {
        for (const Channel& channel : channels) {
            if (std::string_view(coding->code) != channel.code) continue;
            if (channel.role.empty()) return {channel.promise};
            if (with_role(channel.role)) return {channel.promise, Text::receipt_step_come};
        }
    }
    if (left_a_contact(draft)) return {Text::receipt_step_contact, Text::receipt_step_come};
    return {Text::receipt_step_no_way};
}

std::string Visit::full_number() const { return receipt_number(settings_.number_prefix, number_); }

ReceiptScreen Visit::receipt_screen() const {
    ReceiptScreen receipt;
    receipt.title = said(Text::receipt_title);
    receipt.thanks = said(Text::receipt_thanks);
    receipt.number_label = said(Text::receipt_number);
    receipt.number = receipt_.number;
    if (!receipt_.code.empty()) {
        receipt.secret_label = said(Text::receipt_secret);
        receipt.secret = receipt_.code;
    }
    receipt.reference_label = said(Text::receipt_reference);
    if (!receipt_.reference.empty()) receipt.reference = receipt_.reference;
    receipt.reference_waiting = said(needs_desk_ ? Text::receipt_needs_desk : Text::receipt_waiting);
    receipt.next_title = said(Text::receipt_next);
    receipt.next_steps.push_back(said(Text::receipt_step_read));
    for (const Text step : answer_steps())
        receipt.next_steps.push_back(said(step));
    const std::vector<std::string> missing = facts_missing();
    if (!missing.empty()) {
        std::string list;
        for (const std::string& fact : missing) {
            if (!list.empty()) list += words_.get(Text::list_comma);
            list += fact;
        }
        receipt.next_steps.push_back(words_.get(Text::receipt_step_missing, {{"list", list}}));
    }
    const auto line = [&receipt](const std::string& text) {
        if (!text.empty()) receipt.office += (receipt.office.empty() ? "" : "\n") + text;
    };
    line(settings_.office);
    line(settings_.address);
    if (!settings_.phone.empty()) line(words_.get(Text::receipt_phone, {{"phone", settings_.phone}}));
    if (!settings_.opening_hours.empty()) line(words_.get(Text::receipt_hours, {{"hours", settings_.opening_hours}}));
    // For the desk's reader: which request on which terminal. No name, no subject of the request.
    receipt.code = "SPORTELLO:1:" + receipt_.number + ":" + filling_->id.text();
    receipt.code_label = said(Text::receipt_code);
    receipt.done = said(Text::receipt_done);
    return receipt;
}

} // namespace kiosk
