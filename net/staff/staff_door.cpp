// SPDX-License-Identifier: EUPL-1.2
#include "net/staff/staff_door.hpp"

#include "net/runtime/json_text.hpp"
#include "net/runtime/whole_file.hpp"
#include "net/seal/pin_hash.hpp"
#include "net/staff/pin.hpp"

#include <algorithm>
#include <cerrno>

#include <sys/stat.h>

namespace net {
namespace {

using forms::Done;

constexpr std::int64_t format = 1;
constexpr std::size_t largest_file = 1u << 20;
constexpr std::size_t most_people = 500;
constexpr std::size_t most_strangers = 64;

std::string_view member(const JsonMembers& members, std::string_view name) {
    const auto found = std::ranges::find(members, name, &JsonMembers::value_type::first);
    return found == members.end() ? std::string_view() : found->second;
}

} // namespace

std::chrono::milliseconds StaffDoor::pause_after(std::uint32_t errors) {
    if (errors < errors_before_pause) return {};
    return first_pause * (std::int64_t{1} << std::min<std::uint32_t>(errors - errors_before_pause, 20));
}

forms::Result<std::unique_ptr<StaffDoor>, StaffFault> StaffDoor::open(const std::filesystem::path& file,
                                                                      const forms::Clock& clock) {
    std::unique_ptr<StaffDoor> door(new StaffDoor(file, clock));
    struct stat facts {};
    if (::lstat(file.c_str(), &facts) != 0) {
        if (errno == ENOENT) return door;
        return StaffFault::NoRights;
    }
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) return StaffFault::Open;
    const auto bytes = read_small_file(file, largest_file);
    if (!bytes) return StaffFault::NoRights;
    const auto members = json_members(*bytes);
    if (!members || json_whole(member(*members, "format")) != format) return StaffFault::Damaged;
    const auto people = json_elements(member(*members, "staff"));
    if (!people || people->size() > most_people) return StaffFault::Damaged;
    for (const std::string_view one : *people) {
        const auto told = json_members(one);
        if (!told) return StaffFault::Damaged;
        const auto text = [&](std::string_view name) {
            return json_string(member(*told, name), std::pmr::get_default_resource()).value_or("");
        };
        const auto role = json_whole(member(*told, "role")).value_or(0);
        const auto errors = json_whole(member(*told, "errors")).value_or(-1);
        const std::string id(text("id"));
        Person person;
        person.hash = text("hash");
        if (!is_staff_id(id) || role < 1 || role > 3 || errors < 0 || person.hash.empty()) return StaffFault::Damaged;
        person.role = static_cast<StaffRole>(role);
        person.errors = static_cast<std::uint32_t>(std::min<std::int64_t>(errors, errors_before_lock));
        person.disabled = member(*told, "disabled") == "true";
        person.not_before = clock.since_boot() + pause_after(person.errors);
        if (!door->people_.emplace(id, std::move(person)).second) return StaffFault::Damaged;
    }
    return door;
}

bool StaffDoor::save() const {
    JsonText json;
    json.open_object().key("format").number(format).key("staff").open_array();
    for (const auto& [id, person] : people_) {
        json.open_object().member("id", id).key("role").number(static_cast<std::int64_t>(person.role));
        json.key("disabled").boolean(person.disabled).key("errors").number(person.errors);
        json.member("hash", person.hash).close_object();
    }
    json.close_array().close_object();
    return replace_file(file_, std::string_view(json.view()));
}

