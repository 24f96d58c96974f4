#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# xdotool.sh BIN DRIVE OUT STEPS [DEMO]
# The terminal in a real window on a virtual X server, driven from attract to receipt by real pointer and keyboard
# events one millisecond apart. Then the sandbox is asked whether it has, letter by letter, what was typed.
# DEMO: the path of packaging/demo, which then opens the terminal, and which Ctrl-C ends.
set -uo pipefail
bin=$1 drive=$2 out=$3 steps=$4 demo=${5:-}
for tool in Xvfb xdotool setxkbmap curl; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

rm -rf "$out"
mkdir -p "$out"
state=$(mktemp -d "${TMPDIR:-/tmp}/sportello-xdotool.XXXXXX") || exit 1
server="" terminal="" sandbox=""
finish() {
    [ -z "$terminal" ] || kill -KILL -- "-$terminal" 2>/dev/null
    [ -z "$sandbox" ] || kill -KILL -- "-$sandbox" 2>/dev/null
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null
        wait "$server" 2>/dev/null
    fi
    { wait; } 2>/dev/null # and no word about who was killed
    rm -rf "$state"
}
trap finish EXIT
tell() {
    echo "$1"
    for file in "$out"/*.txt; do
        echo "--- $file"
        tail -n 12 "$file"
    done
    exit 1
}

# -noreset: otherwise the server forgets the keyboard layout when setxkbmap leaves.
Xvfb -displayfd 3 -screen 0 1080x1920x24 -noreset -nolisten tcp 3>"$state/display" 2>/dev/null &
server=$!
for _ in $(seq 100); do
    [ -s "$state/display" ] && break
    sleep 0.05
done
[ -s "$state/display" ] || tell "the X server did not start"
DISPLAY=:$(cat "$state/display")
export DISPLAY
setxkbmap it
# Without a window manager keys go to the window under the pointer.
xdotool mousemove 540 960

if [ -n "$demo" ]; then
    # As a shell starts what stands in front: with Ctrl-C allowed.
    command=(env --default-signal=INT "$demo" --no-setup -- --tree-file "$state/tree.json")
    patience=3000 # it looks whether something is to be built
    ending=INT
else
    command=("$bin/sportello" --demo --state "$state/demo" --tree-file "$state/tree.json")
    patience=300
    ending=TERM
fi
setsid "${command[@]}" </dev/null >"$out/terminal.txt" 2>"$out/terminal-errors.txt" &
terminal=$!
for _ in $(seq "$patience"); do
    [ -s "$state/tree.json" ] && break
    kill -0 "$terminal" 2>/dev/null || tell "the terminal ended before its first screen"
    sleep 0.05
done
[ -s "$state/tree.json" ] || tell "the terminal showed nothing within $((patience / 20)) seconds"
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
left() { grep -lzF -- "$kept" /proc/[0-9]*/cmdline 2>/dev/null; }
[ -n "$(left)" ] || tell "neither sender nor sandbox is running"
kill "-$ending" "$terminal"
for _ in $(seq 60); do
    [ -n "$(left)" ] || break
    sleep 0.05
done
[ -z "$(left)" ] || tell "three seconds after SIG$ending something is still running: $(left)"
if [ -n "$demo" ]; then
    wait "$terminal"
    code=$?
    [ $code -eq 130 ] || tell "the demo ended with exit code $code, expected 130"
    grep -q 'nothing is left running' "$out/terminal-errors.txt" || tell "the demo does not say that it has stopped"
fi
terminal=""

setsid "$bin/sportello-sandbox" --state "$kept/sandbox" </dev/null >"$out/sandbox.txt" 2>"$out/sandbox-errors.txt" &
sandbox=$!
for _ in $(seq 100); do
    grep -q '"ready":true' "$out/sandbox.txt" && break
    sleep 0.05
done
base=$(sed -n 's/.*"base":"\([^"]*\)".*/\1/p' "$out/sandbox.txt")
ca=$(sed -n 's/.*"ca":"\([^"]*\)".*/\1/p' "$out/sandbox.txt")
curl -sS --fail --max-time 10 --cacert "$ca" "$base/QuestionnaireResponse" >"$out/received.json" ||
    tell "the sandbox does not answer"
wrong=0
while IFS= read -r typed; do
    grep -qF -- "$typed" "$out/received.json" || { echo "typed and not received: $typed"; wrong=1; }
done < <(sed -n 's/^{"type":"\(.*\)"}$/\1/p' "$steps")
[ "$(grep -o '"resourceType":"QuestionnaireResponse"' "$out/received.json" | wc -l)" -eq 1 ] ||
    { echo "not exactly one request has arrived"; wrong=1; }
exit $wrong
