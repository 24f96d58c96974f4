#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# run.sh BIN SCAN DRIVE WALK OUT [long]
# Visits in which each field of the two forms that they meet is given a word or a number that occurs nowhere else, typed with
# real keys into the real terminal, through the real sender: some kept and delivered, one left by "Esci subito" on its check
# page; and a request with a picture that carries such a word, through sportelloctl. Then these words are looked for in the
# memory of terminal and sender, and in every file that either may have written (state, logs, temporary files): first
# while the requests still wait, then after they were delivered. The central system (the sandbox) must have what was
# sent, and nothing of what was not. The long form makes the visits that meet the remaining fields.
set -uo pipefail
bin=$1 scan=$2 drive=$3 walk=$4 out=$5
# form, plan, how it ends
visits=("primo-accesso for-me send" "primo-accesso for-a-child leave" "informazioni informazioni send")
[ "${6:-}" = long ] && visits+=("primo-accesso for-work send" "primo-accesso without-a-name send"
    "informazioni informazioni-email leave")
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
. "$here/../../pieces.sh"
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
    rm -rf "$state" "${told:-}"
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

# For the picture; the other words are made by walk.
picture_word="Zq$(head -c 200 /dev/urandom | tr -dc 'bcdfghjklm' | head -c 10)x"
words=("$picture_word") sent=() left=()

# -noreset: otherwise the server forgets the keyboard layout when setxkbmap leaves.
Xvfb -displayfd 3 -screen 0 1080x1920x24 -noreset -nolisten tcp 3>"$state/display" 2>/dev/null &
server=$!
for _ in $(seq 2400); do [ -s "$state/display" ] && break; sleep 0.05; done
DISPLAY=:$(cat "$state/display")
export DISPLAY
setxkbmap it
xdotool mousemove 540 960

export TMPDIR=$state/tmp
# --demo, because only there a program may watch the screen; sender and sandbox are processes of their own as ever.
setsid "$bin/sportello" --demo --state "$state/demo" --tree-file "$state/tree.json" \
    </dev/null >"$out/terminal.txt" 2>"$out/terminal-log.txt" &
terminal=$!
for _ in $(seq 2400); do [ -s "$state/tree.json" ] && break; sleep 0.05; done

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
        # The sandbox may have them.
        files=$(grep -rlaF -- "$word" "$state" "$out" /dev/shm 2>/dev/null | grep -v -e "^$out/memory.txt" \
            -e "^$state/demo/sandbox" -e "^$state/picture")
        [ -z "$files" ] || { echo "$1: $word stands in: $files"; failed=1; }
    done
    # Neither may the outbox say which form it was.
    for word in primo-accesso informazioni Questionnaire sportello.example.org; do
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

# On tmpfs and outside of what is searched: what was typed, which this script must know.
told=$(mktemp /dev/shm/sportello-canary-told.XXXXXX) || exit 1
for visit in "${visits[@]}"; do
    read -r form plan end <<<"$visit"
    printf '{"expect":"start.it"}\n{"tap":"start.it"}\n{"tap":"privacy.accept"}\n{"tap":"%s"}\n' "$form" >"$state/start.steps"
    : >"$told"
    "$drive" "$state/tree.json" "$state/start.steps" >"$state/drive.txt" 2>"$state/drive-errors.txt" &&
        "$walk" "$state/tree.json" "$here/$plan.json" "$told" 2>>"$state/drive-errors.txt" ||
        tell "the visit $plan did not get to its check page: $(tail -n 2 "$state/drive-errors.txt")"
    mapfile -t typed < <(cut -f 2 "$told" | grep .)
    cut -f 1 "$told" >>"$out/met.txt"
    # In the middle of the visit the words must be there, or this would find nothing anywhere.
    kill -STOP "$terminal"
    "$scan" "$terminal" "${typed[-1]}" >"$out/memory.txt" 2>&1
    status=$?
    kill -CONT "$terminal"
    [ $status -eq 77 ] && { echo "skipped: this user may not read the memory of other processes"; exit 77; }
    [ $status -eq 1 ] || tell "the scan does not find a word in the middle of a visit"
    echo "in the middle of $plan: terminal: $(tail -n 1 "$out/memory.txt"); ${#typed[@]} words in $(sort -u "$told" | wc -l) fields"
    "$drive" "$state/tree.json" "$here/$end.steps" >"$state/drive.txt" 2>"$state/drive-errors.txt" ||
        tell "the visit $plan did not end: $(tail -n 2 "$state/drive-errors.txt")"
    words+=("${typed[@]}")
    [ "$end" = send ] && sent+=("${typed[@]}") || left+=("${typed[@]}")
done
rm -f "$told"

# A picture with a word in it.
{ base64 -d <<'PNG'; printf '%s' "$picture_word"; } >"$state/picture.png"
iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
PNG
"$bin/sportelloctl" submit --form "$here/../../../forms/definitions/primo-accesso/questionnaire.json" \
    --answers "$here/../../../forms/definitions/primo-accesso/examples/anonymous.answers.json" --attach "$state/picture.png" --config "$config" --state "$(dirname "$socket")" >"$out/submit.txt" 2>&1 ||
    tell "the picture was not kept"
sleep 1
look "while they wait"

expected=1
for visit in "${visits[@]}"; do [ "${visit##* }" = send ] && expected=$((expected + 1)); done
rest=${base#https://*:}
setsid "${sandbox_line[0]}" --state "$state/demo/sandbox" --port "${rest%%/*}" </dev/null >"$state/sandbox.txt" 2>&1 &
sandbox=$!
for _ in $(seq 900); do
    "$bin/sportelloctl" outbox list --config "$config" --state "$(dirname "$socket")" >"$out/outbox.txt" 2>&1
    [ "$(grep -c '"state":"acknowledged"' "$out/outbox.txt")" -eq "$expected" ] && break
    sleep 0.2
done
[ "$(grep -c '"state":"acknowledged"' "$out/outbox.txt")" -eq "$expected" ] || tell "the requests were not delivered"
sleep 1
look "after the delivery"
curl -sS --max-time 120 --cacert "$ca" "$base/QuestionnaireResponse?_count=20" >"$out/arrived.txt"
curl -sS --max-time 120 --cacert "$ca" "$base/RelatedPerson?_count=20" >>"$out/arrived.txt"
arrived=0 strayed=0
for word in "${sent[@]}"; do grep -qF -- "$word" "$out/arrived.txt" && arrived=$((arrived + 1)); done
for word in "${left[@]}"; do grep -qF -- "$word" "$out/arrived.txt" && strayed=$((strayed + 1)); done
rm -f "$out/arrived.txt"
echo "of ${#sent[@]} words that were sent $arrived are at the central system; of ${#left[@]} that were not, $strayed"
[ "$arrived" -eq "${#sent[@]}" ] && [ "$strayed" -eq 0 ] || failed=1
# Which fields of the forms no visit has met: those of the office are never shown to a citizen.
all=$(sed -n 's/^ *"linkId": "\(.*\)",$/\1/p' "$here"/../../../forms/definitions/*/questionnaire.json | sort -u)
echo "${#visits[@]} visits, ${#words[@]} words, $(sed 's/\.\(day\|month\|year\|other\)$//' "$out/met.txt" | sort -u | grep -cxF -f - <(echo "$all")) fields met"
exit $failed
