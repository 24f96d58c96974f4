#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# xdotool.sh BIN DRIVE OUT STEPS
# The terminal in a real window on a virtual X server, driven from attract to receipt by real pointer and keyboard
# events one millisecond apart. Then the sandbox is asked whether it has, letter by letter, what was typed.
set -uo pipefail
bin=$1 drive=$2 out=$3 steps=$4
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

setsid "$bin/sportello" --demo --state "$state/demo" --tree-file "$state/tree.json" \
    </dev/null >"$out/terminal.txt" 2>"$out/terminal-errors.txt" &
terminal=$!
for _ in $(seq 300); do
    [ -s "$state/tree.json" ] && break
    kill -0 "$terminal" 2>/dev/null || tell "the terminal ended before its first screen"
    sleep 0.05
done
[ -s "$state/tree.json" ] || tell "the terminal showed nothing within fifteen seconds"

begun=$(date +%s%N)
"$drive" "$state/tree.json" "$steps" >"$out/drive.txt" 2>"$out/drive-errors.txt"
code=$?
cp "$state/tree.json" "$out/last.tree.json"
[ $code -eq 0 ] || tell "the drive ended with exit code $code"
echo "$(cat "$out/drive.txt") in $((($(date +%s%N) - begun) / 1000000)) ms, from attract to receipt"

# Who closes the terminal closes all of it.
kill -TERM "$terminal"
for _ in $(seq 60); do
    kill -0 -- "-$terminal" 2>/dev/null || break
    sleep 0.05
done
kill -0 -- "-$terminal" 2>/dev/null && tell "three seconds after SIGTERM something is still running"
terminal=""

setsid "$bin/sportello-sandbox" --state "$state/demo/sandbox" </dev/null >"$out/sandbox.txt" 2>"$out/sandbox-errors.txt" &
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