SignIn StaffDoor::sign_in(std::string_view id, std::string_view pin) {
    const auto found = people_.find(id);
    if (found == people_.end() || found->second.disabled) return try_stranger(id, pin);
    Person& person = found->second;
    SignIn told;
    told.known = true;
    told.errors = person.errors;
    const auto now = clock_.since_boot();
    if (person.errors >= errors_before_lock) {
        told.outcome = SignInOutcome::Locked;
        return told;
    }
    if (now < person.not_before) {
        told.outcome = SignInOutcome::Wait;
        told.wait = person.not_before - now;
        return told;
    }
    told.errors = ++person.errors;
    if (!save()) {
        --person.errors;
        told.outcome = SignInOutcome::NotNow;
        return told;
    }
    if (!pin_matches(person.hash, pin)) {
        person.not_before = clock_.since_boot() + pause_after(person.errors);
        told.outcome = person.errors >= errors_before_lock ? SignInOutcome::Locked : SignInOutcome::Wrong;
        return told;
    }
    const std::uint32_t errors = std::exchange(person.errors, 0);
    if (!save()) {
        person.errors = errors;
        told.outcome = SignInOutcome::NotNow;
        return told;
    }
    told.outcome = SignInOutcome::Done;
    told.role = person.role;
    told.errors = 0;
    return told;
}

SignIn StaffDoor::try_stranger(std::string_view id, std::string_view pin) {
    const std::string key(id.substr(0, 32));
    if (!strangers_.contains(key) && strangers_.size() >= most_strangers) strangers_.erase(strangers_.begin());
    Stranger& stranger = strangers_[key];
    SignIn told;
    const auto now = clock_.since_boot();
    told.errors = stranger.errors;
    if (stranger.errors >= errors_before_lock) {
        told.outcome = SignInOutcome::Locked;
        return told;
    }
    if (now < stranger.not_before) {
        told.outcome = SignInOutcome::Wait;
        told.wait = stranger.not_before - now;
        return told;
    }
    if (somebodys_hash_.empty()) somebodys_hash_ = hash_pin("").value_or("");
    (void)pin_matches(somebodys_hash_, pin);
    told.errors = ++stranger.errors;
    stranger.not_before = clock_.since_boot() + pause_after(stranger.errors);
    told.outcome = stranger.errors >= errors_before_lock ? SignInOutcome::Locked : SignInOutcome::Wrong;
    return told;
}

forms::Result<Done, StaffFault> StaffDoor::add(std::string_view id, StaffRole role, std::string_view pin) {
    if (!is_staff_id(id)) return StaffFault::BadId;
    if (role == StaffRole::None) return StaffFault::BadRole;
    if (judge_pin(pin) != PinJudgement::Good) return StaffFault::BadPin;
    if (people_.contains(id)) return StaffFault::Exists;
    if (people_.size() >= most_people) return StaffFault::NoRights;
    auto hash = hash_pin(pin);
    if (!hash) return StaffFault::NoRights;
    Person person;
    person.role = role;
    person.hash = std::move(*hash);
    const auto added = people_.emplace(std::string(id), std::move(person)).first;
    if (save()) return Done{};
    people_.erase(added);
    return StaffFault::NoRights;
}

forms::Result<Done, StaffFault> StaffDoor::change(Person& person, const Person& to) {
    const Person before = std::exchange(person, to);
    if (save()) return Done{};
    person = before;
    return StaffFault::NoRights;
}

forms::Result<Done, StaffFault> StaffDoor::disable(std::string_view id) {
    const auto found = people_.find(id);
    if (found == people_.end()) return StaffFault::Unknown;
    Person to = found->second;
    to.disabled = true;
    return change(found->second, to);
}

forms::Result<Done, StaffFault> StaffDoor::reset(std::string_view id, std::string_view pin) {
    const auto found = people_.find(id);
    if (found == people_.end()) return StaffFault::Unknown;
    if (judge_pin(pin) != PinJudgement::Good) return StaffFault::BadPin;
    auto hash = hash_pin(pin);
    if (!hash) return StaffFault::NoRights;
    Person to;
    to.role = found->second.role;
    to.hash = std::move(*hash);
    return change(found->second, to);
}

std::vector<StaffMember> StaffDoor::list() const {
    std::vector<StaffMember> all;
    for (const auto& [id, person] : people_)
        all.push_back({id, person.role, person.disabled, person.errors, person.errors >= errors_before_lock});
    return all;
}

StaffRole StaffDoor::role_of(std::string_view id) const {
    const auto found = people_.find(id);
    return found == people_.end() || found->second.disabled ? StaffRole::None : found->second.role;
}

} // namespace net
