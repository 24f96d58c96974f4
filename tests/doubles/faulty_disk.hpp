// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

namespace tests {

/// A disk that refuses the n-th thing it is asked to change (write, sync, cut, open for writing, delete): a VFS for
/// SQLite under a name of its own, in front of the real one. One at a time; the test's thread.
class FaultyDisk {
public:
    enum class Fault { InputOutput, Full };

    explicit FaultyDisk(Fault fault = Fault::InputOutput);
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    [[nodiscard]] const std::string& name() const { return name_; }
    void fail_at(int n); ///< counted from 0, from now on; once
    [[nodiscard]] bool failed() const;
    void heal();
    /// No room for anything as long as this file is there: a full disk with something on it that can be given up.
    void full_while_there(std::string file);

private:
    std::string name_;
};

} // namespace tests
