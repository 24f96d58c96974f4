// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/locked_memory.hpp"
#include "net/seal/sealed_request.hpp"
#include "tests/doubles/folder.hpp"

#include <doctest/doctest.h>

#include <string>

#include <sys/stat.h>

using namespace net;
using tests::Folder;

namespace {

const auto request = *forms::Uuid::parse("5f0c2a4e-3b7d-4c1a-9e2f-6a1b8c9d0e11");

std::span<const std::byte> bytes_of(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}
std::string text_of_bytes(const SecretBytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

struct Fixture {
    Folder folder;
    LockedMemory memory;
    KeyRing ring = KeyRing::open(folder.path() / "keys", &memory).value();
    std::string body = "{\"who\":\"somebody\"}";
    std::string scan = std::string(200'000, 's');
    std::string empty;

    SealedRequest sealed(const forms::Uuid& id = request) {
        const std::span<const std::byte> parts[] = {bytes_of(body), bytes_of(scan), bytes_of(empty)};
        return seal(id, ring.current(), parts).value();
    }
    SealFault refusal(const SealedRequest& changed) {
        auto opened = unseal(changed, ring, &memory);
        REQUIRE_FALSE(opened.ok());
        return opened.error();
    }
};

} // namespace

TEST_CASE_FIXTURE(Fixture, "seal: what was sealed opens to the same bytes, and nothing of it shows from outside") {
    const SealedRequest box = sealed();
    auto opened = unseal(box, ring, &memory);
    REQUIRE(opened.ok());
    REQUIRE(opened.value().size() == 3);
    CHECK(text_of_bytes(opened.value()[0]) == body);
    CHECK(text_of_bytes(opened.value()[1]) == scan);
    CHECK(opened.value()[2].empty());
    CHECK(box.parts[1].size() == sealed_size(scan.size()));
    const std::string outside(reinterpret_cast<const char*>(box.parts[0].data()), box.parts[0].size());
    CHECK(outside.find("somebody") == std::string::npos);
    CHECK(read_header(box.header).value().id == request);
}

TEST_CASE_FIXTURE(Fixture, "seal: the same request sealed twice shares no byte of its body") {
    CHECK(sealed().parts[0] != sealed().parts[0]);
    CHECK(sealed().header != sealed().header);
}

TEST_CASE_FIXTURE(Fixture, "seal: a flipped bit anywhere in the header or a part is seen") {
    const SealedRequest box = sealed();
    for (std::size_t i = 0; i < box.header.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            SealedRequest changed = box;
            changed.header[i] ^= std::byte{1} << bit;
            CAPTURE(i);
            CHECK_FALSE(unseal(changed, ring, &memory).ok());
        }
    }
    for (std::size_t part = 0; part < box.parts.size(); ++part) {
        for (std::size_t i = 0; i < box.parts[part].size(); i += part == 1 ? 4099 : 1) {
            SealedRequest changed = box;
            changed.parts[part][i] ^= std::byte{0x10};
            CHECK(refusal(changed) == SealFault::Broken);
        }
    }
}

TEST_CASE_FIXTURE(Fixture, "seal: cut, swapped, doubled, missing or foreign pieces are seen") {
    const SealedRequest box = sealed();
    constexpr std::size_t stride = 64 * 1024 + 17;
    SUBCASE("a tail cut at any chunk border or elsewhere") {
        for (const std::size_t size :
             {0UL, 23UL, 24UL, 24 + 17UL, 24 + stride, 24 + 2 * stride, 24 + 3 * stride, box.parts[1].size() - 1}) {
            SealedRequest changed = box;
            changed.parts[1].resize(size);
            CHECK(refusal(changed) == SealFault::Broken);
        }
    }
    SUBCASE("bytes after the end") {
        SealedRequest changed = box;
        changed.parts[0].push_back(std::byte{0});
        CHECK(refusal(changed) == SealFault::Broken);
    }
    SUBCASE("two chunks swapped") {
        SealedRequest changed = box;
        auto first = changed.parts[1].begin() + 24;
        std::swap_ranges(first, first + stride, first + stride);
        CHECK(refusal(changed) == SealFault::Broken);
    }
    SUBCASE("two parts swapped") {
        SealedRequest changed = box;
        std::swap(changed.parts[1], changed.parts[2]);
        CHECK(refusal(changed) == SealFault::Broken);
    }
    SUBCASE("a part left out") {
        SealedRequest changed = box;
        changed.parts.pop_back();
        CHECK(refusal(changed) == SealFault::Broken);
    }
    SUBCASE("a part of another request") {
        const SealedRequest other = sealed(forms::Uuid::named(request, "x"));
        SealedRequest changed = box;
        changed.parts[0] = other.parts[0];
        CHECK(refusal(changed) == SealFault::Broken);
        changed = other;
        changed.id = request;
        CHECK(refusal(changed) == SealFault::Broken);
    }
    SUBCASE("an older or newer version") {
        SealedRequest changed = box;
        changed.header[4] = std::byte{2};
        CHECK(refusal(changed) == SealFault::NotAHeader);
    }
}

TEST_CASE_FIXTURE(Fixture, "seal: another terminal's key does not open it") {
    Folder other_folder;
    const KeyRing other = KeyRing::open(other_folder.path() / "keys", &memory).value();
    auto opened = unseal(sealed(), other, &memory);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error() == SealFault::UnknownKey);
}

