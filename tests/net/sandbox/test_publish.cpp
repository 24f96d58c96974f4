// SPDX-License-Identifier: EUPL-1.2
// What the sandbox publishes, seen through the terminal's own eyes: the real program, and the feed that a sender uses.
#include "net/central/fhir/fhir_feed.hpp"
#include "net/feed/feed.hpp"
#include "net/runtime/clock_floor.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/runtime/random.hpp"
#include "net/runtime/system_clock.hpp"
#include "tests/net/sandbox/central.hpp"
#include "tests/net/sandbox/program.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace tests;

namespace {

constexpr const char* form = R"({"resourceType":"Questionnaire","url":"https://a.example/q","version":"VERSION","title":"Q",)"
                             R"("status":"active","item":[{"linkId":"1","type":"string","text":"?"}]})";

std::string form_with(const std::string& version) {
    std::string text = form;
    text.replace(text.find("VERSION"), 7, version);
    return text;
}

struct Published {
    Folder folder;
    Program program{{"--state", (folder.path() / "state").string()}};
    Json ready = Json::parse(program.ready());
    net::SystemClock clock;
    net::ClockFloor floor{folder.path() / "floor"};
    net::SystemChance chance;
    net::LockedMemory memory;
    net::FhirFeed feed{{"https://sportello.example.org/fhir", "kiosk", {}}, settings(), clock, floor, chance, &memory};

    [[nodiscard]] net::ChannelSettings settings() const {
        net::ChannelSettings s;
        s.base_url = ready["base"];
        s.http.ca_file = ready["ca"];
        return s;
    }
    [[nodiscard]] std::vector<net::SignerKey> keys() const {
        return {net::read_signer_key(ready["publisher"].get<std::string>()).value()};
    }
    /// Puts a file into the drop folder and waits until it was carried out or refused.
    bool drop(const std::string& name, const std::string& text) const {
        const std::filesystem::path drop = ready["publish"].get<std::string>();
        std::ofstream(drop / (name + ".part"), std::ios::binary) << text;
        std::filesystem::rename(drop / (name + ".part"), drop / (name + ".json"));
        for (int i = 0; i < 6000; ++i) {
            if (std::filesystem::exists(drop / "taken" / (name + ".json"))) return true;
            if (std::filesystem::exists(drop / "refused" / (name + ".json"))) return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return false;
    }
    net::Listing listed(net::PackageKind kind, const std::string& tag = {}) {
        auto listing = feed.list(kind, tag, {});
        REQUIRE(listing.ok());
        return listing.value();
    }
};

std::string notice_about(const std::string& subject, const std::string& status) {
    return R"({"resourceType":"CommunicationRequest","identifier":[{"system":"s","value":")" + subject +
           R"("}],"status":")" + status + R"(","payload":[{"contentString":"a"},{"contentString":"b"}]})";
}

std::string text_of_bytes(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

TEST_CASE("a form dropped into the folder is offered to terminals, signed, byte for byte") {
    Published p;
    REQUIRE(p.drop("one", form_with("1")));
    const auto listing = p.listed(net::PackageKind::Definition);
    REQUIRE(listing.packages.size() == 1);
    const auto package = p.feed.fetch(listing.packages[0], {});
    REQUIRE(package.ok());
    const auto opened = net::open_package(package.value(), p.keys());
    REQUIRE(opened.ok());
    CHECK(opened.value().head.subject == net::subject_of(net::PackageKind::Definition, "https://a.example/q"));
    CHECK(text_of_bytes(opened.value().payload) == form_with("1"));
}

TEST_CASE("a listing that has not changed is told in one line, and a new version changes it") {
    Published p;
    REQUIRE(p.drop("one", form_with("1")));
    const auto first = p.listed(net::PackageKind::Definition);
    REQUIRE_FALSE(first.tag.empty());
    CHECK(p.listed(net::PackageKind::Definition, first.tag).unchanged);
    REQUIRE(p.drop("again", form_with("1")));
    CHECK(p.listed(net::PackageKind::Definition, first.tag).unchanged); // the same bytes: nothing new
    REQUIRE(p.drop("two", form_with("2")));
    const auto second = p.listed(net::PackageKind::Definition, first.tag);
    CHECK_FALSE(second.unchanged);
    CHECK(second.packages.size() == 2);
}

TEST_CASE("what is no form and no notice is refused and published nowhere") {
    Published p;
    CHECK_FALSE(p.drop("a", "{}"));
    CHECK_FALSE(p.drop("b", "not json"));
    CHECK_FALSE(p.drop("c", R"({"resourceType":"CommunicationRequest","status":"active"})"));
    CHECK_FALSE(p.drop("d", R"({"resourceType":"Parameters","parameter":[{"name":"step","valueString":"closed"}]})"));
    CHECK(p.listed(net::PackageKind::Definition).packages.empty());
    CHECK(p.listed(net::PackageKind::Notice).packages.empty());
}

TEST_CASE("a notice is published among the notices, and its withdrawal is a newer package about the same") {
    Published p;
    REQUIRE(p.drop("n", notice_about("v", "active")));
    const auto first = p.listed(net::PackageKind::Notice);
    REQUIRE(first.packages.size() == 1);
    const auto before = p.feed.fetch(first.packages[0], {});
    REQUIRE(p.drop("w", notice_about("v", "revoked")));
    const auto second = p.listed(net::PackageKind::Notice);
    REQUIRE(second.packages.size() == 1);
    const auto after = p.feed.fetch(second.packages[0], {});
    REQUIRE(before.ok());
    REQUIRE(after.ok());
    const auto old_head = net::open_package(before.value(), p.keys()).value().head;
    const auto new_head = net::open_package(after.value(), p.keys()).value().head;
    CHECK(old_head.subject == new_head.subject);
    CHECK(old_head.serial < new_head.serial);
}

TEST_CASE("a notice is on the terminal within a minute of its publication, at whatever moment it is published") {
    Published p;
    HandClock clock; // the terminal's day passes by hand, the line and the central system are real
    net::EventLog log("sender", clock, [](std::string_view) {});
    const auto store = net::PackageStore::open(p.folder.path() / "feed", {{}, p.keys()}, false);
    REQUIRE(store);
    const net::FeedPauses pauses;
    net::Follower follower(
        p.feed, [] { return std::vector<net::Delivery>(); }, [](const forms::Uuid&, net::RequestStep) {}, pauses, clock,
        p.chance);
    net::Feed feed(
        p.feed, *store, follower, [] {}, pauses, clock, p.chance, log);
    forms::BootTime due = feed.step({}), longest{};
    for (int i = 0; i < 12; ++i) {
        // A moment after a question that did not show it yet is the worst; then any.
        const auto pause = static_cast<std::uint32_t>((due - clock.since_boot()).count());
        clock.forward(std::chrono::milliseconds(i % 3 == 0 ? 1 : p.chance.below(pause)));
        const std::string number = std::to_string(i);
        REQUIRE(p.drop("notice-" + number, notice_about(number, "active")));
        const forms::BootTime published = clock.since_boot();
        while (store->list().size() <= static_cast<std::size_t>(i) && clock.since_boot() - published < std::chrono::hours(1)) {
            clock.forward(due - clock.since_boot());
            due = feed.step({});
        }
        longest = std::max(longest, clock.since_boot() - published);
    }
    CHECK(store->list().size() == 12);
    CHECK(longest > std::chrono::seconds(10)); // else nothing was waited for
    CHECK(longest <= std::chrono::seconds(60));
}
