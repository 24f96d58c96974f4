// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/digest.hpp"
#include "net/central/central_feed.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tests {

/// A central system's publishing side in memory: lists what it was given, counts what it is asked, and fails as told.
/// Thread: the test's own.
class MemoryFeed final : public net::CentralFeed {
public:
    void publish(net::PackageKind kind, std::vector<std::byte> package) {
        const std::string place = "p" + std::to_string(++last_);
        const std::string hash =
            forms::base64(forms::sha1({reinterpret_cast<const char*>(package.data()), package.size()}));
        listed_[kind].push_back({place, hash});
        packages_[place] = std::move(package);
    }
    void forget_all() {
        listed_.clear();
        ++last_;
    }

    net::CentralResult<net::Listing> list(net::PackageKind kind, const std::string& tag, std::stop_token) override {
        ++lists;
        if (fault) return *fault;
        const std::string now = std::to_string(last_);
        if (tag == now) {
            ++unchanged;
            return net::Listing{true, {}, {}, false};
        }
        return net::Listing{false, now, listed_[kind], false};
    }
    net::CentralResult<std::vector<std::byte>> fetch(const net::PublishedPackage& package, std::stop_token) override {
        ++fetches;
        if (fetch_fault) return *fetch_fault;
        const auto found = packages_.find(package.place);
        if (found == packages_.end()) return net::CentralError{net::Fault::NotAdmitted, 404};
        auto bytes = found->second;
        if (damages && !bytes.empty()) bytes.back() ^= std::byte{1};
        return bytes;
    }
    net::CentralResult<std::vector<net::FollowedRequest>> follow(std::span<const std::string> references,
                                                                 std::stop_token) override {
        ++follows;
        if (fault) return *fault;
        asked.assign(references.begin(), references.end());
        std::vector<net::FollowedRequest> out;
        for (const std::string& reference : references)
            if (const auto found = steps.find(reference); found != steps.end())
                out.push_back({reference, found->second});
        return out;
    }
    void start_afresh() override { ++afresh; }

    int lists = 0, unchanged = 0, fetches = 0, follows = 0, afresh = 0;
    std::optional<net::CentralError> fault, fetch_fault;
    bool damages = false;
    std::map<std::string, net::RequestStep> steps;
    std::vector<std::string> asked;

private:
    std::map<net::PackageKind, std::vector<net::PublishedPackage>> listed_;
    std::map<std::string, std::vector<std::byte>> packages_;
    int last_ = 0;
};

} // namespace tests
