// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/scan_commands.hpp"

#include "assets/places/embedded.hpp"
#include "forms/base/utf8.hpp"
#include "forms/italian/places.hpp"
#include "kiosk/capture/decoder_process.hpp"
#include "kiosk/capture/document.hpp"
#include "net/runtime/json_text.hpp"

#include <array>
#include <fstream>
#include <ostream>

namespace kiosk {
namespace {

using net::JsonText;

/// Up to one byte more than a picture may have: the decoder's own limit then says so. None: cannot be read.
std::optional<std::vector<std::byte>> read_picture_file(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    std::vector<std::byte> bytes;
    std::array<char, 65536> part{};
    while (file && bytes.size() <= most_picture_bytes) {
        file.read(part.data(), part.size());
        const auto* const begin = reinterpret_cast<const std::byte*>(part.data());
        bytes.insert(bytes.end(), begin, begin + file.gcount());
    }
    if (bytes.size() <= most_picture_bytes && !file.eof()) return std::nullopt;
    return bytes;
}

void write(JsonText& json, const PictureCorners& corners) {
    json.key("corners").open_array();
    for (const PicturePoint& point : corners)
        json.open_array().number(point.x).number(point.y).close_array();
    json.close_array();
}

void write(JsonText& json, std::string_view name, const std::optional<forms::PartialDate>& date) {
    if (date) json.member(name, date->text());
}

/// The facts of a mark, each a member of the object that is open.
struct Facts {
    JsonText& json;
    void operator()(const FiscalCodeMark& mark) const { json.member("value", mark.code); }
    void operator()(const HealthCodeMark& mark) const { json.member("value", mark.code); }
    void operator()(const HealthCardMark& mark) const { json.member("value", mark.number); }
    void operator()(const MedicineMark&) const {}
    void operator()(const ReceiptMark& mark) const {
        json.member("value", mark.number).member("request", mark.request);
    }
    void operator()(const PagoPaMark& mark) const {
        json.member("notice", mark.notice).member("payee", mark.payee).member("cents", mark.cents);
        json.key("check").boolean(mark.check_right);
    }
    void operator()(const SepaMark& mark) const {
        json.member("name", mark.name).member("iban", mark.iban);
        json.key("check").boolean(mark.iban_right);
        json.member("amount", mark.amount).member("reference", mark.reference).member("text", mark.text);
    }
    void operator()(const FrenchMark& mark) const {
        json.key("version").number(mark.version);
        json.member("type", mark.type).member("authority", mark.authority).member("certificate", mark.certificate);
        write(json, "issued", mark.issued);
        write(json, "signed", mark.signed_on);
        json.key("verified").boolean(false);
    }
    void operator()(const LinkMark& mark) const { json.member("host", mark.host); }
    void operator()(const OtherMark& mark) const { json.member("value", mark.text); }
    void operator()(const UnusableMark& mark) const { json.member("reason", name_of(mark.why)); }
};

void write(JsonText& json, const PersonSeen& person, const forms::Places& places) {
    json.open_object();
    if (!person.fiscal_code.empty()) json.member("fiscalCode", person.fiscal_code);
    write(json, "birthDate", person.birth_date);
    write(json, "hundredYearsEarlier", person.hundred_years_earlier);
    for (const auto& [key, value] :
         {std::pair("family", &person.family), std::pair("given", &person.given), std::pair("sex", &person.sex),
          std::pair("nationality", &person.nationality), std::pair("documentNumber", &person.document_number)})
        if (!value->empty()) json.member(key, *value);
    write(json, "documentExpiry", person.document_expiry);
    if (!person.birth_place.empty()) {
        json.key("birthPlace").open_object().member("code", person.birth_place);
        const std::optional<int> year = person.birth_date ? std::optional<int>(person.birth_date->year) : std::nullopt;
        if (const auto place = places.by_belfiore(person.birth_place, "it", year))
            json.member("name", place->display());
        json.close_object();
    }
    json.close_object();
}

void write(JsonText& json, const Mrz& mrz, const PictureCorners& corners) {
    json.open_object().member("format", name_of(mrz.format)).key("lines").open_array();
    for (const std::string& line : mrz.lines)
        json.text(line);
    json.close_array().key("fields").open_object();
    json.member("type", mrz.type)
        .member("issuer", mrz.issuer)
        .member("number", mrz.number)
        .member("nationality", mrz.nationality);
    json.member("family", mrz.family).member("given", mrz.given);
    json.key("namesWhole").boolean(mrz.names_whole);
    json.member("sex", mrz.sex).member("optional", mrz.optional_data);
    write(json, "birthDate", mrz.birth);
    write(json, "expiry", mrz.expiry);
    json.close_object().key("checks").open_object();
    for (const MrzCheck& check : mrz.checks)
        json.key(name_of(check.what)).boolean(check.right);
    json.close_object();
    write(json, corners);
    json.close_object();
}

/// "page": null where no sheet is seen; what is wrong with the picture stands beside it.
void write(JsonText& json, const PageSeen& page) {
    json.key("page");
    if (page.corners) {
        json.open_object();
        write(json, *page.corners);
        if (page.glare) {
            json.key("glare").open_array().number(page.glare->from.x).number(page.glare->from.y);
            json.number(page.glare->to.x).number(page.glare->to.y).close_array();
        }
        json.close_object();
    } else {
        json.raw("null");
    }
    json.key("troubles").open_array();
    for (const PageTrouble trouble : page.troubles)
        json.text(name_of(trouble));
    json.close_array();
}

void write(JsonText& json, const Readout& readout, const DocumentSeen& seen, const forms::Places& places) {
    json.key("picture")
        .open_object()
        .key("width")
        .number(readout.width)
        .key("height")
        .number(readout.height)
        .close_object();
    json.key("codes").open_array();
    for (const CodeSeen& code : seen.codes) {
        json.open_object().member("symbology", name_of(code.symbology)).member("kind", name_of(code.meaning));
        std::visit(Facts{json}, code.meaning);
        write(json, code.corners);
        json.close_object();
    }
    json.close_array();
    json.key("mrz");
    if (seen.mrz && readout.mrz)
        write(json, *seen.mrz, readout.mrz->corners);
    else
        json.raw("null");
    json.member("document", name_of(seen.kind));
    json.key("person");
    if (seen.person)
        write(json, *seen.person, places);
    else
        json.raw("null");
    json.key("conflicts").open_array();
    for (const Conflict conflict : seen.conflicts)
        json.text(name_of(conflict));
    json.close_array();
    write(json, readout.page);
}

} // namespace

int run(const Scan& command, std::ostream& out, std::ostream& notes) {
    auto program = command.decoder;
    if (program.empty()) program = program_beside("sportello-decoder");
    const auto places = forms::Places::from(assets::places::comuni_tsv(), assets::places::states_tsv());
    if (!places.ok()) {
        notes << "sportelloctl: the table of places built in cannot be read\n";
        return 1;
    }
    Decoders decoders(program);
    bool all_read = true;
    for (const std::string& file : command.files) {
        JsonText json;
        json.open_object().member("file", forms::shown_text(file));
        const auto refuse = [&](std::string_view reason) {
            json.key("read").boolean(false).member("reason", reason);
            all_read = false;
        };
        if (const auto picture = read_picture_file(file); !picture) {
            refuse("no-such-file");
            notes << "sportelloctl: " << forms::shown_text(file) << ": cannot be read: check its name and rights\n";
        } else if (const auto readout = decoders.read(*picture); !readout.ok()) {
            refuse(name_of(readout.error()));
            if (readout.error().kind == ReadFault::Kind::Died || readout.error().kind == ReadFault::Kind::NotStarted)
                notes << "sportelloctl: no answer from " << program.string() << ": is it there?\n";
        } else {
            json.key("read").boolean(true);
            write(json, readout.value(), understand(readout.value(), command.today), places.value());
        }
        out << json.close_object().view() << '\n';
    }
    return all_read ? 0 : 1;
}

} // namespace kiosk
