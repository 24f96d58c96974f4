// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/carry_over.hpp"

#include <algorithm>

namespace kiosk {
namespace {

class CarryOver {
public:
    CarryOver(const forms::Draft& from, forms::Draft& into) : from_(from), into_(into) {}

    void below(std::optional<forms::Path> old_parent, std::optional<forms::Path> new_parent) {
        const auto parent = old_parent ? std::optional(old_parent->item()) : std::nullopt;
        for (const forms::ItemIndex old_index : from_.definition().children(parent)) {
            const forms::Item& old_item = from_.definition().item(old_index);
            const auto found = into_.definition().find(old_item.link_id);
            if (!found) continue;
            const forms::Item& new_item = into_.definition().item(*found);
            const bool same_place = new_parent ? new_item.parent == new_parent->item() : !new_item.parent;
            if (!same_place || new_item.is_group() != old_item.is_group()) continue;
            const forms::Path old_path = old_parent ? old_parent->child(old_index) : forms::Path(old_index, {0});
            const forms::Path new_path = new_parent ? new_parent->child(*found) : forms::Path(*found, {0});
            if (old_item.is_group())
                group(old_path, new_path);
            else if (old_item.is_question() && new_item.is_question())
                question(old_path, new_path);
        }
    }

private:
    void group(const forms::Path& old_path, const forms::Path& new_path) {
        const bool repeats = from_.definition().item(old_path).repeats;
        const std::uint32_t count = repeats ? from_.begun_instances(old_path) : 1;
        for (std::uint32_t i = 0; i < count; ++i) {
            const bool one_more = repeats && into_.begun_instances(new_path) <= i;
            if (one_more && !into_.add_instance(new_path).ok()) return;
            below(old_path.with_instance(i), new_path.with_instance(i));
        }
    }

    void question(const forms::Path& old_path, const forms::Path& new_path) {
        const auto answers = from_.answers(old_path);
        if (answers.empty()) {
            into_.clear_all(new_path); // an initial answer that was taken away stays away
            return;
        }
        std::uint32_t at = 0;
        for (std::uint32_t i = 0; i < answers.size(); ++i) {
            const forms::Path place = new_path.with_instance(at);
            bool kept = answers[i]->value &&
                        into_.set(place, *answers[i]->value, forms::Writer::Program) == forms::Outcome::Accepted;
            if (!kept && !answers[i]->typed.empty())
                kept = into_.type(place, answers[i]->typed) == forms::Outcome::Accepted;
            if (!kept) continue;
            below(old_path.with_instance(i), place);
            ++at;
        }
    }

    const forms::Draft& from_;
    forms::Draft& into_;
};

} // namespace

void carry_over(const forms::Draft& from, forms::Draft& into) { CarryOver(from, into).below({}, {}); }

} // namespace kiosk
