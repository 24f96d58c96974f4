// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace net {

/// How the central system is reached and what our own names there are.
struct CentralConfig {
    std::string base_url; ///< FHIR base, https only; empty: none configured, requests are kept and wait
    std::string base_uri =
        "https://sportello.example.org/fhir"; ///< stem of our identifier systems; a name, never fetched
    std::string fiscal_code_system = "urn:oid:2.16.840.1.113883.2.9.4.3.2"; ///< HL7 Italia Core
    std::string consent_policy_uri; ///< empty: <base_uri>/policy/condivisione-asl/2026-01
    std::string ca_file;
    std::string client_certificate_file;
    std::string client_key_file;
    std::vector<std::string> pins; ///< "sha256//" + base64 of the public key's hash
    std::chrono::seconds timeout{120};
};

/// OAuth 2 client credentials (SMART Backend Services), beside or instead of a client certificate.
struct OAuthConfig {
    std::string client_id; ///< empty: no token is asked for
    std::string token_url; ///< empty: as <base_url>/.well-known/smart-configuration says, on the same host
    std::string key_file, key_id;
    std::string algorithm = "ES384";
    std::vector<std::string> scopes = {"system/*.cruds"};
};

/// AgID's interoperability model: signatures over requests.
struct ModiConfig {
    bool sign = false;
    std::string audience, issuer;
    std::string key_file, key_id, certificate_file;
    std::string algorithm = "RS256";
    std::string user_id = "sportello";
    std::string assurance;
    std::string assurance_claim = "LoA";
};

struct CourierConfig {
    std::chrono::seconds backoff_base{2};
    std::chrono::seconds backoff_max{300};
    std::chrono::seconds unclear_wait{60};
    std::chrono::seconds refused_wait{600};
    std::chrono::seconds stopped_retry{60};
};

struct OutboxConfig {
    std::int64_t capacity = 20000;      ///< rows
    std::int64_t disk_share_mib = 4096; ///< of which 80 % may be filled
    std::int64_t reserve_mib = 64;      ///< kept free for marking and erasing
};

/// Who offers the service, as printed on the receipt and named in every request.
struct OfficeConfig {
    std::string id = "ufficio-di-prova";
    std::string name = "Punto unico di accesso";
    std::string body_name = "Comune di prova";
    std::string tax_code;
    std::string ipa_code;
    std::string address;
    std::string opening_hours;
    std::string phone;
    std::string privacy_notice_url; ///< of the full notice; empty: none is shown
    std::string location_id = "sede-di-prova";
    std::string health_body_code;
    std::string health_body_name;
};

struct TerminalConfig {
    std::string id = "terminale-di-prova";
    std::string number_prefix = "A";
};

/// The panel and the room.
struct SiteConfig {
    double px_per_mm = 0; ///< 0: as the display reports itself
    std::int64_t viewing_distance_mm = 600;
    std::string orientation = "auto"; ///< auto, portrait, landscape
};

struct UiConfig {
    std::vector<std::string> languages = {"it", "fr", "en", "ar"};
    std::string default_language = "it";
    std::string text_size = "medium"; ///< small, medium, large, extra-large
    std::string theme = "medium";     ///< medium, high-light, high-dark, low
    std::chrono::seconds idle_warning{180};
    std::chrono::seconds idle_countdown{45};
    std::chrono::seconds receipt{60};
    std::chrono::milliseconds debounce{250};
    bool vsync = true;
};

struct FormsConfig {
    std::string directory;   ///< empty: the forms of the package
    std::string terminology; ///< folder of value sets and code systems; empty: none
    std::vector<std::string> order = {"primo-accesso", "informazioni"}; ///< names of their folders
};

