// SPDX-License-Identifier: EUPL-1.2
// The command line against a running sender and a central system, with the shipped form.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "kiosk/ctl/config_commands.hpp"
#include "kiosk/ctl/outbox_commands.hpp"
#include "kiosk/ctl/submit_commands.hpp"
#include "net/runtime/system_clock.hpp"
#include "net/runtime/whole_file.hpp"
#include "net/sender/sender.hpp"
#include "tests/doubles/central_server.hpp"
#include "tests/doubles/folder.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

#include <sys/stat.h>

using namespace kiosk;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const std::string form = SPORTELLO_ROOT "/forms/definitions/primo-accesso/questionnaire.json";
std::string example(const std::string& name) {
    return SPORTELLO_ROOT "/forms/definitions/primo-accesso/examples/" + name + ".answers.json";
}

/// What a command did.
struct Said {
    int code = 0;
    std::vector<json> lines; ///< of the result
    std::string text, reasons;
};

struct Place {
    tests::Folder folder;
    tests::Certificates certificates = tests::make_certificates(folder.path());
    tests::CentralServer central{certificates};
    std::string config_file =
        folder
            .write("c.toml", "central.fhir.base_url = \"" + central.base() + "\"\ncentral.tls.ca_file = \"" +
                                 certificates.ca.string() +
                                 "\"\nterminal.number_prefix = \"OR\"\n[outbox]\nreserve_mib = 1\n")
            .string();
    std::string state = (folder.path() / "state").string();
    net::SystemClock clock;
    net::SystemChance chance;
    net::EventLog log{"sender", clock, [](std::string_view) {}};
    std::unique_ptr<net::Sender> sender;

    void start(bool with_central = true) {
        net::SenderOptions options;
        const std::filesystem::path files[] = {config_file};
        options.config = net::load_config(files).config;
        options.config.state_dir = state;
        if (!with_central) options.config.central.base_url.clear();
        options.pauses = net::Pauses::for_demonstration();
        sender.reset();
        auto started = net::Sender::start(options, clock, chance, log);
        REQUIRE(started.ok());
        sender = std::move(started).value();
    }
    SenderAccess access(bool as_json = false) const { return {{config_file}, state, as_json}; }
    template <class Command>
    Said run(Command command) const {
        std::ostringstream out, notes;
        Said said;
        said.code = kiosk::run(command, out, notes);
        said.text = out.str();
        said.reasons = notes.str();
        std::istringstream lines(said.text);
        for (std::string line; std::getline(lines, line);)
            if (json value = json::parse(line, nullptr, false); !value.is_discarded()) said.lines.push_back(value);
        return said;
    }
    Submit submit(const std::string& answers) const {
        Submit s;
        s.access = access();
        s.form = form;
        s.answers = example(answers);
        return s;
    }
    Said act(OutboxAct::What what, const std::string& request) const { return run(OutboxAct{access(), what, request}); }
};

} // namespace

TEST_CASE("submit: a filled form is kept, delivered, and its reference told") {
    Place place;
    place.start();
    auto command = place.submit("mario-alone");
    command.wait_seconds = 20;
    const Said said = place.run(command);
    REQUIRE(said.lines.size() == 1);
    CHECK(said.code == 0);
    CHECK(said.lines[0]["state"] == "acknowledged");
    CHECK(said.lines[0]["number"] == "OR-00001");
    REQUIRE(place.central.tasks().size() == 1);
    CHECK(said.lines[0]["reference"] == place.central.tasks()[0]);
    CHECK(place.central.count("QuestionnaireResponse") == 1);
    // The same request once more is the same request.
    command.id = said.lines[0]["id"];
    const Said again = place.run(command);
    CHECK(again.lines[0]["number"] == "OR-00001");
    CHECK(again.lines[0]["reference"] == said.lines[0]["reference"]);
    CHECK(place.central.count("Task") == 1);
}

TEST_CASE("submit: every shipped example is delivered, and an anonymous one names nobody") {
    Place place;
    place.start();
    for (const char* name :
         {"anonymous", "daughter-for-father", "foreign-family-rent", "minor", "no-fixed-abode-stp"}) {
        CAPTURE(name);
        auto command = place.submit(name);
        command.wait_seconds = 20;
        const Said said = place.run(command);
        CHECK(said.reasons == "");
        REQUIRE(said.lines.size() == 1);
        CHECK(said.lines[0]["state"] == "acknowledged");
    }
    CHECK(place.central.count("QuestionnaireResponse") == 5);
    const auto bodies = place.central.bodies();
    CHECK(bodies[0].find("/sid/anonymous") != std::string::npos);
    CHECK(bodies[0].find("RelatedPerson") == std::string::npos);
    CHECK(bodies[1].find("RelatedPerson") != std::string::npos);
    CHECK(bodies[4].find("2.16.840.1.113883.2.9.4.3.17") != std::string::npos); // the STP code's system
}

