#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# A real window on a virtual X server, real pointer and keyboard events, 1 ms apart: nothing may be lost, and a window
# nobody touches may cost nothing.   window.sh PROBE [SECONDS_IDLE]
probe=$1 idle=${2:-5}
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../pieces.sh"
needs Xvfb xdotool setxkbmap
begin window
start_display 1080x1920
setxkbmap it || tell "the X server does not take the Italian keyboard"

start probe "$probe" "$idle"
probe=$started said=$out/probe.txt
# It says so once that long nothing was drawn. What draws all the time never says it.
until_says idle "$said" "$probe" || tell "something is drawn while nobody does anything"

# Without a window manager keys go to the window under the pointer.
xdotool mousemove 500 1500
xdotool type --delay 1 'Maria Rosa àèéìòù'
xdotool key --delay 1 Tab
xdotool type --delay 1 'via Garibaldi 12'
xdotool key --delay 1 Tab
xdotool type --delay 1 'll55'
xdotool mousemove 200 450 click --repeat 10 --delay 1 1
xdotool mousemove 200 450 mousedown 1 mousemove 800 900 mouseup 1
xdotool key Escape
wait "$probe"
cat "$said"

wrong=0
for words in 'ready 1080x1920' 'field [Maria Rosa àèéìòù]' 'field [via Garibaldi 12]' 'field [ll55]' 'taps 10'; do
    says "$words" "$said" || { echo "expected: $words"; wrong=1; }
done
awk '/^idle/ { seen = 1; if ($5 >= 0.5) { print "idling takes half a per cent of a processor or more"; bad = 1 } }
    END { exit bad || !seen }' "$said" || wrong=1
exit "$wrong"
