#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# trouble.sh BIN OUT
# What can be wrong before anybody has touched the screen. Each case ends with a reason that names place and remedy and
# exit code 1, or with a screen that sends to the desk before a form is begun. What was kept before stays kept.
bin=$1 out=$2
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../pieces.sh"
begin trouble
mounted=""
at_end() { [ -z "$mounted" ] || umount "$mounted"; }

wrong=0
say() {
    echo "wrong: $1"
    [ $# -lt 2 ] || sed 's/^/    /' "$2" | tail -n 15
    wrong=1
}
# refuses NAME WORDS COMMAND…: exit code 1, and these words on standard error
refuses() {
    local name=$1 words=$2
    shift 2
    timeout "$patience" "$@" </dev/null >"$out/$name.txt" 2>"$out/$name-errors.txt"
    local code=$?
    [ $code -eq 1 ] || say "$name: exit code $code, expected 1" "$out/$name-errors.txt"
    grep -qF -- "$words" "$out/$name-errors.txt" || say "$name: does not say \"$words\"" "$out/$name-errors.txt"
}
start_as() { # start_as NAME ARGUMENTS…: a sender
    local name=$1
    shift
    start "$name" "$bin/sportello-sender" "$@"
    sender=$started
    until_says '"ready":true' "$out/$name.txt" "$sender"
}

# ---- a state folder that cannot be ------------------------------------------------------------------------------------
touch "$state/file"
printf '%s\n' '{"expect":"start.it"}' >"$out/first.jsonl"
refuses demo-state "$state/file/x" "$bin/sportello" --demo --state "$state/file/x" --script "$out/first.jsonl"
refuses sender-state "$state/file/x" "$bin/sportello-sender" --state "$state/file/x"
refuses sandbox-state "state folder cannot be made" "$bin/sportello-sandbox" --state "$state/file/x"

# ---- a key that does not exist ----------------------------------------------------------------------------------------
printf '[office]\nphoen = "1"\n' >"$out/wrong.toml"
for program in sportello sportello-sender; do
    refuses "key-$program" "wrong.toml:2: office.phoen" "$bin/$program" --config "$out/wrong.toml"
done

# ---- no sender: the screen sends to the desk, and comes back when there is one ----------------------------------------
printf 'state_dir = "%s"\n' "$state/sender" >"$out/terminal.toml"
cat >"$out/no-sender.jsonl" <<'END'
{"expect":"code"}
{"expect":"retry"}
{"absent":"start.it"}
{"shot":"out-of-service"}
END
"$bin/sportello" --config "$out/terminal.toml" --script "$out/no-sender.jsonl" --out "$out" </dev/null \
    >"$out/no-sender.txt" 2>"$out/no-sender-errors.txt" || say "without a sender" "$out/no-sender-errors.txt"

# ---- a second sender on the same outbox -------------------------------------------------------------------------------
start_as first-sender --config "$out/terminal.toml" || say "the sender did not get ready" "$out/first-sender-log.txt"
refuses second-sender "$state/sender" "$bin/sportello-sender" --config "$out/terminal.toml"
kill -0 "$sender" 2>/dev/null || say "the first sender has gone"
printf '%s\n' '{"expect":"start.it"}' >"$out/with-sender.jsonl"
"$bin/sportello" --config "$out/terminal.toml" --script "$out/with-sender.jsonl" --out "$out" </dev/null \
    >"$out/with-sender.txt" 2>"$out/with-sender-errors.txt" || say "with the first sender alone" "$out/with-sender-errors.txt"
stop "$sender"

# ---- a disk without room ----------------------------------------------------------------------------------------------
mkdir "$state/small"
if mount -t tmpfs -o size=16m tmpfs "$state/small" 2>/dev/null; then
    mounted=$state/small
    printf 'state_dir = "%s"\n' "$state/small/sender" >"$out/small.toml"
    if start_as small-disk --config "$out/small.toml"; then
        "$bin/sportello" --config "$out/small.toml" --script "$out/no-sender.jsonl" --out "$out" </dev/null \
            >"$out/small.txt" 2>"$out/small-errors.txt" || say "on a disk without room a form is offered" "$out/small-errors.txt"
        stop "$sender"
    else
        # It may refuse at once: then it says where and what to do.
        grep -qF "$state/small/sender" "$out/small-disk-log.txt" || say "a disk without room" "$out/small-disk-log.txt"
    fi
else
    echo "left out: a disk without room (no right to mount a small one here)"
fi
exit $wrong
