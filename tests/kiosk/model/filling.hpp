// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhir/response.hpp"
#include "kiosk/model/visit.hpp"
#include "tests/doubles/hand_clock.hpp"
#include "tests/doubles/memory_link.hpp"

#include <cstring>
#include <map>
#include <memory_resource>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

/// Memory of a visit that a test can look into: blocks that were given back stay readable, so that "zeroed" can be
/// seen and not only believed.
class WatchedMemory final : public std::pmr::memory_resource {
public:
    ~WatchedMemory() override {
        for (auto& [block, size] : blocks_)
            ::operator delete(block);
    }
    /// In blocks that are in use; in those given back there is nothing at all, which is checked on the way.
    [[nodiscard]] bool holds(std::string_view marker) const;
    [[nodiscard]] std::size_t in_use() const { return in_use_; }

private:
    void* do_allocate(std::size_t bytes, std::size_t) override {
        void* block = ::operator new(bytes);
        blocks_.emplace_back(block, bytes);
        in_use_ += bytes;
        return block;
    }
    /// As the real one: overwritten when it comes back.
    void do_deallocate(void* block, std::size_t bytes, std::size_t) override {
        std::memset(block, 0, bytes);
        in_use_ -= bytes;
    }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

    std::vector<std::pair<void*, std::size_t>> blocks_;
    std::size_t in_use_ = 0;
};

/// A visit filled as a person would fill it: by what is on the screen, one touch after the other.
class Filling {
public:
    /// Forms are those of the package.
    explicit Filling(kiosk::VisitSettings settings = {});

    /// From the first screen to the first question of the form.
    static Filling of(std::string_view form, std::string_view language = "it");
    void open(std::string_view form, std::string_view language = "it");

    // What is on the screen.
    template <class S>
    [[nodiscard]] const S* screen() {
        return std::get_if<S>(&visit.picture().screen);
    }
    template <class P>
    [[nodiscard]] const P* panel() {
        const auto& shown = visit.picture().panel;
        return shown ? std::get_if<P>(&*shown) : nullptr;
    }
    [[nodiscard]] std::string question() { return visit.question_shown().value_or(""); }
    /// Everything that can be read on the screen, in one text.
    [[nodiscard]] std::string all_words();

    // What a person does. Each fails the test when the screen does not offer it.
    void tap(const kiosk::Intent& intent);
    void choose(std::string_view option_text);
    void type(std::string_view text); ///< into the field of the question
    void type_date(std::string_view day, std::string_view month, std::string_view year);
    void go_on() { tap(kiosk::Continue{}); }
    void go_back() { tap(kiosk::Back{}); }
    /// Goes on without answering until this question is on the screen; answers nothing but what must be answered.
    void go_to(std::string_view link_id);
    /// To "check your answers", with the fewest answers.
    void go_to_check();
    [[nodiscard]] bool asks(std::string_view link_id); ///< is it among the pages now?
    void pass(std::chrono::milliseconds time);         ///< second by second

    HandClock clock;
    WatchedMemory memory;
    MemoryLink link;
    int ids = 0;
    kiosk::Visit visit;
    std::set<std::string> seen; ///< every question that has been on the screen

private:
    void answer_what_must_be();
    kiosk::VisitPorts ports();
};

} // namespace tests