TEST_CASE_FIXTURE(Fixture,
                  "seal: after a rotation the old key still opens and the new one seals, also after a restart") {
    const SealedRequest before = sealed();
    const KeyId old = ring.current_id();
    REQUIRE(ring.rotate().ok());
    CHECK(ring.current_id() != old);
    const SealedRequest after = sealed();
    auto again = KeyRing::open(folder.path() / "keys", &memory);
    REQUIRE(again.ok());
    CHECK_FALSE(again.value().created());
    CHECK(again.value().size() == 2);
    CHECK(again.value().current_id() == ring.current_id());
    CHECK(unseal(before, again.value(), &memory).ok());
    CHECK(unseal(after, again.value(), &memory).ok());
}

TEST_CASE_FIXTURE(Fixture, "seal: a key file that others may read, or that is damaged, is refused") {
    const auto file = folder.path() / "keys" / "0001.key";
    struct stat facts {};
    REQUIRE(stat(file.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777) == 0600);
    REQUIRE(chmod(file.c_str(), 0640) == 0);
    CHECK(KeyRing::open(folder.path() / "keys", &memory).error() == KeyFault::Open);
    REQUIRE(chmod(file.c_str(), 0600) == 0);
    {
        std::fstream f(file, std::ios::in | std::ios::out | std::ios::binary);
        f.seekp(20);
        f << "xx";
    }
    CHECK(KeyRing::open(folder.path() / "keys", &memory).error() == KeyFault::Damaged);
}

TEST_CASE_FIXTURE(Fixture, "seal: more than the limits is refused before anything is sealed") {
    const std::string large(largest_body + 1, 'x');
    const std::span<const std::byte> one[] = {bytes_of(large)};
    CHECK(seal(request, ring.current(), one).error() == SealFault::TooLarge);
    const std::vector<std::span<const std::byte>> many(most_parts + 1, bytes_of(body));
    CHECK(seal(request, ring.current(), many).error() == SealFault::TooLarge);
}

TEST_CASE_FIXTURE(Fixture, "seal: old keys go when nothing needs them, but never the one before the newest") {
    const KeyId first = ring.current_id();
    for (int i = 0; i < 3; ++i)
        REQUIRE(ring.rotate().ok());
    const auto ids = ring.ids();
    REQUIRE(ids.size() == 4);
    CHECK(ring.retire({first}).value() == 0);
    CHECK(ring.retire({ids[1]}).value() == 1);
    CHECK_FALSE(ring.knows(first));
    CHECK(ring.retire({}).value() == 1);
    CHECK(ring.ids() == std::vector<KeyId>{ids[2], ids[3]});
    auto again = KeyRing::open(folder.path() / "keys", &memory);
    REQUIRE(again.ok());
    CHECK(again.value().ids() == ring.ids());
}

TEST_CASE_FIXTURE(Fixture, "seal: destroyed keys are gone from memory and from the folder, drafts of them too") {
    const SealedRequest box = sealed();
    REQUIRE(ring.rotate().ok());
    std::filesystem::copy_file(folder.path() / "keys" / "0001.key", folder.path() / "keys" / "0003.new");
    REQUIRE(ring.destroy().ok());
    CHECK(std::filesystem::is_empty(folder.path() / "keys"));
    CHECK(ring.size() == 0);
    CHECK(refusal(box) == SealFault::UnknownKey);
    const std::span<const std::byte> parts[] = {bytes_of(body)};
    CHECK(seal(request, ring.current(), parts).error() == SealFault::UnknownKey); // to nobody
    auto fresh = KeyRing::open(folder.path() / "keys", &memory);
    REQUIRE(fresh.ok());
    CHECK(fresh.value().created());
    CHECK(unseal(box, fresh.value(), &memory).error() == SealFault::UnknownKey);
}
