// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/patient.hpp"

#include "forms/fhir/json.hpp"

#include <array>
#include <utility>

namespace forms {
namespace {

using Node = JsonDocument::Node;

/// The numbers of a person with their systems. `Person` is const or not.
template <class Person>
auto numbers_of(Person& person) {
    return std::array{std::pair{fiscal_code_system, &person.fiscal_code}, std::pair{stp_system, &person.stp},
                      std::pair{eni_system, &person.eni}};
}

class PatientReader {
public:
    PatientReader(const JsonDocument& json, std::pmr::memory_resource* memory) : json_(json), person_(memory) {}

    std::optional<KnownPerson> read() {
        const Node root = JsonDocument::root();
        if (text(root, "resourceType") != "Patient") return std::nullopt;
        read_name(root);
        person_.gender = text(root, "gender");
        person_.birth_date = PartialDate::parse(text(root, "birthDate"));
        const Node identifiers = json_.member(root, "identifier");
        if (identifiers != JsonDocument::none)
            for (Node each = json_.first(identifiers); each != JsonDocument::none; each = json_.next(each))
                for (const auto& [system, number] : numbers_of(person_))
                    if (number->empty() && text(each, "system") == system) *number = text(each, "value");
        return std::move(person_);
    }

private:
    [[nodiscard]] std::string_view text(Node object, std::string_view name) const {
        const Node member = json_.member(object, name);
        if (member == JsonDocument::none || json_.kind(member) != JsonKind::String) return {};
        return json_.text(member);
    }

    void read_name(Node root) {
        const Node names = json_.member(root, "name");
        if (names == JsonDocument::none) return;
        Node wanted = json_.first(names);
        for (Node each = wanted; each != JsonDocument::none; each = json_.next(each))
            if (text(each, "use") == "official") {
                wanted = each;
                break;
            }
        if (wanted == JsonDocument::none) return;
        person_.family = text(wanted, "family");
        const Node given = json_.member(wanted, "given");
        if (given == JsonDocument::none) return;
        for (Node each = json_.first(given); each != JsonDocument::none; each = json_.next(each)) {
            if (json_.kind(each) != JsonKind::String) continue;
            if (!person_.given.empty()) person_.given += ' ';
            person_.given += json_.text(each);
        }
    }

    const JsonDocument& json_;
    KnownPerson person_;
};

class PatientWriter {
public:
    explicit PatientWriter(const KnownPerson& person) : person_(person), out_(person.family.get_allocator()) {}

    std::pmr::string write() {
        out_ += R"({"resourceType":"Patient")";
        write_identifiers();
        write_name();
        if (!person_.gender.empty()) member(",\"gender\":", person_.gender);
        if (person_.birth_date) member(",\"birthDate\":", person_.birth_date->text());
        out_ += '}';
        return std::move(out_);
    }

private:
    void member(std::string_view before, std::string_view value) {
        out_ += before;
        append_json_string(out_, value);
    }

    void write_identifiers() {
        std::string_view before = ",\"identifier\":[{\"system\":";
        for (const auto& [system, number] : numbers_of(person_)) {
            if (number->empty()) continue;
            member(before, system);
            member(",\"value\":", *number);
            out_ += '}';
            before = ",{\"system\":";
        }
        if (out_.back() == '}') out_ += ']';
    }

    void write_name() {
        if (person_.family.empty() && person_.given.empty()) return;
        out_ += R"(,"name":[{"use":"official")";
        if (!person_.family.empty()) member(",\"family\":", person_.family);
        if (!person_.given.empty()) {
            member(",\"given\":[", person_.given);
            out_ += ']';
        }
        out_ += "}]";
    }

    const KnownPerson& person_;
    std::pmr::string out_;
};

} // namespace

std::pmr::string write_patient(const KnownPerson& person) { return PatientWriter(person).write(); }

std::optional<KnownPerson> read_patient(std::string_view json, std::pmr::memory_resource* memory) {
    JsonDocument document(memory);
    JsonLimits limits;
    limits.bytes = 1u << 20;
    if (!read_json(json, limits, document).flaws.empty()) return std::nullopt;
    return PatientReader(document, memory).read();
}

} // namespace forms
