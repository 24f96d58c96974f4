#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# run.sh BIN OUT JOURNEY [--size WxH] [--config FILE] [--preview FORM] [--papers TOOL] [--fails WORDS]
# Plays one journey without a display, in a state folder of its own. Pictures, screen trees and what the programs said
# stay in OUT. In --config FILE, @OUT@ and @HERE@ are OUT and the folder of FILE. --preview: the journey goes through that form, and nothing is started beside the program. --papers: TOOL draws
# the papers that the journey shows, as papers/NAME.jpg. --fails: the run must end with exit 1 and say these words on standard error.
set -uo pipefail
bin=$1 out=$2 journey=$3
shift 3
size=1080x1920 config="" fails="" papers="" how=(--demo)
while [ $# -gt 0 ]; do
    case "$1" in
        --size) size=$2 ;;
        --config) config=$2 ;;
        --preview) how=(--preview "$2") ;;
        --papers) papers=$2 ;;
        --fails) fails=$2 ;;
        *) echo "run.sh: unknown option $1" >&2; exit 2 ;;
    esac
    shift 2
done

rm -rf "$out"
mkdir -p "$out"
# A socket's path may have 107 characters, and a build folder may lie deep.
state=$(mktemp -d "${TMPDIR:-/tmp}/sportello-journey.XXXXXX") || exit 1
trap 'rm -rf "$state"' EXIT
printf 'state_dir = "%s"\n' "$state" >"$out/journey.toml"
[ -z "$config" ] || sed "s|@OUT@|$out|g; s|@HERE@|$(cd "$(dirname "$config")" && pwd)|g" "$config" >>"$out/journey.toml"

if [ -n "$papers" ]; then
    "$papers" "$out/papers" || exit 1
    cp "$journey" "$out/journey.jsonl"
    journey=$out/journey.jsonl
fi

unset DISPLAY WAYLAND_DISPLAY
setsid "$bin/sportello" "${how[@]}" --config "$out/journey.toml" --size "$size" --script "$journey" --out "$out" \
    </dev/null >"$out/said.jsonl" 2>"$out/errors.txt" &
group=$!
trap 'kill -KILL -- "-$group" 2>/dev/null; rm -rf "$state"; exit 1' INT TERM
wait "$group"
code=$?

gone=no
for _ in $(seq 40); do
    kill -0 -- "-$group" 2>/dev/null || { gone=yes; break; }
    sleep 0.05
done
if [ $gone = no ]; then
    echo "two seconds after its end the programs it started are still running"
    kill -KILL -- "-$group" 2>/dev/null
    exit 1
fi

tell() {
    echo "$1"
    echo "--- the last it said ($out/said.jsonl):"
    tail -n 5 "$out/said.jsonl"
    echo "--- errors ($out/errors.txt):"
    cat "$out/errors.txt"
    exit 1
}
if [ -n "$fails" ]; then
    [ $code -eq 1 ] || tell "exit code $code, where 1 was expected"
    grep -qF -- "$fails" "$out/errors.txt" || tell "its errors do not say: $fails"
    exit 0
fi
[ $code -eq 0 ] || tell "exit code $code"
if grep -qE 'ERROR: (Address|Leak|Thread)Sanitizer|runtime error:' "$out/errors.txt"; then
    tell "a sanitizer has spoken"
fi
