// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace campaign {

/// What a server makes of ids that a client has chosen.
enum class OwnIds {
    NotTaken, ///< it declares no updateCreate: everything with an identifier comes as a conditional create
    Kept,     ///< it declares it, and `If-None-Match: *` holds to the last moment: of two at once one fails whole
    Replaced, ///< it declares it, and pays no heed to `If-None-Match`: what is there is written over
};

/// A FHIR server reduced to what decides whether something is doubled. Its conditional create looks first and writes
/// later, as known servers do: the same request twice at once makes two of everything that the server names itself.
/// Thread: any.
class ServerModel {
public:
    explicit ServerModel(const forms::Clock& clock, OwnIds own_ids = OwnIds::NotTaken)
        : clock_(clock), own_ids_(own_ids) {}

    struct Answer {
        int status = 200;
        std::string body;
    };
    /// Looks now, writes after `delay`; the answer is that of a server which has written.
    Answer transaction(const std::string& bundle, std::chrono::milliseconds delay = {});
    /// Everything but a transaction: metadata, read, search, update. `only_new`: with `If-None-Match: *`.
    Answer other(const std::string& method, const std::string& target, const std::string& body, bool only_new = false);

    /// Who sends it: the value of the QuestionnaireResponse's identifier; empty: no Bundle of ours.
    [[nodiscard]] static std::string request_of(const std::string& bundle);
    /// A search finds what was written only after this long.
    void set_index_lag(std::chrono::milliseconds lag) { lag_ = lag; }

    /// Writes what is due. With `all`: also what is still on its way.
    void settle(bool all = false);
    [[nodiscard]] std::size_t count(const std::string& type);
    /// How many there are of the resource that is least and most often there, of those the request named.
    [[nodiscard]] std::pair<std::size_t, std::size_t> copies(const std::string& request);
    [[nodiscard]] bool has_task(const std::string& id);

private:
    struct Stored {
        std::string type, id;
        std::vector<std::pair<std::string, std::string>> identifiers; ///< system, value
        std::string request;
        bool only_new = false; ///< fails its whole transaction when its address is taken
        forms::BootTime visible{};
    };
    struct Late {
        forms::BootTime at;
        std::vector<Stored> resources;
    };
    void write(const Stored& resource);
    void write_due(bool all);

    const forms::Clock& clock_;
    const OwnIds own_ids_;
    std::mutex mutex_;
    // all below guarded by mutex_
    std::map<std::string, std::vector<Stored>> by_key_; ///< "Type|system|value", or "Type/id"
    std::map<std::string, std::size_t> counts_;
    std::map<std::string, std::set<std::string>> named_; ///< what each request has named: keys
    std::set<std::string> tasks_;
    struct Outcome {
        forms::BootTime at{}; ///< when it is written
        std::string answer;
    };
    std::map<std::string, Outcome> outcomes_; ///< of each request's transaction, asked for at "_accepted/<request>"
    std::vector<Late> late_;
    std::chrono::milliseconds lag_{0};
    std::size_t last_id_ = 0;
};

} // namespace campaign
