#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# run.sh BIN SCAN DRIVE OUT
# A visit in which every text is a word that occurs nowhere else, typed with real keys into the real terminal, through
# the real sender; a second request with a picture that carries such a word, through sportelloctl. Then these words are looked for in the
# memory of terminal and sender, and in every file that either may have written (state, logs, temporary files): first
# while the requests still wait, then after they were delivered. The central system (the sandbox) must have them all.
set -uo pipefail
bin=$1 scan=$2 drive=$3 out=$4
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
for tool in Xvfb xdotool setxkbmap curl; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
unset WAYLAND_DISPLAY
rm -rf "$out"
mkdir -p "$out"
state=$(mktemp -d "${TMPDIR:-/tmp}/sportello-canary.XXXXXX") || exit 1
mkdir "$state/tmp"
sandbox="" sender="" terminal="" server=""
finish() {
    for one in $terminal $sender $sandbox; do kill -CONT -- "-$one" 2>/dev/null; kill -KILL -- "-$one" 2>/dev/null; done
    [ -z "$server" ] || kill "$server" 2>/dev/null
    { wait; } 2>/dev/null
    rm -rf "$state"
}
trap finish EXIT
tell() {
    echo "$1"
    for file in "$out"/*.txt; do echo "--- $file"; tail -n 5 "$file"; done
    exit 1
}
value() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' "$2" | tail -n 1; }
# wait_for WORDS FILE SECONDS PROCESS
wait_for() {
    for _ in $(seq $(($3 * 20))); do
        grep -qF -- "$1" "$2" 2>/dev/null && return 0
        kill -0 "$4" 2>/dev/null || return 1
        sleep 0.05
    done
    return 1
}

# Eight words, new in every run: letters only, so that no field and no normalisation changes them.
words=()
for n in $(seq 8); do words+=("Zq$(head -c 60 /dev/urandom | tr -dc 'a-z' | head -c 10)x"); done
for n in $(seq 8); do sed_words+=(-e "s/@WORD$n@/${words[$((n - 1))]}/g"); done
sed "${sed_words[@]}" "$here/visit.steps" >"$state/visit.steps"

# -noreset: otherwise the server forgets the keyboard layout when setxkbmap leaves.
Xvfb -displayfd 3 -screen 0 1080x1920x24 -noreset -nolisten tcp 3>"$state/display" 2>/dev/null &
server=$!
for _ in $(seq 200); do [ -s "$state/display" ] && break; sleep 0.05; done
DISPLAY=:$(cat "$state/display")
export DISPLAY
setxkbmap it
xdotool mousemove 540 960

# The process with this program's name and this run's folder in its command line.
process_of() {
    for folder in /proc/[0-9]*; do
        { tr '\0' ' ' <"$folder/cmdline"; } 2>/dev/null | grep -q "^[^ ]*/$1 .*$state" && basename "$folder" && return 0
    done
    return 1
}
export TMPDIR=$state/tmp
# --demo, because only there a program may watch the screen; sender and sandbox are processes of their own as ever.
setsid "$bin/sportello" --demo --state "$state/demo" --tree-file "$state/tree.json" \
    </dev/null >"$out/terminal.txt" 2>"$out/terminal-log.txt" &
terminal=$!
for _ in $(seq 600); do [ -s "$state/tree.json" ] && break; sleep 0.05; done

failed=0
# look WHEN: memory of both programs and all files
look() {
    for process in "$terminal" "$sender"; do
        kill -STOP "$process"
        "$scan" "$process" "${words[@]}" >"$out/memory.txt" 2>&1
        local found=$?
        kill -CONT "$process"
        [ "$found" -eq 77 ] && { echo "skipped: this user may not read the memory of other processes"; exit 77; }
        echo "$1: $([ "$process" = "$terminal" ] && echo terminal || echo sender): $(tail -n 1 "$out/memory.txt")"
        [ "$found" -eq 0 ] || { head -n 40 "$out/memory.txt"; failed=1; }
    done
    for word in "${words[@]}"; do
        # The steps themselves hold the words; the sandbox may have them.
        files=$(grep -rlaF -- "$word" "$state" "$out" /dev/shm 2>/dev/null | grep -v -e "^$state/visit.steps" -e "^$out/memory.txt" \
            -e "^$state/demo/sandbox" -e "^$state/picture")
        [ -z "$files" ] || { echo "$1: $word stands in: $files"; failed=1; }
    done
    # Neither may the outbox say which form it was.
    for word in primo-accesso Questionnaire sportello.example.org; do
        files=$(grep -rlaF -- "$word" "$(dirname "$socket")" 2>/dev/null)
        [ -z "$files" ] || { echo "$1: the outbox says $word: $files"; failed=1; }
    done
}

