#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# check.sh PROGRAM.mjs ARGUMENT…: runs one of the comparisons here with what setup.sh fetched; passes its exit code 77 on.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
cache=$("$here/setup.sh") || {
    code=$?
    echo "$cache"
    exit "$code"
}
program=$1
shift
export TZ=UTC # LHC-Forms takes a date for midnight where the machine stands
exec node "$here/$program" "$cache" "$@"