/// Which devices this terminal has. Each: "none" (not used), "auto" (the first that is found), or a name of the system's.
struct DevicesConfig {
    std::string camera = "auto";                   ///< "/dev/video2"; or a picture, or a folder of them, played as a film
    std::string page_scanner = "auto";             ///< as SANE names it: "epsonds:libusb:001:004"
    std::vector<std::string> page_scanner_options; ///< "name=value" of its driver, set on top of our own
    std::string code_reader = "auto"; ///< "/dev/hidraw3" (HID point of sale), "/dev/ttyACM0" (serial; never found by "auto")
    std::string card_reader = "auto"; ///< as PC/SC names it, or its beginning
};

/// Figures for whoever watches many terminals.
struct MetricsConfig {
    std::string file; ///< empty: none is written
};

/// What the central system publishes for its terminals, and whose signature counts.
struct FeedConfig {
    std::vector<std::string> definition_keys; ///< "ed25519//" + base64; empty: no definitions are taken
    std::vector<std::string> notice_keys;     ///< likewise
    std::string context = "kiosk";
    std::string since; ///< FHIR date; empty: all
    std::chrono::seconds poll{40};
};

struct Config {
    std::string state_dir = "/var/lib/sportello";
    CentralConfig central;
    OAuthConfig oauth;
    ModiConfig modi;
    DevicesConfig devices;
    MetricsConfig metrics;
    CourierConfig courier;
    OutboxConfig outbox;
    OfficeConfig office;
    TerminalConfig terminal;
    SiteConfig site;
    UiConfig ui;
    FormsConfig forms;
    FeedConfig feed;
};

/// One row of the table that loading, range checks, `--help`, `config show` and config/README.md all walk.
struct ConfigKey {
    template <class T>
    using Place = T& (*)(Config&);
    using AnyPlace =
        std::variant<Place<std::string>, Place<std::int64_t>, Place<double>, Place<bool>, Place<std::chrono::seconds>,
                     Place<std::chrono::milliseconds>, Place<std::vector<std::string>>>;

    std::string_view name;    ///< dotted, as in the file: "central.fhir.base_url"
    std::string_view meaning; ///< for the technician, one sentence in English
    AnyPlace place;
    std::optional<std::pair<double, double>> range = std::nullopt; ///< both ends allowed
    std::vector<std::string_view> allowed = {};                    ///< for texts: nothing else; empty: anything
    bool https_only = false;
    std::string_view prefix = {}; ///< of every text of a list …
    std::size_t size = 0;         ///< … and its length in bytes; 0: any
};
[[nodiscard]] std::span<const ConfigKey> config_keys();
[[nodiscard]] const ConfigKey* find_config_key(std::string_view name);
/// "text", "whole number", "number", "true or false", "seconds", "milliseconds", "list of texts"
[[nodiscard]] std::string_view type_name(const ConfigKey& key);
/// The value as it would be written in a file: TOML.
[[nodiscard]] std::string value_text(const Config& config, const ConfigKey& key);
/// "120 … 300", "one of a, b, c", "https only" or empty.
[[nodiscard]] std::string limits_text(const ConfigKey& key);

enum class ConfigProblem { NotReadable, NotToml, UnknownKey, WrongType, OutOfRange, NotAllowed, NotHttps };
[[nodiscard]] std::string_view name_of(ConfigProblem problem);

/// A mistake in a file: where it is and what to do. Never a silent default.
struct ConfigComplaint {
    ConfigProblem problem;
    std::string file;
    int line = 0; ///< counts from 1; 0: the file as a whole
    std::string key;
    std::string remedy; ///< for the technician, English
};
/// "file:line: key: remedy"
[[nodiscard]] std::string text_of(const ConfigComplaint& complaint);

/// Where a value came from.
struct Origin {
    std::string file; ///< empty: built in
    int line = 0;
};

struct LoadedConfig {
    Config config;                                      ///< of use only when there are no complaints
    std::map<std::string, Origin, std::less<>> origins; ///< keys set by a file
    std::vector<ConfigComplaint> complaints;
};

/// Built-in values, then each file in the order given; later ones win. Reads files; no other effect.
[[nodiscard]] LoadedConfig load_config(std::span<const std::filesystem::path> files);

} // namespace net
