// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/doubles/folder.hpp"

#include <cstdlib>
#include <string>

/// SANE as it stands in a folder of this test alone. Make it before what scans.
struct Drivers {
    explicit Drivers(const std::string& settings = "") {
        folder.write("dll.conf", "test\npnm\n"); // the last is found first
        folder.write("test.conf", "number_of_devices 1\n" + settings);
        ::setenv("SANE_CONFIG_DIR", folder.path().c_str(), 1); // no thread that asks for it lives now
    }
    ~Drivers() { ::unsetenv("SANE_CONFIG_DIR"); }
    tests::Folder folder;
};
