#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Renews tests/samples/forms/lforms/cases.ndjson with cases on which the program and LHC-Forms agree.
set -euo pipefail
root=$(dirname "$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")")
"$root/tests/lforms/check.sh" check.mjs "$root/build/release/bin/sportelloctl" "$root/forms/README.md" --record 80 >"$root/build/cases.ndjson"
mv "$root/build/cases.ndjson" "$root/tests/samples/forms/lforms/cases.ndjson"
