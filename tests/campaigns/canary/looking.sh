# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# What a canary campaign needs to look for what must not be there. Source it after pieces.sh; `scan` is leak_scan.
failed=0
# On tmpfs and outside of what is searched: what the campaign itself must know.
begin_canary() { # begin_canary NAME
    needs Xvfb xdotool setxkbmap curl
    begin "$1"
    known=$(mktemp -d /dev/shm/sportello-canary-known.XXXXXX) || exit 1
    needles=$known/needles
    mkdir "$state/tmp"
    start_display 1080x1920
    setxkbmap it || tell "the X server does not take the Italian keyboard"
    xdotool mousemove 540 960 # keys go to the window under the pointer
    export TMPDIR=$state/tmp
}
at_end() { rm -rf "$known"; }

# start_terminal OPTION…: --demo, because only there a program may watch the screen; sender and sandbox are processes of their
# own as ever.
start_terminal() {
    start terminal "$bin/sportello" --demo --state "$state/demo" --tree-file "$state/tree.json" "$@"
    terminal=$started
    until_true [ -s "$state/tree.json" ] || tell "the terminal showed nothing"
    sender=$(process_of sportello-sender) || tell "no sender runs"
    sandbox=$(process_of sportello-sandbox) || tell "no sandbox runs"
    command_of "$sender"
    config=$(printf '%s\n' "${line[@]}" | sed -n '/^--config$/{n;p}' | tail -n 1)
    outbox=$(dirname "$(find "$state/demo" -name sender.sock)")
    ca=$(sed -n 's/.*ca_file *= *"\([^"]*\)".*/\1/p' "$config")
    base=$(sed -n 's/.*base_url *= *"\([^"]*\)".*/\1/p' "$config")
}
central_goes_away() { kill -KILL "$sandbox"; }
central_comes_back() {
    sandbox_state=$state/demo/sandbox
    local rest=${base#https://*:}
    port=(--port "${rest%%/*}")
    start_sandbox
}
# all_delivered COUNT
all_delivered() {
    "$bin/sportelloctl" outbox list --config "$config" --state "$outbox" >"$out/outbox.txt" 2>&1
    [ "$(grep -c '"state":"acknowledged"' "$out/outbox.txt")" -eq "$1" ]
}
hand() { # hand STEPS: as drive.cpp plays them
    "$drive" "$state/tree.json" "$1" >"$state/drive.txt" 2>"$state/drive-errors.txt"
}

# in_memory WORDS PROCESS NEEDLES: it stands still meanwhile. 0: nothing of the needles is there.
in_memory() {
    kill -STOP "$2" || tell "$1: process $2 has gone"
    "$scan" "$3" --process "$2" >"$out/memory.txt" 2>&1
    local found=$?
    kill -CONT "$2"
    [ $found -eq 77 ] && { echo "skipped: this user may not read the memory of other processes"; exit 77; }
    [ $found -le 1 ] || tell "the memory of $2 cannot be looked at" "$out/memory.txt"
    echo "$1: $(tail -n 1 "$out/memory.txt")"
    return $found
}
helpers_of() { # helpers_of PROCESS: everything it has started, and they
    local one fields
    for one in /proc/[0-9]*/stat; do
        fields=""
        { read -r fields <"$one"; } 2>/dev/null
        read -r -a fields <<<"${fields##*) }"
        [ "${fields[1]:-}" = "$1" ] || continue
        one=${one#/proc/}
        echo "${one%/stat}"
        helpers_of "${one%/stat}"
    done
}
name_of() { { tr -d '\n' <"/proc/$1/comm"; } 2>/dev/null; }
# Whoever is just trying to deliver has a request open, and has wiped it a moment later: what stays is there every time.
clean_soon() { # clean_soon WORDS PROCESS
    local tries
    for tries in 1 2 3 4 5; do
        in_memory "$1" "$2" "$needles" && return 0
        sleep 2
    done
    return 1
}
# look WHEN [--without PATH]…: in the memory of the terminal, of whatever it has started, and of the sender; in all files
look() {
    local when=$1 one
    shift
    for one in "$terminal" $(helpers_of "$terminal"); do
        [ -n "$(name_of "$one")" ] || continue # a helper may have ended since
        [ "$(name_of "$one")" = sportello-sandb ] && continue # the sandbox may have everything
        clean_soon "$when: $(name_of "$one")" "$one" || { head -n 40 "$out/memory.txt"; failed=1; }
    done
    [ -d "/proc/$sender" ] || tell "the sender has gone"
    "$scan" "$needles" --files --without "$known" --without "$state/demo/sandbox" --without "$out/memory.txt" "$@" \
        "$state" "$out" /dev/shm >"$known/files.txt" 2>&1
    local found=$?
    echo "$when: $(tail -n 1 "$known/files.txt")"
    [ $found -eq 0 ] || { head -n 40 "$known/files.txt"; failed=1; }
}
