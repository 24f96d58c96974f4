#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# check.sh WORK WRITE_BUNDLES BUNDLES WHAT [PROGRAM]…
#
# Has the program WRITE_BUNDLES write the Bundles, sets up Node's packages in WORK (never in the source) and runs check.mjs there.
# Exit code 77, with the reason, where Node.js 20 or npm is missing: these tests are then skipped in plain sight.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
work=$1
writer=$2
bundles=$3
shift 3

. "$here/../node.sh"
need_node

mkdir -p "$work"
exec 9>"$work/lock"
flock 9
# Another of these tests may just be reading them: what changed takes the old one's place at once and whole.
for file in "$here"/*.mjs "$here"/package.json "$here"/package-lock.json; do
    cmp -s "$file" "$work/${file##*/}" || { cp "$file" "$work/.next" && mv "$work/.next" "$work/${file##*/}"; }
done
"$writer" "$bundles"
cd "$work"
# The mark is the lock file as it was when everything was installed.
if ! cmp -s package-lock.json node_modules/.installed; then
    npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || {
        tail -n 20 npm.log
        skip "npm could not install the judge: see above; is a package registry reached?"
    }
    cp package-lock.json node_modules/.installed
fi
flock -u 9
exec node check.mjs "$@" "$bundles" 9>&-