TEST_CASE("submit: what cannot be sent is refused with its place, and nothing is kept") {
    Place place;
    place.start();
    auto command = place.submit("mario-alone");
    command.attachments = {place.folder.write("x.png", "not a picture").string()};
    Said said = place.run(command);
    CHECK(said.code == 1);
    CHECK(said.reasons.find("bad-attachment") != std::string::npos);
    command = place.submit("mario-alone");
    command.form = SPORTELLO_ROOT "/README.md";
    CHECK(place.run(command).reasons.find("not-json") != std::string::npos);
    command = place.submit("none");
    CHECK(place.run(command).reasons.find("not-readable") != std::string::npos);
    command = place.submit("mario-alone");
    command.answers =
        place.folder
            .write("empty.json", "{\"resourceType\":\"QuestionnaireResponse\",\"status\":\"completed\",\"item\":[]}")
            .string();
    said = place.run(command);
    CHECK(said.code == 1);
    CHECK(said.reasons.find("required-missing") != std::string::npos);
    command = place.submit("mario-alone");
    command.id = "17";
    CHECK(place.run(command).reasons.find("bad-id") != std::string::npos);
    CHECK(place.run(OutboxList{place.access(), {}}).lines.empty());
}

TEST_CASE("outbox: list, show, hold, retry, export and erase, by id and by number") {
    Place place;
    place.start(false);
    auto command = place.submit("mario-alone");
    command.attachments = {
        place.folder.write("y.png", std::string("\x89PNG\r\n\x1a\n") + std::string(1000, 'p')).string()};
    const std::string id = place.run(command).lines.at(0)["id"];
    const Said list = place.run(OutboxList{place.access(), "kept"});
    REQUIRE(list.lines.size() == 1);
    CHECK(list.lines[0]["id"] == id);
    CHECK(list.lines[0]["attachments"] == 1);
    CHECK(list.text.find("Rossi") == std::string::npos);
    using What = OutboxAct::What;
    CHECK(place.act(What::Show, "OR-1").lines.at(0)["id"] == id);
    CHECK(place.act(What::Show, "1").lines.at(0)["id"] == id);
    CHECK(place.act(What::Show, id).lines.at(0)["state"] == "kept");
    CHECK(place.act(What::Show, "OR-2").code == 1);
    CHECK(place.act(What::Erase, id).reasons.find("not-in-this-state") != std::string::npos);

    const std::string file = (place.folder.path() / "out.spx").string();
    CHECK(place.run(OutboxExport{place.access(), id, file}).code == 0);
    struct stat facts {};
    REQUIRE(stat(file.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777) == 0600);
    CHECK(facts.st_size > 2000);
    CHECK(place.run(OutboxExport{place.access(), id, file}).code == 1); // never over a file that is there

    CHECK(place.act(What::Hold, id).lines.at(0)["reason"] == "held-by-staff");
    CHECK(place.act(What::Retry, id).lines.at(0)["state"] == "kept");
    CHECK(place.act(What::Hold, id).code == 0);
    CHECK(place.act(What::Erase, id).lines.at(0)["state"] == "erased");
    CHECK(place.run(OutboxList{place.access(), {}}).lines.empty());
}

TEST_CASE("commands: without a sender each says so and what to look at") {
    Place place;
    const Said said = place.run(OutboxList{place.access(true), {}});
    CHECK(said.code == 1);
    CHECK(json::parse(said.reasons)["code"] == "no-sender");
    CHECK(place.run(place.submit("mario-alone")).code == 1);
    const Said doctor = place.run(Doctor{place.access()});
    CHECK(doctor.code == 1);
    CHECK(doctor.text.find("WRONG sender") != std::string::npos);
}

TEST_CASE("doctor: all is well with a sender and a central system, and what is wrong is named") {
    Place place;
    place.start();
    const Said well = place.run(Doctor{place.access(true)});
    for (const json& line : well.lines)
        if (line["what"] != "memory") CHECK(line["ok"] == true); // locking depends on the machine's limits
    place.start(false);
    const Said ill = place.run(Doctor{place.access()});
    CHECK(ill.code == 1);
    CHECK(ill.text.find("WRONG sending: no usable central system") != std::string::npos);
    CHECK(ill.text.find("ok    published: nothing is asked for") != std::string::npos);
}

