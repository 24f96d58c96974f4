// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/bundle.hpp"
#include "tests/doubles/submissions.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <set>

using namespace net;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

std::string file_text(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

json parsed(const tests::BundleSample& sample) {
    const auto bundle = fhir::build_bundle(sample.submission, sample.files);
    REQUIRE(bundle.has_value());
    return json::parse(bundle->begin(), bundle->end());
}

const json* resource(const json& bundle, const std::string& type) {
    for (const json& entry : bundle["entry"])
        if (entry["resource"]["resourceType"] == type) return &entry["resource"];
    return nullptr;
}

} // namespace

TEST_CASE("bundle: the same request gives the same bytes, those that the independent FHIR server has accepted") {
    for (const auto& sample : tests::bundle_samples(std::pmr::get_default_resource())) {
        CAPTURE(sample.name);
        const auto bundle = fhir::build_bundle(sample.submission, sample.files);
        REQUIRE(bundle.has_value());
        const std::string golden = file_text(SPORTELLO_ROOT "/tests/samples/bundles/" + sample.name + ".json");
        CHECK(std::string(*bundle) + "\n" == golden);
        CHECK(fhir::build_bundle(sample.submission, sample.files) == bundle);
    }
}

TEST_CASE("bundle: every entry that is created has an identity of its own, and nothing else as its condition") {
    for (const auto& sample : tests::bundle_samples(std::pmr::get_default_resource())) {
        CAPTURE(sample.name);
        const json bundle = parsed(sample);
        CHECK(bundle["type"] == "transaction");
        CHECK(bundle["entry"].size() == fhir::bundle_size(sample.submission));
        CHECK(resource(bundle, "Patient") == nullptr);
        std::set<std::string> identities, names;
        for (const json& entry : bundle["entry"]) {
            const std::string type = entry["resource"]["resourceType"];
            const json& request = entry["request"];
            CHECK(names.insert(entry["fullUrl"]).second);
            if (request["method"] == "PUT") {
                CHECK((type == "Binary" || type == "Provenance"));
                CHECK(request["url"] == type + "/" + std::string(entry["resource"]["id"]));
                CHECK(entry["fullUrl"] == "urn:uuid:" + std::string(entry["resource"]["id"]));
                CHECK_FALSE(request.contains("ifNoneExist"));
                CHECK(identities.insert(request["url"]).second);
            } else {
                CHECK(request["method"] == "POST");
                CHECK(request["url"] == type);
                const json& own = entry["resource"]["identifier"];
                const json& first = own.is_array() ? own[0] : own;
                const std::string condition = request["ifNoneExist"];
                CHECK(condition == fhir::identifier_query(std::string(first["system"]), std::string(first["value"])));
                CHECK(condition.find('|') == std::string::npos);
                CHECK(identities.insert(condition).second);
            }
        }
        // Every reference inside goes to an entry of this Bundle.
        const std::string text = bundle.dump();
        for (std::size_t at = text.find("\"reference\":\"urn:uuid:"); at != std::string::npos;
             at = text.find("\"reference\":\"urn:uuid:", at + 1))
            CHECK(names.contains(text.substr(at + 13, 45)));
    }
}

TEST_CASE("bundle: somebody who speaks for another is the source, and the person stays the one who consents") {
    const auto samples = tests::bundle_samples(std::pmr::get_default_resource());
    const json bundle = parsed(samples[0]);
    const json& qr = *resource(bundle, "QuestionnaireResponse");
    CHECK(qr["source"]["type"] == "RelatedPerson");
    CHECK(qr["subject"]["identifier"]["value"] == "RSSMRA80A01H501U");
    CHECK(qr["author"]["type"] == "Practitioner");
    CHECK(qr["identifier"].is_object());
    CHECK(qr["extension"].size() == 2);
    CHECK(qr["extension"][1]["valueCodeableConcept"]["coding"][0]["code"] == "FACE");
    const json& consent = *resource(bundle, "Consent");
    CHECK(consent["performer"][0]["type"] == "Patient");
    CHECK(consent["provision"]["type"] == "permit");
    CHECK(consent["provision"]["actor"][0]["reference"]["identifier"]["value"] == "100202");
    const json& task = *resource(bundle, "Task");
    CHECK(task["requester"]["type"] == "RelatedPerson");
    CHECK(task["status"] == "requested");
    CHECK(task["groupIdentifier"].is_object());
    CHECK(task["input"].size() == 1);
    CHECK((*resource(bundle, "Binary"))["data"].get<std::string>().starts_with("iVBORw0KGgo"));
    CHECK((*resource(bundle, "Provenance"))["agent"].size() == 4);
}

TEST_CASE("bundle: an anonymous person has no name, no related person and no consent, also when the answers had them") {
    auto s = tests::daughter_speaks(std::pmr::get_default_resource());
    s.subject_kind = Submission::SubjectKind::Anonymous;
    s.declarant.reset();
    s.attachments.clear();
    const json bundle = parsed({"", std::move(s), {}});
    CHECK(resource(bundle, "RelatedPerson") == nullptr);
    CHECK(resource(bundle, "Consent") == nullptr);
    const json& subject = (*resource(bundle, "Task"))["for"];
    CHECK_FALSE(subject.contains("display"));
    CHECK(subject["identifier"]["system"] == "https://sportello.example.org/fhir/sid/anonymous");
    CHECK(subject["identifier"]["type"]["coding"][0]["code"] == "ANON");
}

