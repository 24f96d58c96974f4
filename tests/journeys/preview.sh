#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# preview.sh BIN OUT FORM
# An author's desk without a display: the form is edited while `sportello --preview` shows it. A good edit is there within
# seconds with the page and the answers kept; a bad one shows its mistakes over the last good version. Nothing is started
# beside the program, and it makes no state folder.
bin=$1 out=$2 given=$3
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../pieces.sh"
begin preview
form=$out/questionnaire.json
cp "$given" "$form"
printf 'state_dir = "%s/none"\n' "$state" >"$out/preview.toml"
cat >"$out/preview.jsonl" <<'STEPS'
{"expect":"Vivi in questo Comune?"}
{"expect":"Anteprima: niente viene inviato"}
{"answer":"si-no","value":true}
{"tap":"next"}
{"expect":"Che cosa ti serve prima di tutto?"}
{"answer":"verticale","value":"cibo"}
{"shot":"before"}
{"expect":"Che cosa ti serve adesso?"}
{"shot":"after"}
{"expect":"panel.close"}
{"expect":"/item/0/item/4/type"}
{"shot":"mistakes"}
{"tap":"panel.close"}
{"expect":"Che cosa ti serve adesso?"}
{"expect":"Che cosa ti serve oggi?"}
{"absent":"panel.close"}
{"tap":"back"}
{"shot":"end"}
STEPS
start said "$bin/sportello" --preview "$form" --config "$out/preview.toml" --size 1080x1920 --script "$out/preview.jsonl" --out "$out"
program=$started
played() { until_says "{\"line\":$1," "$out/said.txt" "$program"; } # this line of the journey
edit() { # edit SED_COMMAND [FILE]: as editors do, a new file takes the place of the old one
    sed "$1" "${2:-$form}" >"$form.new" && mv "$form.new" "$form"
}

played 7 || tell "the first pages were not reached"
edit 's/Che cosa ti serve prima di tutto?/Che cosa ti serve adesso?/'
played 9 || tell "a saved change does not appear"
cp "$form" "$out/good.json"
edit 's/"linkId": "orizzontale", *$/&/; /"linkId": "orizzontale"/,/"type"/ s/"type": "choice"/"type": "chioce"/'
cmp -s "$form" "$out/good.json" && tell "the test did not change the form"
played 14 || tell "mistakes do not appear, or do not leave"
edit 's/Che cosa ti serve adesso?/Che cosa ti serve oggi?/' "$out/good.json"
wait "$program"
code=$?
[ $code -eq 0 ] || tell "exit code $code"
[ ! -e "$state/none" ] || tell "a preview has made a state folder"
# The answer given before the first edit is still there after the last.
python3 - "$out" <<'CHECK' || tell "answers were lost"
import glob, json, sys
tree = json.load(open(glob.glob(sys.argv[1] + "/*-after.tree.json")[0]))
nodes = tree if isinstance(tree, list) else tree["nodes"]
chosen = [n["name"] for n in nodes if "selected" in n.get("state", [])]
sys.exit(0 if chosen == ["b) Qualcosa da mangiare"] else f"chosen after the edit: {chosen}")
CHECK
