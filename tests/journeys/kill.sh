#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# kill.sh BIN OUT [TIMES]
# Terminal and sender are killed (SIGKILL) between "kept" and "acknowledged", TIMES times (20) over one outbox, each time in
# one of four situations; then they are started again, and in the end the central system must have exactly one of everything.
#   1 the central system is away                 3 it stores, and answers only after the sender is dead
#   2 it stores and hangs up without an answer   4 nothing special: killed as soon as the number is on the screen
bin=$1 out=$2 times=${3:-20}
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
. "$here/../pieces.sh"
needs curl
begin kill

sandbox=""
sandbox_on() { [ -n "$sandbox" ] || start_sandbox --allow-faults; }
sandbox_on
configure <<'END'
[courier]
backoff_base_s = 2
backoff_max_s = 30
END

for turn in $(seq "$times"); do
    situation=$(((turn - 1) % 4 + 1))
    sandbox_on
    start_sender --demo-pace
    case $situation in
        1) stop "$sandbox" && sandbox="" ;;
        2) fault '{"count":1,"drop":"after"}' ;;
        3) fault '{"count":1,"delayMs":1500}' ;;
    esac
    start terminal "$bin/sportello" --config "$out/terminal.toml" --script "$here/kill.steps" --out "$out/shots"
    terminal=$started
    until_says '"step":{"expect":"number"}' "$out/terminal.txt" "$terminal" || tell "turn $turn: no receipt number"
    # A moment for the courier, so that the kill meets it before, in and after its talk with the central system. What it
    # meets is left to chance: after every one of them all must be well.
    case $situation in
        2) sleep 0.3 ;;
        3) sleep 0.5 ;;
    esac
    stop "$terminal" KILL || tell "turn $turn: the terminal was not running any more"
    stop "$sender" KILL || tell "turn $turn: the sender was not running any more"
done

sandbox_on
# (--demo-pace: after an answer without proof the sender asks within seconds, not after a minute.)
start_sender --demo-pace
all_acknowledged() {
    ctl outbox list >"$out/outbox.txt" 2>"$out/ctl-errors.txt"
    acknowledged=$(grep -c '"state":"acknowledged"' "$out/outbox.txt")
    [ "$acknowledged" -ge "$times" ]
}
until_true all_acknowledged
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
    tell "the terminal does not start again" "$out/again.txt"
echo "$times killed between kept and acknowledged: exactly one of everything, after $SECONDS s"
exit $wrong
