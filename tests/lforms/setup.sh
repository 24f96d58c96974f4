#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# setup.sh: fetches LHC-Forms and jsdom into a cache outside the source, once, and prints where they are.
# Exit code 77, with the reason, where Node.js 20 or npm is missing or no registry is reached: what needs them is then
# skipped in plain sight.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
version=40.1.3
checksum="sha512-WLruTm+BcVnafC0rSAQ3/cNqhxvclBUxyBG68aub/uha2NaK9H8ZZcEXTTuORuGzzCt0wa7fvhuieZtcDIdPzQ=="

. "$here/../node.sh"
need_node

cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/sportello-tests/lforms
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
# The mark says what was installed completely.
wanted="$version $(cksum <"$here/package-lock.json")"
if [ "$(cat "$cache/installed" 2>/dev/null)" != "$wanted" ]; then
    rm -rf "$cache/installed" "$cache/node_modules" "$cache/package" "$cache"/*.tgz
    cp "$here"/package.json "$here"/package-lock.json "$cache"
    cd "$cache"
    # `npm install lforms` would fetch a whole tool chain that its built files do not need: only the package itself is taken.
    if ! { npm ci --ignore-scripts --no-audit --no-fund && npm pack "lforms@$version" --silent; } >npm.log 2>&1; then
        tail -n 5 npm.log >&2
        skip "npm could not fetch LHC-Forms: is a package registry reached?"
    fi
    fetched=sha512-$(node -p "crypto.createHash('sha512').update(fs.readFileSync('lforms-$version.tgz')).digest('base64')")
    if [ "$fetched" != "$checksum" ]; then
        echo "lforms-$version.tgz is not the file it should be: $fetched" >&2
        exit 1
    fi
    tar -xzf "lforms-$version.tgz" package/dist/lforms/webcomponent package/dist/lforms/fhir/R4
    rm "lforms-$version.tgz"
    echo "$wanted" >installed
fi
flock -u 9
echo "$cache"
