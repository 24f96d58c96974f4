// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/calendar.hpp"
#include "forms/base/decimal.hpp"

#include <cstdint>
#include <functional>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

/// FHIRPath N1 (HL7, 2.0.0 normative), the part that forms use. Pure: an expression reads nodes that its host hands in.
namespace forms::fhirpath {

/// A time that may lack its minutes or seconds: @T14, @T14:30. Seconds and their fraction are one precision (N1 §6.2).
struct Time {
    std::uint8_t hour = 0, minute = 0, second = 0;
    std::uint8_t parts = 3; ///< 1 = hour, 2 = and minute, 3 = and second
    std::uint8_t fraction_digits = 0;
    std::uint32_t nanoseconds = 0;
    [[nodiscard]] static Time from(const TimeOfDay& time);
};
/// A partial date, or a whole date with a time that may itself be partial. Without an offset the host's is meant.
struct DateTime {
    PartialDate date;
    std::optional<Time> time; ///< only with a complete date
    std::optional<std::int16_t> offset;
    [[nodiscard]] static DateTime from(const PartialDateTime& moment);
};
/// A number with a unit: a UCUM code, a unit's own text, or a word of the calendar ("years"). "1" = no unit.
struct Quantity {
    Decimal value;
    std::string_view unit = "1";
    bool calendar = false; ///< written without quotes: `4 days`
};

/// One value of the system types. Texts are views: into the tree they came from, or into the evaluation's memory.
/// The empty alternative stands for a node that is no primitive.
using Primitive =
    std::variant<std::monostate, bool, std::int32_t, Decimal, PartialDate, DateTime, Time, std::string_view, Quantity>;

class Tree;
/// Where a node is, in the words of its tree. Nothing in it means anything to anyone else.
struct NodeId {
    const void* place = nullptr;
    std::uint32_t kind = 0, item = 0, part = 0;
    bool operator==(const NodeId&) const = default;
};
/// A node of a resource: cheap to copy, valid as long as its tree is not changed.
struct Node {
    const Tree* tree = nullptr;
    NodeId id;
    explicit operator bool() const { return tree != nullptr; }
    bool operator==(const Node&) const = default;
};

/// One thing in a collection: a value, a node, or both (a quantity of a resource is a node and has a value).
struct Element {
    Primitive value;
    Node node;
    std::string_view type; ///< FHIR's name of its type when it comes from a resource: "Coding", "date"; else empty

    Element() = default;
    Element(Primitive its_value) : value(std::move(its_value)) {} // NOLINT: a value is an element
    Element(Primitive its_value, std::string_view its_type) : value(std::move(its_value)), type(its_type) {}
    Element(Node its_node, std::string_view its_type) : node(its_node), type(its_type) {}
    [[nodiscard]] bool is_primitive() const { return value.index() != 0; }
};
using Collection = std::pmr::vector<Element>;

/// How far below a node items are looked for: its own, theirs in turn, or also those that stand below an answer.
enum class Reach : std::uint8_t { Children, ItemsOfItems, Descendants };

/// What an expression walks over: a response, a form, a patient. Whoever implements it makes each call cost what it
/// gives back, not the size of the whole. Thread: as the thing behind it.
class Tree {
public:
    virtual ~Tree() = default;
    /// Every child with the name of its member, in order; the members of a repeating element one by one.
    using Visitor = std::function<void(std::string_view name, const Element&)>;
    virtual void visit(NodeId node, const Visitor& visitor) const = 0;
    /// The children of that name, appended. `value` means the member of a choice type, whatever its type.
    virtual void children(NodeId node, std::string_view name, Collection& out) const = 0;
    /// The short way for `item.where(linkId = '…')`, `repeat(item).where(…)` and `descendants().where(…)`: the items of
    /// that linkId below `node`, in the order of the resource, appended. False when the tree has no short way here.
    virtual bool items(NodeId node, std::string_view link_id, Reach reach, Collection& out) const;
};

} // namespace forms::fhirpath
