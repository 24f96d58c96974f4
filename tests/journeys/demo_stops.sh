#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# demo_stops.sh ROOT: packaging/demo is interrupted while a visit is being played; nothing may stay behind.
cd "$1" || exit 1
. tests/pieces.sh
begin demo-stops
# The way a shell starts what stands in front: with Ctrl-C allowed.
start demo env --default-signal=INT packaging/demo --headless --no-setup --size 1080x1920
demo=$started
ours() { processes_with "$PWD/build/demo/"; } # everything that works on this demo's folder
seen() { process_of sportello-sender "$PWD/build/demo/" >/dev/null; }
seen_or_ended() { seen || ! kill -0 "$demo" 2>/dev/null; }
until_true seen_or_ended && seen || tell "the demo did not come as far as a running sender"
sleep 0.3 # into the visit; wherever it is met, the same must follow
kill -INT "$demo"
wait "$demo"
code=$?
none_left() { left=$(ours) && [ -z "$left" ]; }
until_true none_left || {
    echo "still running after the interrupt:"
    for one in $left; do tr '\0' ' ' <"/proc/$one/cmdline"; echo; kill -KILL "$one"; done
    exit 1
}
[ $code -eq 130 ] || tell "exit code $code, expected 130"
says 'nothing is left running' "$out/demo-log.txt" || says 'nothing is left running' "$out/demo.txt" || tell "it does not say that nothing is left"
echo "interrupted, and nothing is left"
