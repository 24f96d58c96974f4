#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# pictures.sh BIN SCAN DRIVE DRAW OUT
# A visit with papers, by real taps on the real terminal: an identity card is read by its camera, a letter is photographed and
# sent with the request. After the visit nothing of either may be left in the memory of the terminal, of its decoders or of the
# sender, nor in any file: no run of the file's bytes, of the pixels in colours or grey, of the page as JPEG and small, of the
# PDF as it arrived, no word of the code, the zone or the print. Looked for twice, while the request waits and after it was
# delivered. Each kind of leak is planted as well, in a process and in a file, and must be found.
bin=$1 scan=$2 drive=$3 draw=$4 out=$5
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
. "$here/../../pieces.sh"
. "$here/looking.sh"
begin_canary canary-pictures

"$draw" "$bin/sportello-decoder" "$known" "$needles" || tell "the papers were not drawn"
film=$state/film # not below /dev, where a camera that is none is looked for in vain
mkdir "$film"
show() { cp "$known/$1" "$film/.next" && mv "$film/.next" "$film/now.jpg"; } # what lies under the camera
show card.jpg
cat >"$out/terminal.toml" <<END
[forms]
dir = "$here/../../journeys/scans/papers/forms"
[devices]
camera = "$film"
END
start_terminal --config "$out/terminal.toml"
central_goes_away
look "before the visit" --without "$film"

# finds WHEN NAME…: in the middle of a visit these must be there, or this would find nothing anywhere
finds() {
    local when=$1 name
    shift
    in_memory "$when: sportello" "$terminal" "$needles" && tell "$when: the scan finds nothing"
    for name in "$@"; do grep -q "^$name: " "$out/memory.txt" || tell "$when: the scan does not find $name" "$out/memory.txt"; done
    rm -f "$out/memory.txt"
}
cat >"$state/card.steps" <<'END'
{"expect":"start.it"}
{"tap":"start.it"}
{"tap":"privacy.accept"}
{"tap":"casa"}
{"tap":"way.camera"}
{"expect":"Questi dati sono giusti?"}
END
hand "$state/card.steps" || tell "the card was not read: $(cat "$state/drive-errors.txt")"
finds "card shown" name-in-zone
show letter.ppm
cat >"$state/letter.steps" <<'END'
{"tap":"next"}
{"tap":"next"}
{"tap":"add"}
{"tap":"take"}
{"expect":"Si legge bene?"}
END
hand "$state/letter.steps" || tell "the letter was not taken: $(cat "$state/drive-errors.txt")"
finds "letter shown" page-file page-small
cat >"$state/send.steps" <<'END'
{"tap":"next"}
{"tap":"option.0"}
{"tap":"next"}
{"expect":"1 pagina"}
{"tap":"next"}
{"tap":"send"}
{"expect":"number"}
{"tap":"done"}
{"expect":"start.it"}
END
hand "$state/send.steps" || tell "the request was not sent: $(cat "$state/drive-errors.txt")"
look "while it waits" --without "$film"

central_comes_back
until_true all_delivered 1 || tell "the request was not delivered"
ask "$base/DocumentReference" >"$known/document.json"
paper=$(first 'Binary/[0-9a-f-]+' "$known/document.json") || tell "no paper has arrived" "$known/document.json"
ask -H 'Accept: application/pdf' "$base/$paper" >"$known/paper.pdf"
"$draw" runs paper-pdf "$known/paper.pdf" >>"$needles" || tell "the paper has no page"
look "after the delivery" --without "$film"

# ---- what is planted must be found --------------------------------------------------------------------------------------
start keeper "$scan" "$needles" --hold
until_says ready "$out/keeper.txt" "$started" || tell "the keeper did not get ready"
in_memory "planted in a process" "$started" "$needles" && tell "what is planted in a process is not found"
for name in $(cut -f 1 "$needles" | sort -u); do
    grep -q "^$name: " "$out/memory.txt" || tell "$name, planted in a process, is not found" "$out/memory.txt"
done
stop "$started" KILL
for file in card.jpg letter.ppm paper.pdf; do # a piece from the middle of each, as a block of a disk may keep it
    half=$(($(stat -c %s "$known/$file") / 2))
    tail -c "+$((half - half % 4096 + 1))" "$known/$file" >"$state/rest" && head -c 4096 "$state/rest" >>"$state/demo/planted"
done
rm "$state/rest"
"$scan" "$needles" --files "$state/demo" >"$known/files.txt" 2>&1 && tell "what is planted in a file is not found"
for name in card-file letter-colours paper-pdf; do
    grep -q "^$name: .*/demo/planted" "$known/files.txt" || tell "$name, planted in a file, is not found" "$known/files.txt"
done
echo "$(grep -c . "$needles") runs and words of $(cut -f 1 "$needles" | sort -u | grep -c .) kinds; each kind was found where it was planted"
exit $failed
