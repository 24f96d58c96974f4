// SPDX-License-Identifier: EUPL-1.2
// campaign_kill [TRIALS] [SEED]
// The process that keeps and delivers is killed (SIGKILL): instead of every call that changes the disk, in every
// script; then, if more trials are wanted, at random moments, and every third of those once more while it starts again.
// After each, a fresh process must find whatever a person was told, and the central system must have everything exactly
// once.
#include "tests/campaigns/disk/disk_calls.hpp"
#include "tests/campaigns/disk/scripts.hpp"
#include "tests/doubles/argument.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tests::disk;
using namespace std::chrono_literals;

namespace {

constexpr auto usable_within = 3s;

struct Shared {
    int calls;
};

class Campaign {
public:
    explicit Campaign(unsigned seed) : seed_(seed), dice_(seed) {
        void* page = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (page == MAP_FAILED) std::abort();
        shared_ = new (page) Shared{};
    }

    int run(int trials) {
        struct Point {
            std::size_t script;
            int call;
        };
        std::vector<Point> points;
        for (const Script& script : scripts()) {
            beginnings_.push_back(begin(script, place_, seed_));
            const auto before = std::chrono::steady_clock::now();
            (void)child(beginnings_.size() - 1, -1, 0us);
            lengths_.push_back(
                std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - before));
            // A script that breaks the disk itself takes its own plan: for random moments only.
            for (int n = 0; n < shared_->calls && !script.breaks_disk; ++n)
                points.push_back({beginnings_.size() - 1, n});
        }
        const int chosen = std::min(trials, static_cast<int>(points.size()));
        for (int i = 0; i < chosen; ++i) {
            // Evenly over all of them when there is no time for each.
            const Point& p = points[static_cast<std::size_t>(i) * points.size() / static_cast<std::size_t>(chosen)];
            trial(p.script, p.call, 0us, false);
        }
        for (int i = chosen; i < trials; ++i) {
            const std::size_t script = dice_() % scripts().size();
            const auto when = std::chrono::microseconds(dice_() % static_cast<unsigned>(lengths_[script].count() + 1));
            trial(script, -1, when, i % 3 == 0);
        }
        std::printf(
            "kill: %d trials over %zu scripts: %d instead of a call (of %zu that change the disk), %d at a random "
            "moment; %d met a living process\n",
            trials, scripts().size(), chosen, points.size(), trials - chosen, killed_);
        std::printf(
            "kill: %u lost, %u doubled, %u not delivered in the end, %u corrupt; usable again after at most %.3f s\n",
            sum_.lost, sum_.doubled, sum_.stuck, sum_.corrupt, static_cast<double>(sum_.start.count()) / 1e6);
        // One may have met a moment in which the machine stood still; what is slow is slow again.
        const bool quick = slow_ <= 1;
        if (slow_ > 0) std::printf("kill: %d starts took more than 3 s, the limit\n", slow_);
        return sum_.fine() && quick && killed_ > trials / 3 ? 0 : 1;
    }

private:
    /// Plays a script in a process of its own. True: it was killed.
    bool child(std::size_t number, int at_call, std::chrono::microseconds after, bool only_start = false) {
        const Script& script = scripts()[number];
        const Beginning& beginning = beginnings_[number];
        const auto folder = place_.path() / "trial";
        if (!only_start) {
            copy_folder(beginning.folder, folder);
            ledger_->read(beginning.ledger);
        }
        const pid_t id = ::fork();
        if (id < 0) std::abort();
        if (id == 0) {
            watch(folder.string());
            if (at_call >= 0)
                kill_at(at_call);
            else
                count_only();
            Terminal terminal(folder, *ledger_, seed_ + 1);
            terminal.clock = beginning.clock;
            if (only_start)
                (void)terminal.start();
            else
                script.play(terminal);
            shared_->calls = seen();
            ::_exit(0);
        }
        if (after > 0us) {
            ::usleep(static_cast<useconds_t>(after.count()));
            (void)::kill(id, SIGKILL);
        }
        int status = 0;
        if (::waitpid(id, &status, 0) != id) std::abort();
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return false;
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) {
            std::printf("kill: %s: the process ended by itself, status %d\n", script.name, status);
            ++sum_.corrupt;
        }
        return true;
    }

    void trial(std::size_t script, int call, std::chrono::microseconds after, bool again) {
        killed_ += child(script, call, after) ? 1 : 0;
        if (again) (void)child(script, static_cast<int>(dice_() % 12), 0us, true);
        Terminal terminal(place_.path() / "trial", *ledger_, seed_ + 2);
        terminal.clock = beginnings_[script].clock;
        const Verdict verdict = judge(terminal, scripts()[script].damaged);
        if (!verdict.fine())
            std::printf("kill: %s, call %d, after %ld us: %u lost, %u doubled, %u not delivered, %u corrupt\n",
                        scripts()[script].name, call, static_cast<long>(after.count()), verdict.lost, verdict.doubled,
                        verdict.stuck, verdict.corrupt);
        sum_ += verdict;
        if (verdict.start >= usable_within) ++slow_;
    }

    unsigned seed_;
    std::mt19937 dice_;
    Place place_;
    Shared* shared_ = nullptr;
    Ledger* ledger_ = Ledger::shared();
    std::vector<Beginning> beginnings_;
    std::vector<std::chrono::microseconds> lengths_;
    Verdict sum_;
    int slow_ = 0;
    int killed_ = 0;
};

} // namespace

int main(int argc, char** argv) {
    const int trials = tests::number_argument(argc, argv, 1, 300);
    const int seed_argument = tests::number_argument(argc, argv, 2, 1);
    const auto seed = static_cast<unsigned>(seed_argument);
    if (trials <= 0 || seed_argument < 0) {
        std::fprintf(stderr, "usage: campaign_kill [TRIALS] [SEED]\n");
        return 2;
    }
    return Campaign(seed).run(trials);
}
