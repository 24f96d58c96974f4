// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/config.hpp"

#include <charconv>
#include <cmath>

namespace net {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Texts = std::vector<std::string>;
template <class T>
using At = ConfigKey::Place<T>;

// A lambda has to become a function pointer before it fits the variant.
constexpr At<std::string> text(At<std::string> f) { return f; }
constexpr At<std::int64_t> whole(At<std::int64_t> f) { return f; }
constexpr At<double> number(At<double> f) { return f; }
constexpr At<bool> yes_no(At<bool> f) { return f; }
constexpr At<seconds> in_seconds(At<seconds> f) { return f; }
constexpr At<milliseconds> in_milliseconds(At<milliseconds> f) { return f; }
constexpr At<Texts> texts(At<Texts> f) { return f; }

constexpr std::size_t signer_key_size = 9 + 44; // "ed25519//" and 32 bytes in base64

std::vector<ConfigKey> make_table() {
    using C = Config;
    return {
        {"state_dir", "Folder of the outbox, the keys and the sender's socket; only the sender writes there.",
         text([](C& c) -> std::string& { return c.state_dir; })},

        {"central.fhir.base_url",
         "FHIR base address of the central system; empty: requests are kept and wait.",
         text([](C& c) -> std::string& { return c.central.base_url; }),
         {},
         {},
         true},
        {"central.fhir.base_uri", "Stem of our own identifier systems and codes; a name, never fetched.",
         text([](C& c) -> std::string& { return c.central.base_uri; })},
        {"central.fhir.fiscal_code_system", "Identifier system of the codice fiscale, as the central system wants it.",
         text([](C& c) -> std::string& { return c.central.fiscal_code_system; })},
        {"central.fhir.consent_policy_uri",
         "Name of the policy a consent refers to; empty: <base_uri>/policy/condivisione-asl/2026-01.",
         text([](C& c) -> std::string& { return c.central.consent_policy_uri; })},
        {"central.tls.ca_file", "PEM file with the certificate authority of the central system; no other is trusted.",
         text([](C& c) -> std::string& { return c.central.ca_file; })},
        {"central.tls.client_certificate_file",
         "PEM file with this terminal's certificate, where the server asks for one.",
         text([](C& c) -> std::string& { return c.central.client_certificate_file; })},
        {"central.tls.client_key_file", "PEM file with the private key of that certificate.",
         text([](C& c) -> std::string& { return c.central.client_key_file; })},
        {"central.tls.pins",
         "Accepted public keys of the server (current and backup), each sha256//BASE64; empty: no pinning.",
         texts([](C& c) -> Texts& { return c.central.pins; })},
        {"central.timeout_s",
         "Seconds from our last byte to the end of the answer.",
         in_seconds([](C& c) -> seconds& { return c.central.timeout; }),
         {{5, 120}}},

        {"central.oauth.client_id", "Our name at the token endpoint; empty: no token is asked for.",
         text([](C& c) -> std::string& { return c.oauth.client_id; })},
        {"central.oauth.token_url",
         "Token endpoint; empty: the one of <base_url>/.well-known/smart-configuration, on the same host only.",
         text([](C& c) -> std::string& { return c.oauth.token_url; }),
         {},
         {},
         true},
        {"central.oauth.key_file", "PEM file with the private key that signs for client_id, mode 0600.",
         text([](C& c) -> std::string& { return c.oauth.key_file; })},
        {"central.oauth.key_id", "Name of that key over there (kid).",
         text([](C& c) -> std::string& { return c.oauth.key_id; })},
        {"central.oauth.algorithm",
         "How it signs.",
         text([](C& c) -> std::string& { return c.oauth.algorithm; }),
         {},
         {"ES384", "RS384"}},
        {"central.oauth.scopes", "What the token is asked to allow.",
         texts([](C& c) -> Texts& { return c.oauth.scopes; })},
        {"central.modi.sign", "Sign requests as AgID's interoperability model (ModI) wants it.",
         yes_no([](C& c) -> bool& { return c.modi.sign; })},
        {"central.modi.audience", "Audience of the signatures, as the provider declares it.",
         text([](C& c) -> std::string& { return c.modi.audience; })},
        {"central.modi.issuer", "Who we are to the provider.",
         text([](C& c) -> std::string& { return c.modi.issuer; })},
        {"central.modi.key_file", "PEM file with the private key that signs, mode 0600.",
         text([](C& c) -> std::string& { return c.modi.key_file; })},
        {"central.modi.key_id", "Name of that key over there (kid); empty: certificate_file is sent along.",
         text([](C& c) -> std::string& { return c.modi.key_id; })},
        {"central.modi.certificate_file", "PEM file with the certificate of that key (x5c).",
         text([](C& c) -> std::string& { return c.modi.certificate_file; })},
        {"central.modi.algorithm",
         "How it signs.",
         text([](C& c) -> std::string& { return c.modi.algorithm; }),
         {},
         {"RS256", "ES256"}},
        {"central.modi.user_id",
         "Who acts, as the provider's log shall name it: a service or a pseudonym, never a person.",
         text([](C& c) -> std::string& { return c.modi.user_id; })},
        {"central.modi.assurance", "Level of assurance of that identity; empty: not said.",
         text([](C& c) -> std::string& { return c.modi.assurance; })},
        {"central.modi.assurance_claim",
         "How this provider spells the claim.",
         text([](C& c) -> std::string& { return c.modi.assurance_claim; }),
         {},
         {"LoA", "loa"}},

        {"courier.backoff_base_s",
         "The n-th pause after a failure is random between 0 and base x 2^n.",
         in_seconds([](C& c) -> seconds& { return c.courier.backoff_base; }),
         {{2, 60}}},
        {"courier.backoff_max_s",
         "No such pause is longer than this.",
         in_seconds([](C& c) -> seconds& { return c.courier.backoff_max; }),
         {{30, 3600}}},
        {"courier.unclear_wait_s",
         "Seconds after an answer without proof before the central system is asked; longer than its own limit.",
         in_seconds([](C& c) -> seconds& { return c.courier.unclear_wait; }),
         {{60, 3600}}},
        {"courier.refused_wait_s",
         "Seconds between a first refusal and the second that sends a request to the desk.",
         in_seconds([](C& c) -> seconds& { return c.courier.refused_wait; }),
         {{600, 86400}}},
        {"courier.stopped_retry_s",
         "Seconds between trials while sending is stopped for wrong settings or certificates.",
         in_seconds([](C& c) -> seconds& { return c.courier.stopped_retry; }),
         {{10, 3600}}},

        {"outbox.capacity",
         "Requests that may wait here before no form is offered.",
         whole([](C& c) -> std::int64_t& { return c.outbox.capacity; }),
         {{100, 20000}}},
        {"outbox.disk_share_mib",
         "MiB of disk meant for the outbox; no form is offered when 80 % of them are full.",
         whole([](C& c) -> std::int64_t& { return c.outbox.disk_share_mib; }),
         {{16, 1048576}}},
        {"outbox.reserve_mib",
         "MiB kept free on the disk so that delivered requests can always be marked and erased.",
         whole([](C& c) -> std::int64_t& { return c.outbox.reserve_mib; }),
         {{1, 1024}}},

        {"office.id", "Short name of the office in requests.", text([](C& c) -> std::string& { return c.office.id; })},
        {"office.name", "Name of the office as people know it.",
         text([](C& c) -> std::string& { return c.office.name; })},
        {"office.body_name", "Name of the body the office belongs to.",
         text([](C& c) -> std::string& { return c.office.body_name; })},
        {"office.tax_code", "Tax code of the body, 11 digits.",
         text([](C& c) -> std::string& { return c.office.tax_code; })},
        {"office.ipa_code", "IPA code of the body.", text([](C& c) -> std::string& { return c.office.ipa_code; })},
        {"office.address", "Where the office is, as printed on the receipt.",
         text([](C& c) -> std::string& { return c.office.address; })},
        {"office.opening_hours", "When it is open, as printed on the receipt.",
         text([](C& c) -> std::string& { return c.office.opening_hours; })},
        {"office.phone", "Telephone of the office, as printed on the receipt.",
         text([](C& c) -> std::string& { return c.office.phone; })},
        {"office.privacy_notice_url",
         "Address of the full privacy notice, shown beside the short one as text and QR code; empty: not shown.",
         text([](C& c) -> std::string& { return c.office.privacy_notice_url; }),
         {},
         {},
         true},
        {"office.location_id", "Short name of the place where this terminal stands.",
         text([](C& c) -> std::string& { return c.office.location_id; })},
        {"office.health_body_code",
         "FLS 11 code of the health body (ASL) with which answers are shared on consent, 6 digits.",
         text([](C& c) -> std::string& { return c.office.health_body_code; })},
        {"office.health_body_name", "Its name.", text([](C& c) -> std::string& { return c.office.health_body_name; })},

        {"terminal.id", "Short name of this terminal in requests and logs of the central system.",
         text([](C& c) -> std::string& { return c.terminal.id; })},
        {"terminal.number_prefix", "Letters before the receipt number, different on every terminal of a hall.",
         text([](C& c) -> std::string& { return c.terminal.number_prefix; })},

        {"site.px_per_mm",
         "Pixels in a millimetre of the panel; 0: as the display reports itself.",
         number([](C& c) -> double& { return c.site.px_per_mm; }),
         {{0, 40}}},
        {"site.viewing_distance_mm",
         "From the person's eyes to the glass.",
         whole([](C& c) -> std::int64_t& { return c.site.viewing_distance_mm; }),
         {{300, 1500}}},
        {"site.orientation",
         "How the panel hangs.",
         text([](C& c) -> std::string& { return c.site.orientation; }),
         {},
         {"auto", "portrait", "landscape"}},

        {"ui.languages", "Languages offered on the first screen, in this order.",
         texts([](C& c) -> Texts& { return c.ui.languages; })},
        {"ui.default_language", "Language of the neutral screen.",
         text([](C& c) -> std::string& { return c.ui.default_language; })},
        {"ui.text_size",
         "Text size at the start of a visit.",
         text([](C& c) -> std::string& { return c.ui.text_size; }),
         {},
         {"small", "medium", "large", "extra-large"}},
        {"ui.theme",
         "Colours at the start of a visit.",
         text([](C& c) -> std::string& { return c.ui.theme; }),
         {},
         {"medium", "high-light", "high-dark", "low"}},
        {"ui.idle_warning_s",
         "Seconds without a touch before the warning appears.",
         in_seconds([](C& c) -> seconds& { return c.ui.idle_warning; }),
         {{120, 300}}},
        {"ui.idle_countdown_s",
         "Seconds of warning before the visit is wiped.",
         in_seconds([](C& c) -> seconds& { return c.ui.idle_countdown; }),
         {{20, 45}}},
        {"ui.receipt_s",
         "Seconds the receipt stays on the screen.",
         in_seconds([](C& c) -> seconds& { return c.ui.receipt; }),
         {{20, 300}}},
        {"ui.debounce_ms",
         "A second touch of the same control within this time counts as the first.",
         in_milliseconds([](C& c) -> milliseconds& { return c.ui.debounce; }),
         {{0, 1000}}},
        {"ui.vsync", "Draw in step with the display.", yes_no([](C& c) -> bool& { return c.ui.vsync; })},

        {"devices.camera",
         "Camera: auto (the first), none, a file such as /dev/video2, or a picture or folder of pictures in its place.",
         text([](C& c) -> std::string& { return c.devices.camera; })},
        {"devices.page_scanner", "Page scanner: auto (the first that is attached), none, or its name in SANE.",
         text([](C& c) -> std::string& { return c.devices.page_scanner; })},
        {"devices.page_scanner_options", "Options of its driver that it needs besides ours, each name=value.",
         texts([](C& c) -> Texts& { return c.devices.page_scanner_options; })},
        {"devices.code_reader",
         "Bar-code reader: auto (the first HID point-of-sale one), none, or a file: /dev/hidraw3, /dev/ttyACM0 (serial).",
         text([](C& c) -> std::string& { return c.devices.code_reader; })},
        {"devices.card_reader", "Card reader: auto (the first), none, or the beginning of its name in PC/SC.",
         text([](C& c) -> std::string& { return c.devices.card_reader; })},

        {"metrics.file",
         "File of figures in Prometheus' text format, written anew every minute; its name ends in .prom. Empty: none.",
         text([](C& c) -> std::string& { return c.metrics.file; })},

        {"forms.dir", "Folder of the form definitions; empty: those of the package.",
         text([](C& c) -> std::string& { return c.forms.directory; })},
        {"forms.terminology", "Folder of the value sets and code systems that forms name by address only; empty: none.",
         text([](C& c) -> std::string& { return c.forms.terminology; })},
        {"feed.definition_keys",
         "Owners whose signature lets a form from the central system be used (current and backup); empty: none is taken.",
         texts([](C& c) -> Texts& { return c.feed.definition_keys; }),
         {},
         {},
         false,
         "ed25519//",
         signer_key_size},
        {"feed.notice_keys",
         "Owners whose signature lets a notice be shown (current and backup); empty: none is taken.",
         texts([](C& c) -> Texts& { return c.feed.notice_keys; }),
         {},
         {},
         false,
         "ed25519//",
         signer_key_size},
        {"feed.context", "Code in <base_uri>/CodeSystem/use-context that marks forms for these terminals.",
         text([](C& c) -> std::string& { return c.feed.context; })},
        {"feed.since", "Date as in FHIR (2026-01-31); forms dated before are not asked for; empty: all.",
         text([](C& c) -> std::string& { return c.feed.since; })},
        {"feed.poll_s",
         "Seconds between two questions for what is published, give or take a quarter.",
         in_seconds([](C& c) -> seconds& { return c.feed.poll; }),
         {{10, 40}}}, // a notice is here within a minute, the time to fetch it included

        {"forms.order", "Names of the forms that are offered first, in this order; others follow by name.",
         texts([](C& c) -> Texts& { return c.forms.order; })},
    };
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string plain(double value) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return {buffer, end};
}

} // namespace

