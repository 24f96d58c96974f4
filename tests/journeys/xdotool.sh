#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# xdotool.sh BIN DRIVE OUT STEPS [DEMO]
# The terminal in a real window on a virtual X server, driven from attract to receipt by real pointer and keyboard
# events one millisecond apart. Then the sandbox is asked whether it has, letter by letter, what was typed.
# DEMO: the path of packaging/demo, which then opens the terminal, and which Ctrl-C ends.
bin=$1 drive=$2 out=$3 steps=$4 demo=${5:-}
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../pieces.sh"
needs Xvfb xdotool setxkbmap curl
begin xdotool
start_display 1080x1920
setxkbmap it || tell "the X server does not take the Italian keyboard"
# Without a window manager keys go to the window under the pointer.
xdotool mousemove 540 960

if [ -n "$demo" ]; then
    # As a shell starts what stands in front: with Ctrl-C allowed.
    command=(env --default-signal=INT "$demo" --no-setup -- --tree-file "$state/tree.json")
    ending=INT
else
    command=("$bin/sportello" --demo --state "$state/demo" --tree-file "$state/tree.json")
    ending=TERM
fi
start terminal "${command[@]}"
terminal=$started
shown() { [ -s "$state/tree.json" ]; }
shown_or_ended() { shown || ! kill -0 "$terminal" 2>/dev/null; }
until_true shown_or_ended && shown || tell "the terminal showed nothing"
kept=$state/demo
[ -z "$demo" ] || kept=$(sed -n 's/^state_dir = "\(.*\)"$/\1/p' "$(dirname "$demo")/../build/demo/demo.toml")

begun=$(date +%s%N)
"$drive" "$state/tree.json" "$steps" >"$out/drive.txt" 2>"$out/drive-errors.txt"
code=$?
cp "$state/tree.json" "$out/last.tree.json"
[ $code -eq 0 ] || tell "the drive ended with exit code $code"
echo "$(cat "$out/drive.txt") in $((($(date +%s%N) - begun) / 1000000)) ms, from attract to receipt"

# Who closes the terminal closes all of it. Its helpers are looked for by the state folder that each of them names: under
# the demo they are in process groups of their own.
[ -n "$(processes_with "$kept")" ] || tell "neither sender nor sandbox is running"
kill "-$ending" "$terminal"
none_left() { left=$(processes_with "$kept") && [ -z "$left" ]; }
until_true none_left || tell "long after SIG$ending something is still running: $left"
wait "$terminal"
code=$?
if [ -n "$demo" ]; then
    [ $code -eq 130 ] || tell "the demo ended with exit code $code, expected 130"
    says 'nothing is left running' "$out/terminal-log.txt" || tell "the demo does not say that it has stopped"
fi

sandbox_state=$kept/sandbox
start_sandbox
ask "$base/QuestionnaireResponse" >"$out/received.json"
wrong=0
while IFS= read -r typed; do
    says "$typed" "$out/received.json" || { echo "typed and not received: $typed"; wrong=1; }
done < <(sed -n 's/^{"type":"\(.*\)"}$/\1/p' "$steps")
[ "$(grep -o '"resourceType":"QuestionnaireResponse"' "$out/received.json" | wc -l)" -eq 1 ] ||
    { echo "not exactly one request has arrived"; wrong=1; }
exit $wrong
