// SPDX-License-Identifier: EUPL-1.2
// Runs while building: turns assets/lang/*.json into the enum of all texts and into tables, so that a missing key does
// not compile and the program reads no catalogue at start.
//
//     compile_words OUT_HEADER OUT_SOURCE it.json [fr.json …]      the first file is the list of keys
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::array<std::string_view, 6> categories{"zero", "one", "two", "few", "many", "other"};
using Texts = std::map<std::string, std::string>;

struct Mistake {
    std::string words;
};

void flatten(const nlohmann::json& value, const std::string& path, Texts& into) {
    if (value.is_string()) {
        into.emplace(path, value.get<std::string>());
        return;
    }
    if (!value.is_object()) throw Mistake{path + ": only texts and groups of texts can stand here"};
    for (const auto& [key, inner] : value.items())
        flatten(inner, path.empty() ? key : path + "." + key, into);
}

Texts read(const std::string& file) {
    std::ifstream in(file);
    if (!in) throw Mistake{"cannot be read"};
    Texts texts;
    // A key written twice would silently hide the first text.
    std::vector<std::set<std::string>> keys;
    const auto watch = [&keys](int, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
        if (event == nlohmann::json::parse_event_t::object_start) keys.emplace_back();
        if (event == nlohmann::json::parse_event_t::object_end) keys.pop_back();
        if (event == nlohmann::json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second)
            throw Mistake{parsed.get<std::string>() + ": stands there twice"};
        return true;
    };
    flatten(nlohmann::json::parse(in, watch), "", texts);
    return texts;
}

/// "receipt.pages.one" → "receipt.pages" when the catalogue has "receipt.pages.other" too.
std::string without_category(const std::string& key, const Texts& texts) {
    const std::size_t dot = key.rfind('.');
    if (dot == std::string::npos) return key;
    const std::string_view last = std::string_view(key).substr(dot + 1);
    if (std::find(categories.begin(), categories.end(), last) == categories.end()) return key;
    const std::string base = key.substr(0, dot);
    return texts.contains(base + ".other") ? base : key;
}

std::string enumerator(const std::string& key) {
    std::string name = key;
    for (char& c : name) {
        if (c == '.' || c == '-') c = '_';
        const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (!fits) throw Mistake{key + ": only a-z, 0-9, point, hyphen and underscore make a key"};
    }
    if (name.find("__") != std::string::npos || name.front() == '_') throw Mistake{key + ": makes no name"};
    return name;
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte > 0x7E || c == '"' || c == '\\' || c == '?') {
            char octal[5];
            std::snprintf(octal, sizeof octal, "\\%03o", byte);
            out += octal;
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string language_of(const std::string& file) {
    const std::size_t slash = file.rfind('/');
    const std::string name = slash == std::string::npos ? file : file.substr(slash + 1);
    return name.substr(0, name.rfind('.'));
}

/// Leaves a file alone that would not change: a corrected wording must not rebuild whoever includes the enum.
void write(const std::string& file, const std::string& content) {
    if (std::ifstream old(file, std::ios::binary); old) {
        std::ostringstream before;
        before << old.rdbuf();
        if (before.str() == content) return;
    }
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << content;
    out.close();
    if (!out) throw Mistake{file + ": cannot be written"};
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::cerr << "usage: compile_words OUT_HEADER OUT_SOURCE it.json [fr.json ...]\n";
        return 2;
    }
    std::string file;
    try {
        std::vector<std::pair<std::string, Texts>> catalogues;
        for (int i = 3; i < argc; ++i) {
            file = argv[i];
            catalogues.emplace_back(language_of(file), read(file));
        }
        std::set<std::string> keys;
        std::set<std::string> names;
        for (const auto& [key, text] : catalogues.front().second)
            keys.insert(without_category(key, catalogues.front().second));
        file = argv[3];
        for (const std::string& key : keys)
            if (!names.insert(enumerator(key)).second) throw Mistake{key + ": makes the same name as another key"};

        std::string header =
            "// SPDX-License-Identifier: EUPL-1.2\n// Written by compile_words from assets/lang.\n#pragma once\n\n"
            "namespace kiosk {\n\nenum class Text {\n";
        for (const std::string& key : keys)
            header += "    " + enumerator(key) + ",\n";
        header += "};\n\n} // namespace kiosk\n";
        write(argv[1], header);

        std::string source = "// SPDX-License-Identifier: EUPL-1.2\n// Written by compile_words from assets/lang.\n"
                             "#include \"kiosk/text/catalogues.hpp\"\n\nnamespace kiosk {\nnamespace {\n\n";
        source += "constexpr std::string_view keys[] = {\n";
        for (const std::string& key : keys)
            source += "    " + quoted(key) + ",\n";
        source += "};\n\n";
        std::string list;
        for (const auto& [language, texts] : catalogues) {
            source += "constexpr Entry entries_" + enumerator(language) + "[] = {\n";
            for (const std::string& key : keys) {
                source += "    {" + (texts.contains(key) ? quoted(texts.at(key)) : "nullptr");
                bool plural = false;
                for (const std::string_view category : categories) {
                    const auto form = texts.find(key + "." + std::string(category));
                    plural = plural || form != texts.end();
                    source += form == texts.end() ? ", nullptr" : ", " + quoted(form->second);
                }
                source += "},\n";
            }
            source += "};\n\n";
            list += "    {" + quoted(language) + ", entries_" + enumerator(language) + "},\n";
        }
        source += "constexpr Catalogue all[] = {\n" + list +
                  "};\n\n} // namespace\n\n"
                  "std::span<const std::string_view> text_keys() { return keys; }\n"
                  "std::span<const Catalogue> catalogues() { return all; }\n\n} // namespace kiosk\n";
        write(argv[2], source);
        return 0;
    } catch (const Mistake& mistake) {
        std::cerr << file << ": " << mistake.words << "\n";
    } catch (const nlohmann::json::exception& error) {
        std::cerr << file << ": " << error.what() << "\n";
    }
    return 1;
}