std::span<const ConfigKey> config_keys() {
    static const std::vector<ConfigKey> table = make_table();
    return table;
}

const ConfigKey* find_config_key(std::string_view name) {
    for (const ConfigKey& key : config_keys())
        if (key.name == name) return &key;
    return nullptr;
}

std::string_view type_name(const ConfigKey& key) {
    constexpr std::string_view names[] = {"text",    "whole number", "number",       "true or false",
                                          "seconds", "milliseconds", "list of texts"};
    return names[key.place.index()];
}

std::string value_text(const Config& config, const ConfigKey& key) {
    // The places are written for loading; this is the one reader, and it changes nothing.
    auto& readable = const_cast<Config&>(config);
    return std::visit(
        [&](auto place) -> std::string {
            const auto& value = place(readable);
            using T = std::remove_cvref_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::string>) {
                return in_quotes(value);
            } else if constexpr (std::is_same_v<T, bool>) {
                return value ? "true" : "false";
            } else if constexpr (std::is_same_v<T, double>) {
                return plain(value);
            } else if constexpr (std::is_same_v<T, std::int64_t>) {
                return std::to_string(value);
            } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
                std::string out = "[";
                for (const auto& one : value)
                    out += (out.size() > 1 ? ", " : "") + in_quotes(one);
                return out + "]";
            } else {
                return std::to_string(value.count());
            }
        },
        key.place);
}

