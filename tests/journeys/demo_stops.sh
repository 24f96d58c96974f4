#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# demo_stops.sh ROOT: packaging/demo is interrupted while a visit is being played; nothing may stay behind.
set -uo pipefail
cd "$1" || exit 1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The way a shell starts what stands in front: with Ctrl-C allowed.
setsid env --default-signal=INT packaging/demo --headless --no-setup --size 1080x1920 </dev/null >"$log" 2>&1 &
demo=$!
ours() { # process numbers of everything that works on this demo's folder
    local one
    for one in /proc/[0-9]*/cmdline; do
        tr '\0' ' ' 2>/dev/null <"$one" | grep -qF "$PWD/build/demo/" && one=${one#/proc/} && echo "${one%/cmdline}"
    done
}
running() { for one in $(ours); do tr '\0' ' ' <"/proc/$one/cmdline" 2>/dev/null | grep -q "$1" && return 0; done; return 1; }
seen=no
for _ in $(seq 600); do
    if running 'bin/sportello-sender'; then seen=yes; break; fi
    kill -0 "$demo" 2>/dev/null || break
    sleep 0.1
done
if [ $seen = no ]; then
    echo "the demo did not come as far as a running sender:"
    cat "$log"
    kill -KILL -- "-$demo" 2>/dev/null
    exit 1
fi
sleep 0.3
kill -INT "$demo"
wait "$demo"
code=$?
left=""
for _ in $(seq 50); do
    left=$(ours)
    [ -n "$left" ] || break
    sleep 0.1
done
if [ -n "$left" ]; then
    echo "still running after the interrupt:"
    for one in $left; do tr '\0' ' ' <"/proc/$one/cmdline"; echo; kill -KILL "$one"; done
    exit 1
fi
[ $code -eq 130 ] || { echo "exit code $code, expected 130"; cat "$log"; exit 1; }
grep -q 'nothing is left running' "$log" || { echo "it does not say so:"; cat "$log"; exit 1; }
echo "interrupted, and nothing is left"