TEST_CASE("doctor: an audit log that is broken or refused is wrong, with its place and remedy") {
    Place place;
    place.start();
    CHECK(place.run(Doctor{place.access()}).text.find("ok    audit log: " + place.state + "/audit") != std::string::npos);
    place.sender.reset();
    const std::filesystem::path folder = std::filesystem::path(place.state) / "audit";
    const auto file = folder / "audit-0000000001.jsonl";
    std::string text = net::read_small_file(file, 100'000).value_or("");
    const auto at = text.find("\"time_ms\":");
    REQUIRE(at != std::string::npos);
    char& digit = text[at + 10];
    digit = digit == '1' ? '2' : '1';
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
    const Said broken = place.run(Doctor{place.access()});
    CHECK(broken.code == 1);
    CHECK(broken.text.find("WRONG audit log: " + file.string() + " line 1: this record was changed") != std::string::npos);
    CHECK(broken.text.find("keep the files as they are") != std::string::npos);

    std::filesystem::remove(folder / "chain.key");
    const Said refused = place.run(Doctor{place.access()});
    CHECK(refused.text.find("WRONG audit log: " + folder.string()) != std::string::npos);
    CHECK(refused.text.find("its key (chain.key) is missing") != std::string::npos);
    CHECK(refused.text.find("start the sender again") != std::string::npos);
}

TEST_CASE(
    "doctor: a single pin, a key open to others and signatures without an audience are named, each with its remedy") {
    Place place;
    const auto key = place.folder.write("signing.key", "not looked into");
    std::filesystem::permissions(key, std::filesystem::perms(0644));
    place.config_file =
        place.folder
            .write("c.toml", "central.fhir.base_url = \"" + place.central.base() + "\"\ncentral.tls.ca_file = \"" +
                                 place.certificates.ca.string() + "\"\ncentral.tls.pins = [\"" +
                                 place.certificates.pin + "\"]\ncentral.modi.sign = true\ncentral.modi.key_file = \"" +
                                 key.string() + "\"\n[outbox]\nreserve_mib = 1\n")
            .string();
    const Said said = place.run(Doctor{place.access()});
    CHECK(said.code == 1);
    CHECK(said.text.find("WRONG central.tls.pins: one only: add the backup key's") != std::string::npos);
    CHECK(said.text.find("signing.key is open to others: chmod 0600 it") != std::string::npos);
    CHECK(said.text.find("WRONG central.modi: central.modi.audience and central.modi.issuer must be set") !=
          std::string::npos);
}

TEST_CASE("doctor: devices that are named and not there are wrong, those that nobody named are not missed") {
    Place place;
    const auto with = [&](const std::string& devices) {
        place.config_file = place.folder.write("devices.toml", "[devices]\n" + devices).string();
        return place.run(Doctor{place.access()}).text;
    };
    const std::string named = with("camera = \"/dev/no-camera\"\npage_scanner = \"none\"\n"
                                   "code_reader = \"/dev/no-reader\"\ncard_reader = \"No such make\"\n");
    CHECK(named.find("WRONG camera: /dev/no-camera not found") != std::string::npos);
    CHECK(named.find("ok    page-scanner: not used here") != std::string::npos);
    CHECK(named.find("WRONG code-reader: /dev/no-reader not found") != std::string::npos);
    CHECK(named.find("WRONG card-reader: ") != std::string::npos);
    const auto picture = place.folder.write("card.png", "a picture that is not opened here");
    const std::string film = with("camera = \"" + picture.string() + "\"\npage_scanner = \"none\"\n"
                                  "code_reader = \"none\"\ncard_reader = \"none\"\n");
    CHECK(film.find("ok    camera: " + picture.string() + " opens") != std::string::npos);
}

TEST_CASE("config show: every key with its value, and with where it came from") {
    Place place;
    const Said plain = place.run(ConfigShow{place.access(), false});
    CHECK(plain.code == 0);
    CHECK(plain.text.find("terminal.number_prefix = \"OR\"\n") != std::string::npos);
    const Said origin = place.run(ConfigShow{place.access(), true});
    CHECK(origin.text.find("terminal.number_prefix = \"OR\"  # " + place.config_file + ":3\n") != std::string::npos);
    CHECK(origin.text.find("state_dir = \"" + place.state + "\"  # --state\n") != std::string::npos);
    CHECK(origin.text.find("ui.theme = \"medium\"  # built in\n") != std::string::npos);
    ConfigShow bad{place.access(true), false};
    bad.access.config_files = {place.folder.write("bad.toml", "\nui.them = 1\n").string()};
    const Said refused = place.run(bad);
    CHECK(refused.code == 1);
    CHECK(json::parse(refused.reasons)["line"] == 2);
    CHECK(json::parse(refused.reasons)["key"] == "ui.them");
}