std::string limits_text(const ConfigKey& key) {
    if (key.range) return plain(key.range->first) + " … " + plain(key.range->second);
    if (!key.allowed.empty()) {
        std::string out = "one of ";
        for (const auto& one : key.allowed)
            out += (out.size() > 7 ? ", " : "") + std::string(one);
        return out;
    }
    if (!key.prefix.empty())
        return "each " + std::string(key.prefix) + "…, " + std::to_string(key.size) + " characters";
    return key.https_only ? "https only" : "";
}

std::string_view name_of(ConfigProblem problem) {
    switch (problem) {
    case ConfigProblem::NotReadable:
        return "not-readable";
    case ConfigProblem::NotToml:
        return "not-toml";
    case ConfigProblem::UnknownKey:
        return "unknown-key";
    case ConfigProblem::WrongType:
        return "wrong-type";
    case ConfigProblem::OutOfRange:
        return "out-of-range";
    case ConfigProblem::NotAllowed:
        return "not-allowed";
    case ConfigProblem::NotHttps:
        return "not-https";
    }
    return "unknown";
}

std::string text_of(const ConfigComplaint& complaint) {
    std::string out = complaint.file;
    if (complaint.line > 0) out += ':' + std::to_string(complaint.line);
    if (!complaint.key.empty()) out += ": " + complaint.key;
    return out + ": " + complaint.remedy;
}

} // namespace net