TEST_CASE("bundle: decimals and whatever else stands in the answers go through untouched") {
    auto s =
        tests::plain(std::pmr::get_default_resource(), *forms::Uuid::parse("0b6f3f0e-5a53-4f0a-9c3b-8d3f5a8f1c22"));
    s.response =
        R"({"resourceType":"QuestionnaireResponse","status":"completed","item":[{"linkId":"a","answer":[{"valueDecimal":1.10}]}]})";
    const auto bundle = fhir::build_bundle(s, {});
    REQUIRE(bundle.has_value());
    CHECK(bundle->find("{\"valueDecimal\":1.10}") != std::string::npos);
    s.response = R"({"resourceType":"Patient"})";
    CHECK_FALSE(fhir::build_bundle(s, {}).has_value());
}

TEST_CASE("bundle: who has seen which identity document, and when, stands in the Provenance; of an anonymous person nothing") {
    auto s = tests::daughter_speaks(std::pmr::get_default_resource());
    s.completion = Submission::Completion::Alone; // stated when it was corrected
    s.operator_id.clear();
    s.attachments.clear();
    const auto verifiers = [](const json& bundle) {
        std::vector<json> found;
        for (const json& agent : (*resource(bundle, "Provenance"))["agent"])
            if (agent["type"]["coding"][0]["code"] == "verifier") found.push_back(agent);
        return found;
    };
    const auto found = verifiers(parsed({"", s, {}}));
    REQUIRE(found.size() == 1);
    CHECK(found[0]["who"]["identifier"]["value"] == "op-17");
    const json& mark = found[0]["extension"][0];
    CHECK(mark["url"].get<std::string>().ends_with("/StructureDefinition/identity-seen"));
    CHECK(mark["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == "identity-card");
    CHECK(mark["extension"][1]["valueInstant"] == "2026-11-22T09:30:00+01:00");

    auto unknown_kind = s;
    unknown_kind.identity_seen->document.clear();
    CHECK(verifiers(parsed({"", unknown_kind, {}}))[0]["extension"][0]["extension"].size() == 1);
    auto by_nobody = s;
    by_nobody.identity_seen->by.clear();
    CHECK(verifiers(parsed({"", by_nobody, {}})).empty());
    auto anonymous = s;
    anonymous.subject_kind = Submission::SubjectKind::Anonymous;
    anonymous.declarant.reset();
    CHECK(verifiers(parsed({"", anonymous, {}})).empty());
    s.identity_seen.reset();
    CHECK(verifiers(parsed({"", s, {}})).empty());
}

TEST_CASE("bundle: a correction goes under identifiers of its own and names what it replaces; its scans are the same") {
    auto* memory = std::pmr::get_default_resource();
    auto samples = tests::bundle_samples(memory);
    auto& sample = samples[0];
    const json first = parsed(sample);
    auto& correction = sample.submission.correction.emplace(memory);
    correction.number = 1;
    correction.editor = "s.verdi";
    correction.recorded = "2026-11-23T09:00:00+01:00";
    const json second = parsed(sample);
    const std::string id = sample.submission.id.text();
    const json& qr = *resource(second, "QuestionnaireResponse");
    CHECK(qr["identifier"]["value"] == id + ".2");
    CHECK(qr["status"] == "amended");
    const json& task = *resource(second, "Task");
    CHECK(task["identifier"][0]["value"] == id + ".2-task");
    CHECK(task["groupIdentifier"]["value"] == id);
    CHECK(task["partOf"][0]["identifier"]["value"] == id + "-task");
    CHECK(task["code"]["coding"][1]["code"] == "change");
    CHECK(task["focus"]["reference"] != (*resource(first, "Task"))["focus"]["reference"]);
    const json& provenance = *resource(second, "Provenance");
    CHECK(provenance["id"] != (*resource(first, "Provenance"))["id"]);
    CHECK(provenance["activity"]["coding"][0]["code"] == "UPDATE");
    CHECK(provenance["recorded"] == "2026-11-23T09:00:00+01:00");
    CHECK(provenance["entity"][0]["role"] == "revision");
    CHECK(provenance["entity"][0]["what"]["identifier"]["value"] == id);
    const json& document = *resource(second, "DocumentReference");
    CHECK(document["relatesTo"][0]["target"]["identifier"]["value"] == id + "-doc-1");
    CHECK((*resource(second, "Binary"))["id"] == (*resource(first, "Binary"))["id"]);
    // Nothing of the second is found, or found doubled, by a condition of the first.
    std::set<std::string> conditions;
    for (const json* bundle : {&first, &second})
        for (const json& entry : (*bundle)["entry"])
            if (entry["request"].contains("ifNoneExist"))
                CHECK(conditions.insert(entry["request"]["ifNoneExist"]).second);

    correction.number = 2;
    const json third = parsed(sample);
    CHECK((*resource(third, "Provenance"))["entity"][0]["what"]["identifier"]["value"] == id + ".2");
    CHECK((*resource(third, "Task"))["identifier"][0]["value"] == id + ".3-task");
}
