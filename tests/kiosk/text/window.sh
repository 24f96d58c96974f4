#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# A real window on a virtual X server, real pointer and keyboard events, 1 ms apart: nothing may be lost, and a window
# nobody touches may cost nothing.   window.sh PROBE [SECONDS_IDLE]
set -euo pipefail
probe=$1
idle=${2:-5}
for tool in Xvfb xdotool setxkbmap; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

work=$(mktemp -d)
server= program=
finish() {
    if [ -n "$program" ]; then kill "$program" 2>/dev/null || true; fi
    if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
    rm -rf "$work"
}
trap finish EXIT

# -noreset: otherwise the server forgets the keyboard layout when setxkbmap leaves.
Xvfb -displayfd 3 -screen 0 1080x1920x24 -noreset -nolisten tcp 3>"$work/display" 2>/dev/null &
server=$!
for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$work/display")
export DISPLAY
setxkbmap it

"$probe" >"$work/said" &
program=$!
for _ in $(seq 100); do grep -qs ready "$work/said" && break; sleep 0.1; done
sleep "$idle"

# Without a window manager keys go to the window under the pointer.
xdotool mousemove 500 1500
xdotool type --delay 1 'Maria Rosa àèéìòù'
xdotool key --delay 1 Tab
xdotool type --delay 1 'via Garibaldi 12'
xdotool key --delay 1 Tab
xdotool type --delay 1 'll55'
xdotool mousemove 200 450 click --repeat 10 --delay 1 1
xdotool mousemove 200 450 mousedown 1 mousemove 800 900 mouseup 1
sleep 1
xdotool key Escape
wait "$program"
program=
cat "$work/said"

wrong=0
expect() { grep -qF -- "$1" "$work/said" || { echo "expected: $1"; wrong=1; }; }
expect 'ready 1080x1920'
expect 'field [Maria Rosa àèéìòù]'
expect 'field [via Garibaldi 12]'
expect 'field [ll55]'
expect 'taps 10'
awk -v wanted="$idle" '
    /^idle/ { seen = 1; if ($2 < wanted - 1.5) { print "something was drawn while nobody did anything"; bad = 1 }
              if ($5 >= 0.5) { print "idling takes half a per cent of a processor or more"; bad = 1 } }
    END { exit bad || !seen }' "$work/said" || wrong=1
exit "$wrong"
