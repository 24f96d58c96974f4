// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/doubles/folder.hpp"

#include <cstdlib>
#include <string>

/// SANE as it stands in a folder of this test alone. It looks up once where its files are, and its drivers stay loaded and
/// remember: one folder for all cases, and each case says all that another may have changed.
struct Drivers {
    explicit Drivers(const std::string& settings = "") {
        static const tests::Folder folder;
        folder.write("dll.conf", "test\npnm\n"); // the last is found first
        folder.write("test.conf", "number_of_devices 1\nenable-test-options false\nread-status-code \"Default\"\n" +
                                      settings);
        ::setenv("SANE_CONFIG_DIR", folder.path().c_str(), 1); // no thread of SANE's lives now
    }
};
