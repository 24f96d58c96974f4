// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/qr_code.hpp"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/TextUtfEncoding.h>

#include <exception>
#include <string>

namespace kiosk {

QrModules qr_modules(std::string_view text) {
    QrModules modules;
    if (text.empty()) return modules;
    try {
        const ZXing::BitMatrix matrix = ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode)
                                            .setEncoding(ZXing::CharacterSet::UTF8)
                                            .setEccLevel(4)
                                            .setMargin(4)
                                            .encode(ZXing::TextUtfEncoding::FromUtf8(std::string(text)), 0, 0);
        const int side = matrix.width();
        modules.size = static_cast<std::size_t>(side);
        modules.dark.reserve(modules.size * modules.size);
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x)
                modules.dark.push_back(matrix.get(x, y));
    } catch (const std::exception&) {
        return {}; // the library's way to say that the text is too long
    }
    return modules;
}

} // namespace kiosk
