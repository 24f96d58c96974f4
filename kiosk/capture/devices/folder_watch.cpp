// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/folder_watch.hpp"

#include <sys/inotify.h>
#include <unistd.h>

namespace kiosk {

FolderWatch::FolderWatch(const std::filesystem::path& folder) : watch_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    constexpr unsigned news = IN_CREATE | IN_ATTRIB | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;
    works_ = watch_ && ::inotify_add_watch(watch_.number(), folder.c_str(), news) >= 0;
}

void FolderWatch::drain() const {
    char news[4096];
    while (works_ && ::read(watch_.number(), news, sizeof news) > 0) {
    }
}

} // namespace kiosk
