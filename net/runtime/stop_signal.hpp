// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

namespace net {

enum class SignalError {
    NotBlocked,   ///< the thread's signal mask could not be changed
    NoDescriptor, ///< the kernel gave no signal descriptor
};

/// SIGTERM and SIGINT as something to wait for beside sockets. SIGPIPE is ignored from here on: a peer that goes
/// away is an ordinary error of write. Make it in main before any other thread starts: threads inherit the mask.
class StopSignal {
public:
    [[nodiscard]] static forms::Result<StopSignal, SignalError> listen();
    StopSignal(StopSignal&& other) noexcept;
    StopSignal& operator=(StopSignal&&) = delete;
    ~StopSignal();

    /// Readable once a signal came. Stays readable; never read from it.
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool came() const;

private:
    explicit StopSignal(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

} // namespace net
