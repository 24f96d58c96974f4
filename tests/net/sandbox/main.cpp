// SPDX-License-Identifier: EUPL-1.2
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <csignal>

int main(int count, char** values) {
    // A server that hangs up, as some are told to, is an error of write and not the end of the tests.
    if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) return 1;
    return doctest::Context(count, values).run();
}
