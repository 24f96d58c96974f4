#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# run.sh BIN OUT JOURNEY [--size WxH] [--config FILE] [--preview FORM] [--papers TOOL] [--fails WORDS]
# Plays one journey without a display, in a state folder of its own. Pictures, screen trees and what the programs said
# stay in OUT. In --config FILE, @OUT@ and @HERE@ are OUT and the folder of FILE. --preview: the journey goes through that
# form, and nothing is started beside the program. --papers: TOOL draws the papers that the journey shows, as
# papers/NAME.jpg. --fails: the run must end with exit 1 and say these words on standard error.
bin=$1 out=$2 journey=$3
shift 3
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../pieces.sh"
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

begin journey
printf 'state_dir = "%s"\n' "$state" >"$out/journey.toml"
[ -z "$config" ] || sed "s|@OUT@|$out|g; s|@HERE@|$(cd "$(dirname "$config")" && pwd)|g" "$config" >>"$out/journey.toml"

if [ -n "$papers" ]; then
    "$papers" "$out/papers" || exit 1
    cp "$journey" "$out/journey.jsonl"
    journey=$out/journey.jsonl
fi

setsid "$bin/sportello" "${how[@]}" --config "$out/journey.toml" --size "$size" --script "$journey" --out "$out" \
    </dev/null >"$out/said.jsonl" 2>"$out/errors.txt" &
group=$!
running+=("$group")
wait "$group"
code=$?
until_true none_in_group "$group" || tell "the programs it started are still running long after its end"
running=()

if [ -n "$fails" ]; then
    [ $code -eq 1 ] || tell "exit code $code, where 1 was expected"
    says "$fails" "$out/errors.txt" || tell "its errors do not say: $fails"
    exit 0
fi
[ $code -eq 0 ] || tell "exit code $code"
if grep -qE 'ERROR: (Address|Leak|Thread)Sanitizer|runtime error:' "$out/errors.txt"; then
    tell "a sanitizer has spoken"
fi
