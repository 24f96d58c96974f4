# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# What the scripts that drive the programs from outside have in common. Source it, then call `begin NAME` before anything else.
#   bin    the folder of the programs            out    what stays after the run (none given: it goes with `state`)
#   state  a folder of this run alone, which is removed at its end, with all that was started
#
# A wait ends as soon as what it waits for is there; its limit only ends what would never come. So limits are long (a
# machine may be busy) and no sleep stands for "it will be there by now". And nothing is piped into a reader that may leave
# before the end (grep -q, head): that kills the writer, and under pipefail what was found then counts as not found, by chance.
set -uo pipefail
patience=180 # seconds, of every wait here

begin() { # begin NAME
    unset DISPLAY WAYLAND_DISPLAY
    # A socket's path may have 107 characters, and a build folder may lie deep.
    state=$(mktemp -d "${TMPDIR:-/tmp}/sportello-$1.XXXXXX") || exit 1
    : "${out:=$state}"
    [ "$out" = "$state" ] || { rm -rf "$out" && mkdir -p "$out"; } || exit 1
    trap finish EXIT
    trap 'exit 1' INT TERM HUP
}
running=() # the groups of processes that were started and not yet stopped
finish() {
    local one
    {
        for one in "${running[@]}"; do kill -KILL -- "-$one" || kill -KILL "$one"; done
        wait
    } 2>/dev/null # and no word about who was killed
    if declare -F at_end >/dev/null; then at_end; fi
    rm -rf "$state"
}
needs() { # needs TOOL…: without them the test is skipped in plain sight
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
    done
}
tell() { # tell WORDS [FILE]…: what went wrong, with the end of these files, or of everything that was said
    exec >&2 # wherever the caller writes to
    echo "$1"
    shift
    [ $# -gt 0 ] || set -- "$out"/*.txt "$out"/said.jsonl
    local file
    for file in "$@"; do
        [ -s "$file" ] || continue
        echo "--- $file"
        tail -n 20 "$file"
    done
    exit 1
}

# ---- looking ----------------------------------------------------------------------------------------------------------
says() { grep -qF -- "$1" "$2" 2>/dev/null; } # says WORDS FILE
value() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' "$2" | tail -n 1; } # value NAME FILE: the last text under that name
first() { # first PATTERN FILE: the first that fits this extended regular expression
    local text
    text=$(<"$2")
    [[ $text =~ $1 ]] && echo "${BASH_REMATCH[0]}"
}
until_true() { # until_true COMMAND…: asked again until it succeeds
    local end=$((SECONDS + patience))
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.05
    done
}
said_or_ended() { says "$1" "$2" || ! kill -0 "$3" 2>/dev/null; }
until_says() { # until_says WORDS FILE PROCESS: fails at once when the process ends without a word
    until_true said_or_ended "$@" && says "$1" "$2"
}

# ---- processes --------------------------------------------------------------------------------------------------------
start() { # start NAME COMMAND…: its number is in $started; it speaks into NAME.txt, and adds its errors to NAME-log.txt
    local name=$1
    shift
    : >"$out/$name.txt" # what the last one said must not be taken for this one's
    setsid "$@" </dev/null >>"$out/$name.txt" 2>>"$out/$name-log.txt" &
    started=$!
    running+=("$started")
}
stop() { # stop PROCESS [SIGNAL]: and everything in its group; fails when nothing was running any more
    local one code=0 others=()
    kill "-${2:-TERM}" -- "-$1" 2>/dev/null || code=1
    wait "$1" 2>/dev/null
    for one in "${running[@]}"; do [ "$one" = "$1" ] || others+=("$one"); done
    running=("${others[@]}")
    return $code
}
command_of() { line=() && { mapfile -d '' line <"/proc/$1/cmdline"; } 2>/dev/null; } # command_of PROCESS: into line
processes_with() { # processes_with WORDS: those that have them in their command line, without this script's own
    local one line
    for one in /proc/[0-9]*; do
        one=${one#/proc/}
        [[ $one == "$$" || $one == "$BASHPID" ]] && continue
        command_of "$one"
        [[ "${line[*]}" == *"$1"* ]] && echo "$one"
    done
    return 0
}
process_of() { # process_of PROGRAM [WORDS]: the one with these words in its command line, or else with this run's folder
    local one line
    for one in $(processes_with "${2:-$state}"); do
        command_of "$one"
        [[ "${line[0]:-}" == */"$1" ]] && echo "$one" && return 0
    done
    return 1
}
none_in_group() { # none_in_group GROUP: nothing of it runs (what has ended and was not yet waited for does not)
    local file fields
    for file in /proc/[0-9]*/stat; do
        fields=""
        { read -r fields <"$file"; } 2>/dev/null
        read -r -a fields <<<"${fields##*) }" # state, parent, group …; a name may hold anything before
        [[ ${fields[2]:-} == "$1" && ${fields[0]} != [ZX] ]] && return 1
    done
    return 0
}

# ---- the programs -----------------------------------------------------------------------------------------------------
# start_sandbox OPTION…: then base, ca and page are known, and a later one is at the same port.
port=()
start_sandbox() {
    local tries
    for tries in $(seq 12); do
        start sandbox "$bin/sportello-sandbox" --state "${sandbox_state:-$state/sandbox}" "${port[@]}" "$@"
        sandbox=$started
        until_says '"ready":true' "$out/sandbox.txt" "$sandbox" && break
        # Taken by somebody else's sandbox, which will end.
        [ "$tries" -lt 12 ] && ! kill -0 "$sandbox" 2>/dev/null || tell "the sandbox did not get ready"
        stop "$sandbox"
        sleep 5
    done
    base=$(value base "$out/sandbox.txt")
    ca=$(value ca "$out/sandbox.txt")
    page=$(value page "$out/sandbox.txt")
    local rest=${base#https://*:}
    port=(--port "${rest%%/*}")
}
configure() { # of sender, terminal and tool; further lines come on standard input
    {
        printf 'state_dir = "%s"\n[central.fhir]\nbase_url = "%s"\n[central.tls]\nca_file = "%s"\n' "$state/sender" "$base" "$ca"
        cat
    } >"$out/terminal.toml"
}
start_sender() { # start_sender OPTION…
    start sender "$bin/sportello-sender" --config "$out/terminal.toml" "$@"
    sender=$started
    until_says '"ready":true' "$out/sender.txt" "$sender" || tell "the sender did not get ready"
}
ctl() { "$bin/sportelloctl" "$@" --config "$out/terminal.toml"; }

# ---- the central system -----------------------------------------------------------------------------------------------
ask() { curl -sS --fail --max-time 120 --cacert "$ca" "$@" || tell "the central system does not answer: $*"; }
fault() { ask -d "$1" "${base%/fhir}/_sandbox/fault" >"$out/fault.txt"; }
many() { # many TYPE: how many it has
    ask "$base/$1?_summary=count" >"$out/count.txt"
    sed -n 's/.*"total":\([0-9]*\).*/\1/p' "$out/count.txt"
}

# ---- a display --------------------------------------------------------------------------------------------------------
start_display() { # start_display WxH
    # -noreset: otherwise the server forgets the keyboard layout when setxkbmap leaves.
    setsid Xvfb -displayfd 3 -screen 0 "${1}x24" -noreset -nolisten tcp 3>"$state/display" </dev/null >"$out/display.txt" 2>&1 &
    running+=("$!")
    local number
    whole_line() { read -r number <"$state/display"; } 2>/dev/null
    until_true whole_line || tell "the X server did not start"
    export DISPLAY=:$number
}
