// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/doubles/certificates.hpp"

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tests {

/// What the server does with one transaction, instead of behaving.
struct Mischief {
    enum class Kind {
        None,
        Status,          ///< answers `status` with an OperationOutcome; nothing stored
        Html,            ///< 200 with a login page; nothing stored
        StoreThenHtml,   ///< stored, then 200 with a login page
        StoreThenDrop,   ///< stored, then the line is cut without an answer
        Drop,            ///< the line is cut without an answer; nothing stored
        StoreThenCut,    ///< stored, then half an answer
        StoreThenStatus, ///< stored, then `status`
        WrongCount,      ///< stored, one entry too few in the answer
        StorePart,       ///< only the first half of the entries is stored, then `status`
        Accepted,        ///< stored; 202 with a place to ask
        Redirect,        ///< 307 to another host
        Hang,            ///< nothing at all for five seconds; nothing stored
    };
    Kind kind = Kind::None;
    int status = 500;
    std::string retry_after{};
};

/// A FHIR server in this process, over HTTPS on loopback, that keeps resources by identifier and counts what it is
/// asked. Ordinary conditional create; misbehaves exactly as told, once per entry of the list.
class CentralServer {
public:
    /// `asks_who`: lets only in who shows a certificate of the same authority.
    explicit CentralServer(Certificates certificates, int port = 0, bool asks_who = false);
    ~CentralServer();

    [[nodiscard]] std::string base() const; ///< "https://127.0.0.1:port/fhir"
    [[nodiscard]] int port() const { return port_; }

    void next(Mischief mischief);  ///< for the next transaction that has none yet
    void for_searches(int status); ///< every search answers so; 0: behaves
    /// metadata says `updateCreate`; and `If-None-Match: *` is obeyed, or ignored.
    void take_our_ids(bool honours_if_none_match) {
        honours_if_none_match_ = honours_if_none_match;
        takes_our_ids_ = true;
    }
    [[nodiscard]] std::size_t count(const std::string& type) const;
    [[nodiscard]] std::size_t transactions() const { return transactions_; }
    [[nodiscard]] std::size_t searches() const { return searches_; }
    [[nodiscard]] std::size_t statements() const { return statements_; } ///< times metadata was read
    [[nodiscard]] std::size_t body_bytes() const { return body_bytes_; } ///< of all transactions
    [[nodiscard]] std::vector<std::string> bodies() const;
    /// Ids of all Tasks.
    [[nodiscard]] std::vector<std::string> tasks() const;

private:
    struct Http;
    struct Stored {
        std::string id, json;
        std::vector<std::pair<std::string, std::string>> identifiers;
    };
    std::string transaction(const std::string& body, bool half); ///< stores; the answer; empty: 412
    std::string search(const std::string& type, const std::string& identifier);

    mutable std::mutex mutex_;
    std::map<std::string, std::vector<Stored>> resources_; // guarded by mutex_
    std::deque<Mischief> mischief_;                        // guarded by mutex_
    std::vector<std::string> bodies_;                      // guarded by mutex_
    std::string accepted_;                                 // guarded by mutex_
    std::size_t last_id_ = 0;                              // guarded by mutex_
    std::atomic<std::size_t> transactions_ = 0, searches_ = 0, body_bytes_ = 0, statements_ = 0;
    std::atomic<bool> takes_our_ids_ = false, honours_if_none_match_ = false;
    std::atomic<int> search_status_ = 0;
    std::atomic<bool> stopping_ = false;
    int port_ = 0;
    std::unique_ptr<Http> http_;
    std::jthread thread_;
};

} // namespace tests
