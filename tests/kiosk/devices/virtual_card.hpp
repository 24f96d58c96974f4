// SPDX-License-Identifier: EUPL-1.2
// pcscd with a reader that is played over TCP (package vsmartcard-vpcd), and the card in it.
#pragma once
#include "net/runtime/descriptor.hpp"
#include "tests/kiosk/devices/played_card.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

/// The daemon, as a child of the test: one on a machine at a time.
class CardDaemon {
public:
    CardDaemon() = default;
    ~CardDaemon() { stop(); }
    CardDaemon(const CardDaemon&) = delete;
    CardDaemon& operator=(const CardDaemon&) = delete;

    /// Why it cannot run here; empty: it runs and answers.
    [[nodiscard]] std::string start();
    /// The reader has noticed that no card is in it. (A hand needs longer to change cards than a reader to see it.)
    [[nodiscard]] static bool sees_no_card();
    void stop(); ///< by its id; waits until it has ended

private:
    int id_ = -1;
};

/// A card in the virtual reader, from construction until `leave` or destruction; it waits for an empty reader first. Its answers come from a thread.
class VirtualCard {
public:
    explicit VirtualCard(PlayedCard card);
    ~VirtualCard();
    VirtualCard(const VirtualCard&) = delete;
    VirtualCard& operator=(const VirtualCard&) = delete;

    [[nodiscard]] bool in_reader() const { return in_reader_; }
    void leave();
    [[nodiscard]] std::vector<std::vector<std::uint8_t>> asked(); ///< commands so far

private:
    void play();
    [[nodiscard]] bool receive(std::vector<std::uint8_t>& frame);
    [[nodiscard]] bool send(const std::vector<std::uint8_t>& frame);

    std::mutex mutex_;
    PlayedCard card_; // guarded by mutex_
    net::Descriptor socket_;
    bool in_reader_ = false;
    std::thread thread_;
};
