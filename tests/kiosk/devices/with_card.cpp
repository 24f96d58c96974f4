// SPDX-License-Identifier: EUPL-1.2
// with_card COMMAND [ARGUMENT …]: runs the command while a health card lies in a virtual reader behind the real pcscd. Ends
// as the command does; with 1 when the card was asked for its PIN, or never asked at all; with 77 where no daemon can run.
#include "tests/kiosk/devices/card_sample.hpp"
#include "tests/kiosk/devices/virtual_card.hpp"

#include <algorithm>
#include <cstdio>

#include <sys/wait.h>
#include <unistd.h>

namespace {

int run(char** command) {
    const int child = ::fork();
    if (child == 0) {
        ::execvp(command[0], command);
        ::_exit(127);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return 1;
    return WEXITSTATUS(status);
}

} // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        std::fputs("with_card COMMAND [ARGUMENT ...]\n", stderr);
        return 2;
    }
    CardDaemon daemon;
    if (const std::string why = daemon.start(); !why.empty()) {
        std::printf("skipped: no virtual card: %s\n", why.c_str());
        return 77;
    }
    VirtualCard card{PlayedCard(card_sample::file_of(card_sample::rossi()))};
    if (!card.in_reader()) {
        std::puts("the card does not get into the reader");
        return 1;
    }
    const int result = run(arguments + 1);
    const auto asked = card.asked();
    const bool pin = std::any_of(asked.begin(), asked.end(), [](const auto& command) { return command[1] == 0x20; });
    std::printf("the card was asked %zu times%s\n", asked.size(), pin ? ", for its PIN among them" : "");
    return pin || asked.empty() ? 1 : result;
}
