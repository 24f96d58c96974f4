#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# papers.sh BIN OUT DRAW_PAPERS [--size WxH]
# Two sheets are photographed, put in order, named and sent with the request: the central system then has one request with
# one paper, a PDF of two pages, under the kind that was chosen; and its page shows it.
set -uo pipefail
bin=$1 out=$2 draw=$3
size=1080x1920
[ "${4:-}" != --size ] || size=$5
here=$(cd "$(dirname "$0")" && pwd)
command -v curl >/dev/null || { echo "skipped: curl is not installed"; exit 77; }
unset DISPLAY WAYLAND_DISPLAY
rm -rf "$out"
mkdir -p "$out"
state=$(mktemp -d "${TMPDIR:-/tmp}/sportello-papers.XXXXXX") || exit 1
sandbox="" sender=""
finish() {
    for one in $sender $sandbox; do kill -KILL "$one" 2>/dev/null; done
    { wait; } 2>/dev/null
    rm -rf "$state"
}
trap finish EXIT
tell() {
    echo "$1"
    [ $# -lt 2 ] || tail -n 20 "$2"
    exit 1
}
value() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' "$2" | tail -n 1; }
until_ready() { # FILE
    for _ in $(seq 300); do
        grep -qF '"ready":true' "$1" 2>/dev/null && return 0
        sleep 0.1
    done
    return 1
}

"$draw" "$out/papers" || tell "the papers were not drawn"
cp "$here/scans/papers/visit.jsonl" "$out/visit.jsonl"
"$bin/sportello-sandbox" --state "$state/sandbox" </dev/null >"$out/sandbox.txt" 2>"$out/sandbox-log.txt" &
sandbox=$!
until_ready "$out/sandbox.txt" || tell "the sandbox did not get ready" "$out/sandbox-log.txt"
base=$(value base "$out/sandbox.txt")
ca=$(value ca "$out/sandbox.txt")
cat >"$out/terminal.toml" <<END
state_dir = "$state/sender"
[forms]
dir = "$here/scans/papers/forms"
[central.fhir]
base_url = "$base"
[central.tls]
ca_file = "$ca"
[outbox]
reserve_mib = 1
END
"$bin/sportello-sender" --demo-pace --config "$out/terminal.toml" </dev/null >"$out/sender.txt" 2>"$out/sender-log.txt" &
sender=$!
until_ready "$out/sender.txt" || tell "the sender did not get ready" "$out/sender-log.txt"

"$bin/sportello" --config "$out/terminal.toml" --size "$size" --script "$out/visit.jsonl" --out "$out" \
    </dev/null >"$out/said.jsonl" 2>"$out/errors.txt" || tell "the visit stopped" "$out/errors.txt"

ask() { curl -sS --fail --max-time 20 --cacert "$ca" "$@" || tell "the central system does not answer: $*"; }
ask "$base/DocumentReference" >"$out/document.json"
grep -q '"total":1' "$out/document.json" || tell "not one document" "$out/document.json"
grep -qF 'identity-document' "$out/document.json" || tell "its kind is not told" "$out/document.json"
grep -qF 'application/pdf' "$out/document.json" || tell "it is no PDF" "$out/document.json"
scan=$(grep -o -m 1 'Binary/[0-9a-f-]*' "$out/document.json" | head -n 1)
[ -n "$scan" ] || tell "the document does not say where its pages are" "$out/document.json"
ask -H 'Accept: application/pdf' "$base/$scan" >"$out/paper.pdf"
[ "$(head -c 5 "$out/paper.pdf")" = "%PDF-" ] || tell "what arrived is no PDF"
grep -aqE '/Count 2\b' "$out/paper.pdf" || tell "it has not two pages"
ask "$base/QuestionnaireResponse" >"$out/response.json"
grep -qF "$scan" "$out/response.json" || tell "the answer does not point to it" "$out/response.json"
page=${base%/fhir}
# Kept, then searched: a search that ends at its first find would close the pipe on who still writes.
ask "$page/" >"$out/requests.html"
task=$(grep -o -m 1 '/request/[0-9A-Za-z-]*' "$out/requests.html" | head -n 1)
[ -n "$task" ] || tell "the page of the requests has none" "$out/requests.html"
ask "$page$task" >"$out/request.html"
grep -qF "${scan#Binary/}" "$out/request.html" || tell "the page of the request does not show it" "$out/request.html"
echo "one request, one paper of two pages, $(wc -c <"$out/paper.pdf") bytes"
