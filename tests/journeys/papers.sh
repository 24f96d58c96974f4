#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# papers.sh BIN OUT DRAW_PAPERS [--size WxH]
# Two sheets are photographed, put in order, named and sent with the request: the central system then has one request with
# one paper, a PDF of two pages, under the kind that was chosen; and its page shows it.
bin=$1 out=$2 draw=$3
size=1080x1920
[ "${4:-}" != --size ] || size=$5
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
. "$here/../pieces.sh"
needs curl
begin papers
"$draw" "$out/papers" || tell "the papers were not drawn"
cp "$here/scans/papers/visit.jsonl" "$out/visit.jsonl"
start_sandbox
configure <<END
[forms]
dir = "$here/scans/papers/forms"
[outbox]
reserve_mib = 1
END
start_sender --demo-pace

"$bin/sportello" --config "$out/terminal.toml" --size "$size" --script "$out/visit.jsonl" --out "$out" \
    </dev/null >"$out/said.jsonl" 2>"$out/errors.txt" || tell "the visit stopped" "$out/errors.txt"

ask "$base/DocumentReference" >"$out/document.json"
says '"total":1' "$out/document.json" || tell "not one document" "$out/document.json"
says identity-document "$out/document.json" || tell "its kind is not told" "$out/document.json"
says application/pdf "$out/document.json" || tell "it is no PDF" "$out/document.json"
scan=$(first 'Binary/[0-9a-f-]+' "$out/document.json") || tell "the document does not say where its pages are" "$out/document.json"
ask -H 'Accept: application/pdf' "$base/$scan" >"$out/paper.pdf"
[ "$(head -c 5 "$out/paper.pdf")" = "%PDF-" ] || tell "what arrived is no PDF"
grep -aqE '/Count 2\b' "$out/paper.pdf" || tell "it has not two pages"
ask "$base/QuestionnaireResponse" >"$out/response.json"
says "$scan" "$out/response.json" || tell "the answer does not point to it" "$out/response.json"
site=${base%/fhir}
ask "$site/" >"$out/requests.html"
task=$(first '/request/[0-9A-Za-z-]+' "$out/requests.html") || tell "the page of the requests has none" "$out/requests.html"
ask "$site$task" >"$out/request.html"
says "${scan#Binary/}" "$out/request.html" || tell "the page of the request does not show it" "$out/request.html"
echo "one request, one paper of two pages, $(wc -c <"$out/paper.pdf") bytes"
