// SPDX-License-Identifier: EUPL-1.2
#include "net/seal/signed_package.hpp"
#include "tests/doubles/folder.hpp"

#include <doctest/doctest.h>

#include <string>

#include <sys/stat.h>

using namespace net;

namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

Signer signer_of(int number) {
    std::array<std::byte, 32> seed{};
    seed[0] = static_cast<std::byte>(number);
    return Signer::from_seed(seed);
}

const PackageHead head{PackageKind::Definition, subject_of(PackageKind::Definition, "https://a.example/q"), 42};

} // namespace

TEST_CASE("a package opens with its owner's key and says what was signed") {
    const Signer owner = signer_of(1);
    const SignerKey keys[] = {signer_of(2).key(), owner.key()};
    const auto package = owner.sign(head, bytes_of("{}"));
    const auto opened = open_package(package, keys);
    REQUIRE(opened.ok());
    CHECK(opened.value().head.kind == PackageKind::Definition);
    CHECK(opened.value().head.subject == head.subject);
    CHECK(opened.value().head.serial == 42);
    CHECK(opened.value().payload.size() == 2);
}

TEST_CASE("a package by somebody else is not opened") {
    const SignerKey keys[] = {signer_of(2).key()};
    const auto opened = open_package(signer_of(1).sign(head, bytes_of("{}")), keys);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error() == PackageFault::UnknownKey);
    CHECK(open_package(signer_of(1).sign(head, bytes_of("{}")), {}).error() == PackageFault::UnknownKey);
}

TEST_CASE("every flipped bit and every cut of a package is seen") {
    const Signer owner = signer_of(1);
    const SignerKey keys[] = {owner.key()};
    const auto package = owner.sign(head, bytes_of("{\"a\":1}"));
    for (std::size_t i = 0; i < package.size() * 8; ++i) {
        auto changed = package;
        changed[i / 8] ^= static_cast<std::byte>(1 << i % 8);
        CHECK_FALSE(open_package(changed, keys).ok());
    }
    for (std::size_t size = 0; size < package.size(); ++size)
        CHECK_FALSE(open_package(std::span(package).first(size), keys).ok());
    auto longer = package;
    longer.push_back({});
    CHECK(open_package(longer, keys).error() == PackageFault::NotAPackage);
}

TEST_CASE("a package beyond the limit is refused before anything of it is looked at") {
    const Signer owner = signer_of(1);
    const SignerKey keys[] = {owner.key()};
    const auto package = owner.sign(head, std::vector<std::byte>(largest_package));
    CHECK(open_package(package, keys).error() == PackageFault::TooLarge);
}

TEST_CASE("a definition and a notice of the same name are two subjects") {
    CHECK(subject_of(PackageKind::Definition, "x") != subject_of(PackageKind::Notice, "x"));
    CHECK(text_of(subject_of(PackageKind::Notice, "x")).size() == 32);
}

TEST_CASE("a signer's key is written and read as in the configuration") {
    const SignerKey key = signer_of(7).key();
    CHECK(text_of(key).starts_with("ed25519//"));
    REQUIRE(read_signer_key(text_of(key)));
    CHECK(*read_signer_key(text_of(key)) == key);
    for (const char* bad : {"", "ed25519//", "ed25519//AAAA", "sha256//AAAA", "ed25519//!!!!"})
        CHECK_FALSE(read_signer_key(bad));
    CHECK_FALSE(read_signer_key(text_of(key) + "A"));
}

TEST_CASE("an owner's key file is made once, for this user alone, and read again") {
    const tests::Folder folder;
    const auto first = Signer::open(folder.path() / "key");
    REQUIRE(first);
    const auto again = Signer::open(folder.path() / "key");
    REQUIRE(again);
    CHECK(first->key() == again->key());
    REQUIRE(::chmod((folder.path() / "key").c_str(), 0644) == 0);
    CHECK_FALSE(Signer::open(folder.path() / "key"));
}

TEST_CASE("secrets are the same only when all of them is") {
    CHECK(same_secret("ABCD", "ABCD"));
    CHECK_FALSE(same_secret("ABCD", "ABCE"));
    CHECK_FALSE(same_secret("ABCD", "ABC"));
}
