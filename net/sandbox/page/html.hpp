// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/web_text.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace net::sandbox {

/// A piece of HTML that was written in the source. Outside text cannot become one.
struct Markup {
    template <std::size_t size>
    consteval Markup(const char (&literal)[size]) : html(literal, size - 1) {}
    std::string_view html;
};

/// HTML in the making. Whatever is not in the source is escaped on its way in: there is no other door.
class Html {
public:
    Html& put(Markup markup) {
        out_ += markup.html;
        return *this;
    }
    Html& text(std::string_view outside) {
        out_ += html_escaped(outside);
        return *this;
    }
    Html& put(const Html& other) {
        out_ += other.out_;
        return *this;
    }
    [[nodiscard]] bool empty() const { return out_.empty(); }
    [[nodiscard]] const std::string& str() const { return out_; }

private:
    std::string out_;
};

} // namespace net::sandbox
