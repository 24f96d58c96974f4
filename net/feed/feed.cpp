// SPDX-License-Identifier: EUPL-1.2
#include "net/feed/feed.hpp"

#include "net/runtime/plausible_clock.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace net {
namespace {

constexpr std::size_t most_refused = 1'000;
constexpr forms::BootTime try_again = std::chrono::minutes(10);
constexpr forms::BootTime forget_old = std::chrono::hours(24);
constexpr forms::BootTime longest_obedience = std::chrono::hours(1);

} // namespace

Feed::Feed(CentralFeed& central, PackageStore& store, Follower& follower, std::function<void()> changed,
           FeedPauses pauses, const forms::Clock& clock, Chance& chance, EventLog& log)
    : central_(central), store_(store), follower_(follower), changed_(std::move(changed)), pauses_(pauses),
      clock_(clock), chance_(chance), log_(log) {}

void Feed::hurry() {
    for (Topic& topic : topics_)
        topic.due = {};
    follow_due_ = busy_until_ = {};
    follower_.look_again();
}

forms::BootTime Feed::pause_after(const CentralError& error, std::uint32_t failures) {
    switch (error.fault) {
    case Fault::NotTrusted:
    case Fault::NotConfigured:
    case Fault::NotAdmitted:
        central_.start_afresh(); // a renewed certificate or key is read by the next trial
        return FeedPauses::about(pauses_.stopped, chance_);
    case Fault::Busy:
        busy_until_ =
            clock_.since_boot() + (error.retry_after ? std::min<forms::BootTime>(*error.retry_after, longest_obedience)
                                                     : pauses_.busy + pauses_.back_off(failures, chance_));
        return busy_until_ - clock_.since_boot();
    default:
        return pauses_.back_off(failures, chance_) + std::chrono::milliseconds(100);
    }
}

void Feed::note(const std::optional<CentralError>& error) {
    if (!error) {
        standing_.ever = true;
        standing_.last_good = clock_.since_boot();
    }
    standing_.trouble = error;
}

forms::BootTime Feed::step(std::stop_token stop) {
    const forms::BootTime begun = clock_.since_boot();
    if (!plausible(clock_.wall_time())) return begun + pauses_.clock; // no certificate can be judged
    for (Topic& topic : topics_) {
        if (!store_.takes(topic.kind)) continue;
        if (std::max(topic.due, busy_until_) > clock_.since_boot() || stop.stop_requested()) continue;
        const auto error = ask(topic, stop);
        if (stop.stop_requested()) break;
        note(error);
        topic.failures = error ? topic.failures + 1 : 0;
        if (error.has_value() != topic.in_trouble) {
            topic.in_trouble = error.has_value();
            log_.write(error ? LogEvent::FeedNotAnswered : LogEvent::FeedAnswered,
                       {{"kind", static_cast<std::int64_t>(topic.kind)},
                        {"why", error ? static_cast<std::int64_t>(error->fault) : 0},
                        {"status", std::int64_t{error ? error->http_status : 0}}});
        }
        topic.due = clock_.since_boot() +
                    (error ? pause_after(*error, topic.failures) : FeedPauses::about(pauses_.poll, chance_));
    }
    if (std::max(follow_due_, busy_until_) <= clock_.since_boot() && !stop.stop_requested()) {
        const auto error = follower_.step(stop);
        follow_failures_ = error ? follow_failures_ + 1 : 0;
        follow_due_ = error ? clock_.since_boot() + pause_after(*error, follow_failures_) : forms::BootTime{};
    }
    forms::BootTime next = std::max(follow_due_, follower_.next());
    for (const Topic& topic : topics_)
        if (store_.takes(topic.kind)) next = std::min(next, topic.due);
    return std::max({next, busy_until_, clock_.since_boot() + std::chrono::milliseconds(1)});
}

std::optional<CentralError> Feed::ask(Topic& topic, const std::stop_token& stop) {
    auto listing = central_.list(topic.kind, topic.tag, stop);
    if (!listing.ok()) return listing.error();
    if (listing.value().unchanged) return std::nullopt;
    if (listing.value().cut)
        log_.write(LogEvent::FeedListCut, {{"kind", static_cast<std::int64_t>(topic.kind)},
                                           {"listed", static_cast<std::int64_t>(listing.value().packages.size())}});
    const forms::BootTime now = clock_.since_boot();
    std::erase_if(topic.refused, [now](const auto& each) { return each.second <= now; });
    topic.tag.clear();
    for (const PublishedPackage& package : listing.value().packages) {
        if (topic.refused.contains(package.hash) || store_.holds(package.hash)) continue;
        if (auto error = fetch(topic, package, stop)) return error;
    }
    // With the tag the server would not list again what was refused, and may be whole the next time.
    if (topic.refused.empty()) topic.tag = listing.value().tag;
    return std::nullopt;
}

void Feed::refuse(Topic& topic, const PublishedPackage& package, NotTaken why, std::int64_t bytes) {
    ++standing_.refused;
    log_.write(
        LogEvent::PackageRefused,
        {{"kind", static_cast<std::int64_t>(topic.kind)}, {"why", static_cast<std::int64_t>(why)}, {"bytes", bytes}});
    // What is old today is old tomorrow; what was damaged may have been damaged on its way.
    const bool for_good = why == NotTaken::Older || why == NotTaken::SameSerial;
    if (topic.refused.size() < most_refused)
        topic.refused[package.hash] = clock_.since_boot() + (for_good ? forget_old : try_again);
}

std::optional<CentralError> Feed::fetch(Topic& topic, const PublishedPackage& package, const std::stop_token& stop) {
    auto bytes = central_.fetch(package, stop);
    if (!bytes.ok()) {
        // One package that is not there, or no package at all, keeps no other away.
        const CentralError& error = bytes.error();
        const bool of_this_one = error.http_status == 404 || error.http_status == 410 ||
                                 error.fault == Fault::Refused ||
                                 (error.fault == Fault::BadReply && error.http_status < 500);
        if (!of_this_one) return error;
        refuse(topic, package, NotTaken::NotAPackage, 0);
        return std::nullopt;
    }
    const auto size = static_cast<std::int64_t>(bytes.value().size());
    const auto taken = store_.take(topic.kind, std::move(bytes).value());
    if (!taken.ok()) {
        refuse(topic, package, taken.error(), size);
        return std::nullopt;
    }
    if (taken.value() == PackageStore::Taken::Known) return std::nullopt; // listed under another hash
    log_.write(LogEvent::PackageTaken, {{"kind", static_cast<std::int64_t>(topic.kind)}, {"bytes", size}});
    changed_();
    return std::nullopt;
}

} // namespace net
