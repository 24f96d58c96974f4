// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/published.hpp"

#include "forms/base/digest.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/line_sender.hpp"

#include <array>
#include <chrono>
#include <doctest/doctest.h>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace kiosk;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view url = "https://sportello.example.org/fhir/Questionnaire/buono";
constexpr auto patience = 60s;

net::Signer signer_of(int number) {
    std::array<std::byte, 32> seed{};
    seed[0] = static_cast<std::byte>(number);
    return net::Signer::from_seed(seed);
}

std::string form(std::string_view address, std::string_view version, std::string_view status = "active") {
    std::string text = R"({"resourceType":"Questionnaire","language":"it","url":")";
    text.append(address).append(R"(","version":")").append(version).append(R"(","title":"Buono spesa","status":")");
    text.append(status).append(R"(","item":[{"linkId":"perche","type":"text","text":"Perch\u00e9 lo chiedi?"}]})");
    return text;
}

std::string digest(std::string_view text) { return forms::hex(forms::sha256(text)); }

/// A sender that holds what a test gives it, and whoever reads from it and believes one owner.
struct Room {
    Room() {
        std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
        settings.definition_keys = {owner.key()};
        settings.report = [this](const UnusablePackage&) { ++reported; };
        sender.start();
    }
    void hold(const net::Signer& signer, std::uint64_t serial, std::string_view text, std::string_view named = url) {
        const net::PackageHead head{net::PackageKind::Definition, net::subject_of(net::PackageKind::Definition, named),
                                    serial};
        sender.hold(head, signer.sign(head, std::as_bytes(std::span(text.data(), text.size()))));
    }
    /// Its version; "" when there is none.
    std::string version_of(std::string_view text) {
        const Published published(settings);
        net::ipc::Client client(sender.socket(), net::ipc::Role::Desk);
        const auto found = published.version(client, url, digest(text), patience, {});
        REQUIRE(found.ok());
        if (!found.value()) return {};
        CHECK(found.value()->url() == url);
        CHECK(forms::hex(found.value()->sha256()) == digest(text));
        return found.value()->version();
    }

    net::Signer owner = signer_of(1);
    PublishedSettings settings;
    int reported = 0;
    tests::Folder folder;
    tests::LineSender sender{folder.path()};
};

} // namespace

TEST_CASE("published: a version is found by its bytes, though newer ones count and the form was withdrawn") {
    Room room;
    const std::string first = form(url, "1");
    const std::string second = form(url, "2");
    const std::string withdrawn = form(url, "3", "retired");
    room.hold(room.owner, 1, first);
    room.hold(room.owner, 2, second);
    room.hold(room.owner, 3, withdrawn);
    CHECK(room.version_of(first) == "1");
    CHECK(room.version_of(second) == "2");
    CHECK(room.version_of(withdrawn) == "3");
    CHECK(room.reported == 0);
}

TEST_CASE("published: a version that differs in one byte, or is not here, is none") {
    Room room;
    room.hold(room.owner, 1, form(url, "1"));
    CHECK(room.version_of(form(url, "1") + " ").empty());
    CHECK(room.version_of(form(url, "2")).empty());
}

TEST_CASE("published: the right bytes are not believed from another owner, or under another form's name") {
    Room room;
    const std::string forged = form(url, "1");
    room.hold(signer_of(2), 1, forged);
    CHECK(room.version_of(forged).empty());
    const std::string other = form("https://sportello.example.org/fhir/Questionnaire/altro", "2");
    room.hold(room.owner, 2, other);
    CHECK(room.version_of(other).empty());
    CHECK(room.reported == 2);
}

TEST_CASE("published: a terminal that believes nobody asks for nothing") {
    Room room;
    room.hold(room.owner, 1, form(url, "1"));
    room.settings.definition_keys.clear();
    room.sender.stop();
    CHECK(room.version_of(form(url, "1")).empty());
}

TEST_CASE("published: a sender that is away is said to be away, and not to hold nothing") {
    Room room;
    room.sender.stop();
    const Published published(room.settings);
    net::ipc::Client client(room.sender.socket(), net::ipc::Role::Desk);
    const auto found = published.version(client, url, digest(form(url, "1")), patience, {});
    REQUIRE_FALSE(found.ok());
    CHECK(found.error() == net::ipc::LineFault::NotThere);
}
