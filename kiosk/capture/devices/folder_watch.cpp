// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/folder_watch.hpp"

#include <system_error>
#include <utility>

#include <sys/inotify.h>
#include <unistd.h>

namespace kiosk {

namespace {

constexpr unsigned wanted = IN_CREATE | IN_ATTRIB | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;

} // namespace

FolderWatch::FolderWatch(std::filesystem::path folder, Depth depth)
    : folder_(std::move(folder)), depth_(depth), watch_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    works_ = watch_ && ::inotify_add_watch(watch_.number(), folder_.c_str(), wanted) >= 0;
    watch_below();
}

void FolderWatch::watch_below() const {
    if (!works_ || depth_ == Depth::Alone) return;
    std::error_code fault; // a folder that goes meanwhile is one fewer
    for (auto at = std::filesystem::directory_iterator(folder_, fault); !fault && at != std::filesystem::directory_iterator();
         at.increment(fault))
        if (at->is_directory(fault)) // one that is watched already stays so
            (void)::inotify_add_watch(watch_.number(), at->path().c_str(), wanted);
}

void FolderWatch::drain() const {
    char news[4096];
    while (works_ && ::read(watch_.number(), news, sizeof news) > 0) {
    }
    watch_below();
}

} // namespace kiosk
