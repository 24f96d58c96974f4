// SPDX-License-Identifier: EUPL-1.2
// The one file that includes toml++.
#include "net/runtime/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>

namespace net {
namespace {

/// More than any honest configuration; keeps a wrong path (a log, a database) from being read whole.
constexpr std::uintmax_t largest_file = 1024 * 1024;

class Loader {
public:
    explicit Loader(LoadedConfig& into) : into_(into) {}

    void read(const std::filesystem::path& path) {
        file_ = path.string();
        std::error_code error;
        const auto size = std::filesystem::file_size(path, error);
        if (error || size > largest_file) {
            complain(ConfigProblem::NotReadable, 0, "",
                     error ? "cannot be read: check that it exists and who may read it" : "is larger than 1 MiB");
            return;
        }
        std::ifstream in(path, std::ios::binary);
        std::string bytes(static_cast<std::size_t>(size), '\0');
        if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
            complain(ConfigProblem::NotReadable, 0, "", "cannot be read: check who may read it");
            return;
        }
        try {
            const toml::table table = toml::parse(bytes, file_);
            walk(table, "");
        } catch (const toml::parse_error& e) {
            complain(ConfigProblem::NotToml, static_cast<int>(e.source().begin.line), "",
                     "is not TOML here: " + std::string(e.description()));
        }
    }

private:
    void complain(ConfigProblem problem, int line, std::string key, std::string remedy) {
        into_.complaints.push_back({problem, file_, line, std::move(key), std::move(remedy)});
    }

    void walk(const toml::table& table, const std::string& prefix) {
        for (const auto& [name, node] : table) {
            const std::string full = prefix + std::string(name.str());
            const int line = static_cast<int>(name.source().begin.line);
            if (const ConfigKey* key = find_config_key(full)) {
                set(*key, node, line);
            } else if (node.is_table() && is_group(full)) {
                walk(*node.as_table(), full + ".");
            } else {
                complain(ConfigProblem::UnknownKey, line, full, "unknown key" + nearest(full));
            }
        }
    }

    static bool is_group(const std::string& name) {
        return std::ranges::any_of(config_keys(),
                                   [&](const ConfigKey& key) { return key.name.starts_with(name + "."); });
    }

    /// The known key with the fewest different letters, when it is close enough to be meant.
    static std::string nearest(const std::string& name) {
        std::size_t best = name.size() / 2 + 1;
        std::string_view found;
        for (const ConfigKey& key : config_keys()) {
            std::vector<std::size_t> row(key.name.size() + 1);
            for (std::size_t j = 0; j < row.size(); ++j)
                row[j] = j;
            for (std::size_t i = 1; i <= name.size(); ++i) {
                std::size_t diagonal = std::exchange(row[0], i);
                for (std::size_t j = 1; j < row.size(); ++j) {
                    const std::size_t changed = diagonal + (name[i - 1] == key.name[j - 1] ? 0 : 1);
                    diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, changed}));
                }
            }
            if (row.back() < best) {
                best = row.back();
                found = key.name;
            }
        }
        return found.empty() ? "; `sportelloctl config show` lists all" : "; did you mean " + std::string(found) + "?";
    }

    void wrong_type(const ConfigKey& key, int line) {
        complain(ConfigProblem::WrongType, line, std::string(key.name),
                 "must be a " + std::string(type_name(key)) + ", for example " + value_text(Config{}, key));
    }

    bool in_range(const ConfigKey& key, double value, int line) {
        if (key.range && (value < key.range->first || value > key.range->second)) {
            complain(ConfigProblem::OutOfRange, line, std::string(key.name), "must be within " + limits_text(key));
            return false;
        }
        return true;
    }

    void set(const ConfigKey& key, const toml::node& node, int line) {
        const bool taken =
            std::visit([&](auto place) { return take(key, place(into_.config), node, line); }, key.place);
        if (taken) into_.origins[std::string(key.name)] = {file_, line};
    }

    bool take(const ConfigKey& key, std::string& value, const toml::node& node, int line) {
        const auto* text = node.as_string();
        if (text == nullptr) return wrong_type(key, line), false;
        const std::string& given = text->get();
        if (!key.allowed.empty() && std::ranges::find(key.allowed, given) == key.allowed.end()) {
            complain(ConfigProblem::NotAllowed, line, std::string(key.name), "must be " + limits_text(key));
            return false;
        }
        if (key.https_only && !given.empty() && !given.starts_with("https://")) {
            complain(ConfigProblem::NotHttps, line, std::string(key.name), "must begin with https://");
            return false;
        }
        value = given;
        return true;
    }

    bool take(const ConfigKey& key, std::int64_t& value, const toml::node& node, int line) {
        const auto* whole = node.as_integer();
        if (whole == nullptr) return wrong_type(key, line), false;
        if (!in_range(key, static_cast<double>(whole->get()), line)) return false;
        value = whole->get();
        return true;
    }

    bool take(const ConfigKey& key, double& value, const toml::node& node, int line) {
        if (!node.is_integer() && !node.is_floating_point()) return wrong_type(key, line), false;
        const double given = *node.value<double>();
        if (!(given == given)) // not a number: compares with nothing
            return wrong_type(key, line), false;
        if (!in_range(key, given, line)) return false;
        value = given;
        return true;
    }

    bool take(const ConfigKey& key, bool& value, const toml::node& node, int line) {
        const auto* given = node.as_boolean();
        if (given == nullptr) return wrong_type(key, line), false;
        value = given->get();
        return true;
    }

    template <class Rep, class Period>
    bool take(const ConfigKey& key, std::chrono::duration<Rep, Period>& value, const toml::node& node, int line) {
        std::int64_t count = 0;
        if (!take(key, count, node, line)) return false;
        value = std::chrono::duration<Rep, Period>(count);
        return true;
    }

    bool take(const ConfigKey& key, std::vector<std::string>& value, const toml::node& node, int line) {
        const auto* list = node.as_array();
        if (list == nullptr) return wrong_type(key, line), false;
        std::vector<std::string> given;
        for (const auto& one : *list) {
            const auto* text = one.as_string();
            if (text == nullptr) return wrong_type(key, line), false;
            if (!text->get().starts_with(key.prefix) || (key.size > 0 && text->get().size() != key.size)) {
                complain(ConfigProblem::NotAllowed, line, std::string(key.name), "must be " + limits_text(key));
                return false;
            }
            given.push_back(text->get());
        }
        value = std::move(given);
        return true;
    }

    LoadedConfig& into_;
    std::string file_;
};

} // namespace

LoadedConfig load_config(std::span<const std::filesystem::path> files) {
    LoadedConfig loaded;
    Loader loader(loaded);
    for (const auto& file : files)
        loader.read(file);
    return loaded;
}

} // namespace net