sender=$(process_of sportello-sender) || tell "no sender runs"
sandbox=$(process_of sportello-sandbox) || tell "no sandbox runs"
config=$(tr '\0' '\n' <"/proc/$sender/cmdline" | sed -n '/^--config$/{n;p}' | tail -n 1)
socket=$(find "$state/demo" -name sender.sock | head -n 1)
# The central system is away at first.
sandbox_line=()
while IFS= read -r -d '' word; do sandbox_line+=("$word"); done <"/proc/$sandbox/cmdline"
ca=$(sed -n 's/^ *ca_file *= *"\(.*\)"/\1/p; s/.*ca_file = "\([^"]*\)".*/\1/p' "$config" | head -n 1)
base=$(sed -n 's/.*base_url = "\([^"]*\)".*/\1/p' "$config" | head -n 1)
kill -KILL "$sandbox"

"$drive" "$state/tree.json" "$state/visit.steps" >"$state/drive.txt" 2>"$state/drive-errors.txt" ||
    tell "the visit did not get to its check page: $(tail -n 2 "$state/drive-errors.txt")"
# In the middle of the visit the words must be there, or this would find nothing anywhere.
kill -STOP "$terminal"
"$scan" "$terminal" "${words[0]}" >"$out/memory.txt" 2>&1
[ $? -eq 77 ] && { echo "skipped: this user may not read the memory of other processes"; exit 77; }
grep -q ' 0 found' "$out/memory.txt" && tell "the scan does not find a word in the middle of a visit"
echo "during the visit: terminal: $(tail -n 1 "$out/memory.txt")"
kill -CONT "$terminal"
"$drive" "$state/tree.json" "$here/end.steps" >"$state/drive.txt" 2>"$state/drive-errors.txt" ||
    tell "the visit did not end: $(tail -n 2 "$state/drive-errors.txt")"
rm -f "$state/visit.steps"

# A picture with a word in it.
{ base64 -d <<'PNG'; printf '%s' "${words[7]}"; } >"$state/picture.png"
iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
PNG
"$bin/sportelloctl" submit --form "$here/../../../forms/definitions/primo-accesso/questionnaire.json" \
    --answers "$here/../../../forms/definitions/primo-accesso/examples/anonymous.answers.json" --attach "$state/picture.png" --config "$config" --state "$(dirname "$socket")" >"$out/submit.txt" 2>&1 ||
    tell "the picture was not kept"
sleep 1
look "while they wait"

rest=${base#https://*:}
setsid "${sandbox_line[0]}" --state "$state/demo/sandbox" --port "${rest%%/*}" </dev/null >"$state/sandbox.txt" 2>&1 &
sandbox=$!
for _ in $(seq 300); do
    "$bin/sportelloctl" outbox list --config "$config" --state "$(dirname "$socket")" >"$out/outbox.txt" 2>&1
    [ "$(grep -c '"state":"acknowledged"' "$out/outbox.txt")" -eq 2 ] && break
    sleep 0.2
done
[ "$(grep -c '"state":"acknowledged"' "$out/outbox.txt")" -eq 2 ] || tell "the requests were not delivered"
sleep 1
look "after the delivery"
arrived=0
for word in "${words[@]:0:5}"; do
    curl -sS --max-time 10 --cacert "$ca" "$base/QuestionnaireResponse?_count=10" | grep -qF "$word" && arrived=$((arrived + 1))
done
echo "of 5 words that were typed, $arrived are at the central system"
[ "$arrived" -eq 5 ] || failed=1
exit $failed
