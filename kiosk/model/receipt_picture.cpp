// SPDX-License-Identifier: EUPL-1.2
// The receipt: the number, the reference when there is one, and what happens next. Nothing is promised that was not
// asked for.
#include "kiosk/model/visit.hpp"

#include <algorithm>

namespace kiosk {

bool Visit::can_be_called() const {
    const forms::Draft& draft = filling_->draft;
    const auto enabled = draft.enabled();
    return std::any_of(enabled.begin(), enabled.end(), [&draft](const forms::Path& path) {
        const forms::Item& item = draft.definition().item(path);
        const bool contact = item.definition.find("telecom") != std::string::npos ||
                             item.definition.find("recapiti") != std::string::npos;
        const forms::Answer* answer = contact ? draft.answer(path) : nullptr;
        return answer != nullptr && answer->value;
    });
}

std::string Visit::full_number() const {
    std::string digits = std::to_string(number_);
    if (digits.size() < 5) digits.insert(0, 5 - digits.size(), '0');
    return settings_.number_prefix + "-" + digits;
}

ReceiptScreen Visit::receipt_screen() const {
    ReceiptScreen receipt;
    receipt.title = said(Text::receipt_title);
    receipt.thanks = said(Text::receipt_thanks);
    receipt.number_label = said(Text::receipt_number);
    receipt.number = receipt_.number;
    receipt.reference_label = said(Text::receipt_reference);
    if (!receipt_.reference.empty()) receipt.reference = receipt_.reference;
    receipt.reference_waiting = said(needs_desk_ ? Text::receipt_needs_desk : Text::receipt_waiting);
    receipt.next_title = said(Text::receipt_next);
    receipt.next_steps.push_back(said(Text::receipt_step_read));
    // Nobody is promised a call who left no way to be called.
    if (can_be_called()) receipt.next_steps.push_back(said(Text::receipt_step_contact));
    receipt.next_steps.push_back(said(Text::receipt_step_come));
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
