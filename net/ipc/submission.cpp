// SPDX-License-Identifier: EUPL-1.2
#include "net/ipc/submission.hpp"

#include "net/runtime/json_text.hpp"

#include <algorithm>
#include <type_traits>

namespace net {

Submission::Declarant::Declarant(std::pmr::memory_resource* memory)
    : full_name(memory), relationship(memory), mobile(memory), fiscal_code(memory), fiscal_code_system(memory),
      relationship_system(memory), relationship_code(memory) {}
Submission::Consent::Consent(std::pmr::memory_resource* memory) : purpose(memory) {}
Submission::Attachment::Attachment(std::pmr::memory_resource* memory)
    : content_type(memory), title(memory), kind(memory), kind_display(memory), created(memory), sha1_base64(memory) {}
Submission::Correction::Correction(std::pmr::memory_resource* memory)
    : editor(memory), recorded(memory), previous_sha256(memory) {}
Submission::IdentitySeen::IdentitySeen(std::pmr::memory_resource* memory) : document(memory), by(memory), at(memory) {}
Submission::Routing::Routing(std::pmr::memory_resource* memory)
    : base_uri(memory), office_id(memory), office_name(memory), location_id(memory), body_name(memory),
      body_tax_code(memory), terminal_id(memory), health_body_code(memory), health_body_name(memory),
      consent_policy_uri(memory) {}
Submission::Submission(std::pmr::memory_resource* memory)
    : definition_url(memory), definition_version(memory), definition_sha256(memory), language(memory), response(memory),
      subject_system(memory), subject_value(memory), subject_display(memory), consents(memory), visit_start(memory),
      visit_end(memory), operator_id(memory), attachments(memory), routing(memory) {}

forms::Uuid part_id(const forms::Uuid& request, std::string_view part) { return forms::Uuid::named(request, part); }

std::string binary_part(std::size_t number, std::string_view sha1_base64) {
    return "doc-" + std::to_string(number) + "-binary-" + std::string(sha1_base64);
}

namespace {

/// JSON that is carried through unread: the response.
struct Raw {
    Text& json;
};

// One list of fields per record, for writing and for reading alike.
template <class V>
void fields(Submission::Declarant& d, V& v) {
    v("full_name", d.full_name), v("relationship", d.relationship), v("mobile", d.mobile);
    v("fiscal_code", d.fiscal_code), v("fiscal_code_system", d.fiscal_code_system);
    v("relationship_system", d.relationship_system);
    v("relationship_code", d.relationship_code);
}
template <class V>
void fields(Submission::Consent& c, V& v) {
    v("purpose", c.purpose), v("given", c.given);
}
template <class V>
void fields(Submission::Attachment& a, V& v) {
    v("content_type", a.content_type), v("title", a.title), v("kind", a.kind), v("kind_display", a.kind_display);
    v("created", a.created), v("sha1", a.sha1_base64), v("size", a.size);
}
template <class V>
void fields(Submission::Routing& r, V& v) {
    v("base_uri", r.base_uri), v("office_id", r.office_id), v("office_name", r.office_name);
    v("location_id", r.location_id), v("body_name", r.body_name), v("body_tax_code", r.body_tax_code);
    v("terminal_id", r.terminal_id), v("health_body_code", r.health_body_code);
    v("health_body_name", r.health_body_name), v("consent_policy_uri", r.consent_policy_uri);
}
template <class V>
void fields(Submission::Correction& c, V& v) {
    v("number", c.number), v("editor", c.editor), v("recorded", c.recorded);
    v("previous_sha256", c.previous_sha256);
}
template <class V>
void fields(Submission::IdentitySeen& i, V& v) {
    v("document", i.document), v("by", i.by), v("at", i.at);
}
template <class V>
void fields(Submission& s, V& v) {
    v("id", s.id), v("definition_url", s.definition_url), v("definition_version", s.definition_version);
    v("definition_sha256", s.definition_sha256), v("language", s.language), v("response", Raw{s.response});
    v("subject_kind", s.subject_kind), v("subject_system", s.subject_system), v("subject_value", s.subject_value);
    v("subject_display", s.subject_display), v("declarant", s.declarant), v("consents", s.consents);
    v("urgent", s.urgent), v("visit_start", s.visit_start), v("visit_end", s.visit_end), v("completion", s.completion);
    v("operator_id", s.operator_id), v("identity_seen", s.identity_seen), v("attachments", s.attachments);
    v("correction", s.correction), v("routing", s.routing);
}

class FieldWriter {
public:
    explicit FieldWriter(JsonText& out) : out_(out) {}
    template <class T>
    void operator()(std::string_view name, T&& value) {
        out_.key(name);
        put(value);
    }

private:
    void put(const forms::Uuid& id) { out_.text(id.text()); }
    void put(const Text& text) { out_.text(text); }
    void put(const Raw& raw) { out_.raw(raw.json.empty() ? std::string_view("null") : std::string_view(raw.json)); }
    void put(bool value) { out_.boolean(value); }
    void put(std::int64_t value) { out_.number(value); }
    template <class E>
    requires std::is_enum_v<E>
    void put(E value) { out_.number(static_cast<std::int64_t>(value)); }
    template <class T>
    void put(std::optional<T>& value) {
        if (value)
            put(*value);
        else
            out_.raw("null");
    }
    template <class T>
    void put(std::pmr::vector<T>& list) {
        out_.open_array();
        for (T& one : list)
            put(one);
        out_.close_array();
    }
    template <class T>
    requires requires(T& t, FieldWriter& w) { fields(t, w); }
    void put(T& record) {
        out_.open_object();
        fields(record, *this);
        out_.close_object();
    }

