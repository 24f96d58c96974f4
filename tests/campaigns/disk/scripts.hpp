// SPDX-License-Identifier: EUPL-1.2
// Pieces of a terminal's life at which the disk is made to fail. Every campaign plays the same ones.
#pragma once
#include "tests/campaigns/disk/terminal.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tests::disk {

struct Script {
    const char* name;
    /// Brings an empty folder to where the script begins; nothing is broken meanwhile.
    std::function<void(Terminal&)> before;
    /// What is played while the disk fails. Goes on after a failure as the sender and the interface would.
    std::function<void(Terminal&)> play;
    bool leaves_open = false; ///< `before` ends without a stop, as a kill does
    bool damaged = false;     ///< `before` damages a file
    bool breaks_disk = false; ///< the script itself makes the disk refuse something
};
[[nodiscard]] const std::vector<Script>& scripts();

/// A folder in memory (tmpfs where there is one) of this process's own, gone at its end.
class Place {
public:
    Place();
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// A new empty folder in it.
    [[nodiscard]] std::filesystem::path fresh(const std::string& name) const;

private:
    std::filesystem::path path_;
};

/// Where a script begins: the folder's files and what the world outside knows.
struct Beginning {
    std::filesystem::path folder;
    std::string ledger;
    tests::HandClock clock;
};
[[nodiscard]] Beginning begin(const Script& script, const Place& place, unsigned seed);

void copy_folder(const std::filesystem::path& from, const std::filesystem::path& to);

} // namespace tests::disk
