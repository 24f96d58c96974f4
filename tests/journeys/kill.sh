#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# kill.sh BIN OUT [TIMES]
# Terminal and sender are killed (SIGKILL) between "kept" and "acknowledged", TIMES times (20) over one outbox, each time in
# one of four situations; then they are started again, and in the end the central system must have exactly one of everything.
#   1 the central system is away                 3 it stores, and answers only after the sender is dead
#   2 it stores and hangs up without an answer   4 nothing special: killed as soon as the number is on the screen
set -uo pipefail
bin=$1 out=$2 times=${3:-20}
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
command -v curl >/dev/null || { echo "skipped: curl is not installed"; exit 77; }
unset DISPLAY WAYLAND_DISPLAY

rm -rf "$out"
mkdir -p "$out"
state=$(mktemp -d "${TMPDIR:-/tmp}/sportello-kill.XXXXXX") || exit 1
sandbox="" sender="" terminal=""
finish() {
    for one in $terminal $sender $sandbox; do kill -KILL -- "-$one" 2>/dev/null; done
    { wait; } 2>/dev/null # and no word about who was killed
    rm -rf "$state"
}
trap finish EXIT
tell() {
    echo "$1"
    for file in "$out"/*.txt; do
        echo "--- $file"
        tail -n 5 "$file"
    done
    exit 1
}
value() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' "$2" | tail -n 1; }
# wait_for WORDS FILE TENTHS PROCESS: until the file says so
wait_for() {
    for _ in $(seq $(($3 * 5))); do
        grep -qF -- "$1" "$2" 2>/dev/null && return 0
        kill -0 "$4" 2>/dev/null || return 1
        sleep 0.02
    done
    return 1
}

port=()
start_sandbox() {
    : >"$out/sandbox.txt" # the last one's word must not be taken for this one's
    setsid "$bin/sportello-sandbox" --state "$state/sandbox" --allow-faults "${port[@]}" \
        </dev/null >"$out/sandbox.txt" 2>>"$out/sandbox-log.txt" &
    sandbox=$!
    wait_for '"ready":true' "$out/sandbox.txt" 100 "$sandbox" || tell "the sandbox did not get ready"
    base=$(value base "$out/sandbox.txt")
    ca=$(value ca "$out/sandbox.txt")
    local rest=${base#https://*:}
    port=(--port "${rest%%/*}")
}
stop_sandbox() {
    kill -TERM "$sandbox"
    wait "$sandbox" 2>/dev/null
    sandbox=""
}
start_sender() {
    : >"$out/sender.txt"
    setsid "$bin/sportello-sender" --demo-pace --config "$out/terminal.toml" </dev/null >"$out/sender.txt" 2>>"$out/sender-log.txt" &
    sender=$!
    wait_for '"ready":true' "$out/sender.txt" 100 "$sender" || tell "the sender did not get ready"
}
fault() {
    curl -sS --fail --max-time 5 --cacert "$ca" -d "$1" "${base%/fhir}/_sandbox/fault" >/dev/null || tell "no fault could be set"
}
# many TYPE: how many the central system has
many() {
    curl -sS --fail --max-time 10 --cacert "$ca" "$base/$1?_summary=count" | sed -n 's/.*"total":\([0-9]*\).*/\1/p'
}

start_sandbox
cat >"$out/terminal.toml" <<END
state_dir = "$state/sender"
[central.fhir]
base_url = "$base"
[central.tls]
ca_file = "$ca"
[courier]
backoff_base_s = 2
backoff_max_s = 30
END

for turn in $(seq "$times"); do
    situation=$(((turn - 1) % 4 + 1))
    [ -n "$sandbox" ] || start_sandbox
    start_sender
    case $situation in
        1) stop_sandbox ;;
        2) fault '{"count":1,"drop":"after"}' ;;
        3) fault '{"count":1,"delayMs":1500}' ;;
    esac
    : >"$out/terminal.txt"
    setsid "$bin/sportello" --config "$out/terminal.toml" --script "$here/kill.steps" --out "$out/shots" \
        </dev/null >"$out/terminal.txt" 2>"$out/terminal-errors.txt" &
    terminal=$!
    wait_for '"step":{"expect":"number"}' "$out/terminal.txt" 600 "$terminal" ||
        tell "turn $turn: no receipt number ($(cat "$out/terminal-errors.txt"))"
    # A moment for the courier, so that the kill meets it before, in and after its talk with the central system.
    case $situation in
        2) sleep 0.3 ;;
        3) sleep 0.5 ;;
    esac
    kill -KILL -- "-$terminal" || tell "turn $turn: the terminal was not running any more"
    kill -KILL -- "-$sender" || tell "turn $turn: the sender was not running any more"
    wait "$terminal" "$sender" 2>/dev/null
    terminal="" sender=""
done

[ -n "$sandbox" ] || start_sandbox
start_sender
# (--demo-pace: after an answer without proof the sender asks within seconds, not after a minute.)
for _ in $(seq 180); do
    "$bin/sportelloctl" outbox list --config "$out/terminal.toml" >"$out/outbox.txt" 2>"$out/ctl-errors.txt"
    acknowledged=$(grep -c '"state":"acknowledged"' "$out/outbox.txt")
    [ "$acknowledged" -ge "$times" ] && break
    sleep 1
done
[ "$acknowledged" -eq "$times" ] || tell "$acknowledged of $times requests are acknowledged"
[ "$(grep -c . "$out/outbox.txt")" -eq "$times" ] || tell "the outbox lists more than $times requests"

wrong=0
for type in Task QuestionnaireResponse Provenance; do
    count=$(many "$type")
    echo "$type: $count"
    [ "$count" = "$times" ] || { echo "expected $times"; wrong=1; }
done
references=$(sed -n 's/.*"reference":"\([^"]*\)".*/\1/p' "$out/outbox.txt" | sort -u | grep -c .)
echo "references: $references different"
[ "$references" -eq "$times" ] || wrong=1

# The terminal itself starts again on the same state, with nothing of a visit on its first screen.
printf '%s\n' '{"expect":"start.it"}' '{"absent":"Giglio"}' >"$out/again.jsonl"
"$bin/sportello" --config "$out/terminal.toml" --script "$out/again.jsonl" --out "$out/shots" </dev/null >"$out/again.txt" 2>&1 ||
    tell "the terminal does not start again"
echo "$times killed between kept and acknowledged: exactly one of everything, after $SECONDS s"
exit $wrong
