// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <chrono>
#include <filesystem>

namespace net::sandbox {

enum class CertificateFault {
    NotWritten, ///< a file could not be made or written
    NotMade,    ///< the library refused
};

/// Where the certificate lies, all in one folder.
struct CertificateFiles {
    std::filesystem::path authority; ///< ca.pem: what a client must trust
    std::filesystem::path chain;     ///< server.pem
    std::filesystem::path key;       ///< server.key, mode 0600
};

/// Sees to it that the folder holds a certificate for 127.0.0.1 and localhost, good from a day ago and for 30 days to
/// come at least. What is missing, broken or nearly over is made anew: an authority that can vouch for the loopback
/// only (name constraints, RFC 5280 §4.2.1.10) and the server's certificate, both for a year, on P-256. The key of the
/// authority is kept nowhere: nobody can ever sign a second certificate with it.
forms::Result<CertificateFiles, CertificateFault> ensure_certificate(const std::filesystem::path& folder,
                                                                     std::chrono::system_clock::time_point now);

} // namespace net::sandbox
