# SPDX-License-Identifier: EUPL-1.2
# For scripts that need Node.js and packages of a registry: they are skipped in plain sight, with the reason, where these are
# missing. Source it; `skip` ends the script with the exit code 77, or that of `missing` when the script sets it.

skip() {
    echo "$1"
    exit "${missing:-77}"
}

# Node.js 20 and npm are here, or the script is skipped.
need_node() {
    command -v node >/dev/null || skip "Node.js is not installed: version 20 or newer is needed"
    command -v npm >/dev/null || skip "npm is not installed"
    local version
    version=$(node --version)
    local major=${version#v}
    [ "${major%%.*}" -ge 20 ] || skip "Node.js $version is too old: version 20 or newer is needed"
}