    JsonText& out_;
};

/// Every field must be there, in any order, and nothing else.
class FieldReader {
public:
    FieldReader(JsonMembers members, std::pmr::memory_resource* memory, std::optional<SubmissionFault>& fault)
        : members_(std::move(members)), memory_(memory), fault_(fault) {}

    template <class T>
    void operator()(std::string_view name, T&& value) {
        const auto found = std::ranges::find(members_, name, &JsonMembers::value_type::first);
        if (found == members_.end()) return fail(SubmissionFault::BadShape);
        const std::string_view json = found->second;
        members_.erase(found);
        if (!fault_) get(json, value);
    }
    void finish() {
        if (!members_.empty()) fail(SubmissionFault::BadShape);
    }

private:
    void fail(SubmissionFault fault) {
        if (!fault_) fault_ = fault;
    }
    void get(std::string_view json, forms::Uuid& id) {
        const auto text = json_string(json, memory_);
        const auto parsed = text ? forms::Uuid::parse(*text) : std::nullopt;
        if (!parsed || parsed->nil()) return fail(SubmissionFault::BadValue);
        id = *parsed;
    }
    void get(std::string_view json, Text& text) {
        auto value = json_string(json, memory_);
        if (!value) return fail(SubmissionFault::BadShape);
        text = std::move(*value);
    }
    void get(std::string_view json, Raw& raw) {
        if (!json.starts_with('{') || !json_members(json)) return fail(SubmissionFault::BadShape);
        raw.json.assign(json);
    }
    void get(std::string_view json, bool& value) {
        if (json != "true" && json != "false") return fail(SubmissionFault::BadShape);
        value = json == "true";
    }
    void get(std::string_view json, std::int64_t& value) {
        const auto number = json_whole(json);
        if (!number || *number < 0) return fail(SubmissionFault::BadShape);
        value = *number;
    }
    template <class E>
    requires std::is_enum_v<E>
    void get(std::string_view json, E& value) {
        constexpr std::int64_t last = std::is_same_v<E, Submission::SubjectKind> ? 2 : 1;
        const auto number = json_whole(json);
        if (!number || *number < 0 || *number > last) return fail(SubmissionFault::BadValue);
        value = static_cast<E>(*number);
    }
    template <class T>
    void get(std::string_view json, std::optional<T>& value) {
        if (json == "null") return;
        value.emplace(memory_);
        get(json, *value);
    }
    template <class T>
    void get(std::string_view json, std::pmr::vector<T>& list) {
        const auto elements = json_elements(json);
        if (!elements || elements->size() > 100) return fail(SubmissionFault::BadShape);
        for (const std::string_view element : *elements) {
            list.push_back(T(memory_));
            get(element, list.back());
        }
    }
    template <class T>
    requires requires(T& t, FieldReader& r) { fields(t, r); }
    void get(std::string_view json, T& record) {
        auto members = json_members(json);
        if (!members) return fail(SubmissionFault::BadShape);
        FieldReader inner(std::move(*members), memory_, fault_);
        fields(record, inner);
        inner.finish();
    }

    JsonMembers members_;
    std::pmr::memory_resource* memory_;
    std::optional<SubmissionFault>& fault_;
};

} // namespace

Text encode_submission(const Submission& submission) {
    JsonText out(submission.response.get_allocator().resource());
    out.open_object();
    out.key("format").number(Submission::format);
    FieldWriter writer(out);
    fields(const_cast<Submission&>(submission), writer); // one list of fields for both ways; a writer changes nothing
    out.close_object();
    return out.take();
}

forms::Result<Submission, SubmissionFault> decode_submission(std::string_view bytes,
                                                             std::pmr::memory_resource* memory) {
    auto members = json_members(bytes);
    if (!members) return SubmissionFault::NotJson;
    const auto format = std::ranges::find(*members, "format", &JsonMembers::value_type::first);
    const auto number = format == members->end() ? std::nullopt : json_whole(format->second);
    if (!number) return SubmissionFault::BadShape;
    if (*number < 1 || *number > Submission::format)
        return *number > Submission::format ? SubmissionFault::NewerFormat : SubmissionFault::BadValue;
    members->erase(format);
    if (*number == 1) members->emplace_back("correction", "null");
    bool seen_by_operator = false; // all that formats 1 and 2 said
    if (*number < 3) {
        const auto seen = std::ranges::find(*members, "identity_seen", &JsonMembers::value_type::first);
        if (seen == members->end() || (seen->second != "true" && seen->second != "false"))
            return SubmissionFault::BadShape;
        seen_by_operator = seen->second == "true";
        seen->second = "null";
    }
    Submission submission(memory);
    std::optional<SubmissionFault> fault;
    FieldReader reader(std::move(*members), memory, fault);
    fields(submission, reader);
    reader.finish();
    if (fault) return *fault;
    if (seen_by_operator) {
        auto& seen = submission.identity_seen.emplace(memory);
        seen.by = submission.operator_id;
        seen.at = submission.visit_end;
    }
    return submission;
}

} // namespace net
