// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/digest.hpp"
#include "tests/campaigns/server/faces.hpp"
#include "tests/campaigns/server/server_model.hpp"
#include "tests/campaigns/slow-link/link.hpp"

#include <atomic>
#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace campaign {

/// What is wrong on purpose, to see whether the campaign notices.
enum class Wrong {
    Nothing,
    SaysItIsThere, ///< to whoever asks for a scan, whether it is or not
    SaysItIsNot,   ///< likewise
    MixesContents, ///< keeps a scan with one byte changed
};

/// A central system behind the link that looks at what a case brings: which scans are there when its record arrives,
/// with which content, and how often each was taken in whole.
class ScanServer {
public:
    ScanServer(const Faces& faces, tests::SharedClock& clock, Link& link, OwnIds own_ids, Wrong wrong);

    /// A case may come without scans for nobody: it brings so many, of these contents (SHA-256).
    void expect(const std::string& request, std::multiset<forms::Sha256> contents);

    struct Count {
        std::size_t cases = 0;         ///< records that were taken in
        std::size_t without_scans = 0; ///< of them: those that refer to a scan that was not there, or was another
        std::size_t scans = 0;         ///< that are there
        std::size_t doubled = 0;       ///< more scans than the cases brought, or one that was taken in whole twice
        std::size_t bytes_needed = 0;  ///< of bodies that were taken in, each once
        std::size_t bytes_came = 0;    ///< of all bodies, with those that were cut
        std::size_t by_own_ids = 0;    ///< records whose answers came under an id of ours
    };
    [[nodiscard]] Count count();

    ServerModel model;

private:
    struct Scan {
        forms::Sha256 content{};
        std::size_t times = 0; ///< taken in whole
    };
    void serve(tests::TlsLine& line);
    std::string answer(const tests::Asked& asked);
    ServerModel::Answer take_scan(const tests::Asked& asked, const std::string& id);
    void look_at(const std::string& bundle);

    Link& link_;
    const Wrong wrong_;
    std::mutex mutex_;
    // all below guarded by mutex_
    std::map<std::string, std::multiset<forms::Sha256>> expected_; ///< by request
    std::map<std::string, Scan> scans_;                            ///< by id
    std::set<std::string> recorded_;                               ///< requests whose record is here
    std::size_t without_scans_ = 0, bytes_needed_ = 0, by_own_ids_ = 0;

public:
    tests::TlsServer server; ///< last: its threads end before what they use
};

} // namespace campaign
