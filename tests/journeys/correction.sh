#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# correction.sh BIN OUT
# A request answers a form that the central system published, and is refused for good. Before anybody looks at it the form's
# next version is published, then it is withdrawn, and the sender starts anew. A supervisor opens the request all the same,
# corrects it under the words it was answered under, and it arrives once, under its own number, as an answer to that version.
bin=$1 out=$2
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../pieces.sh"
needs curl
begin correction
start_sandbox --allow-faults
publisher=$(value publisher "$out/sandbox.txt") drop=$(value publish "$out/sandbox.txt")
configure <<END
[feed]
definition_keys = ["$publisher"]
notice_keys = ["$publisher"]
[outbox]
reserve_mib = 1
END
start_sender --demo-pace
ctl staff add s.verdi --role supervisor --pin-stdin <<<739164 >/dev/null || tell "no supervisor"

# ---- what is published ------------------------------------------------------------------------------------------------
url=https://sportello.example.org/fhir/Questionnaire/buono
first_words='{"linkId":"perche","type":"text","text":"Perché lo chiedi?"},{"linkId":"quanti","type":"integer","text":"Quanti siete in casa?"}'
other_words='{"linkId":"altro","type":"text","text":"Una domanda tutta nuova?"}'
form() { # form VERSION STATUS ITEMS
    printf '{"resourceType":"Questionnaire","language":"it","url":"%s","version":"%s","title":"Buono spesa","status":"%s","item":[%s]}' \
        "$url" "$1" "$2" "$3"
}
# Said on the first screen once the terminal has heard of what was published before it.
notice() {
    printf '{"resourceType":"CommunicationRequest","language":"it","identifier":[{"system":"https://sportello.example.org/fhir/sid/notice","value":"buoni"}],"status":"active","payload":[{"contentString":"Ci sono i buoni spesa"},{"contentString":"Chiedili qui."}],"occurrencePeriod":{"start":"%s","end":"%s"}}' \
        "$(date -u -d '1 day ago' +%FT%TZ)" "$(date -u -d '30 days' +%FT%TZ)"
}
held=0
has_all() {
    local files=("$state"/sender/feed/*.package)
    [ -e "${files[0]}" ] && [ ${#files[@]} -eq $held ]
}
publish() { # publish NAME TEXT: until it is on this terminal's disk
    printf '%s' "$2" >"$drop/$1.part"
    mv "$drop/$1.part" "$drop/$1.json"
    held=$((held + 1))
    until_true has_all || tell "what was published does not reach the terminal: $1" "$out/sender-log.txt" "$out/sandbox-log.txt"
}
publish first "$(form 1 active "$first_words")"
publish notice "$(notice)"

# play NAME OPTION…: the steps come on standard input
play() {
    local name=$1
    shift
    cat >"$out/$name.jsonl"
    "$bin/sportello" "$@" --config "$out/terminal.toml" --size 1080x1920 --script "$out/$name.jsonl" --out "$out/$name" \
        </dev/null >"$out/$name-said.txt" 2>"$out/$name-errors.txt" || tell "$name" "$out/$name-errors.txt"
}

# ---- a visit fills it in, and it is refused for good ------------------------------------------------------------------
fault '{"count":1000,"only":"POST","status":422,"expression":"QuestionnaireResponse.item[0]"}'
play visit <<END
{"expect":"Ci sono i buoni spesa"}
{"tap":"start.it"}
{"tap":"privacy.accept"}
{"expect":"Buono spesa"}
{"tap":"published.$url"}
{"expect":"Perché lo chiedi?"}
{"answer":"perche","value":"Il lavoro e finito"}
{"tap":"next"}
{"expect":"Quanti siete in casa?"}
{"answer":"quanti","value":3}
{"tap":"next"}
{"expect":"send"}
{"tap":"send"}
{"expect":"secret"}
{"tap":"done"}
END
at_the_desk() { ctl outbox list --only needs-desk >"$out/waiting.txt" && says '"state":"needs-desk"' "$out/waiting.txt"; }
until_true at_the_desk || tell "it does not get to the desk" "$out/sender-log.txt"
fault '{"count":0}'
number=$(value number "$out/waiting.txt")
[ "$(many Task)" = 0 ] || tell "something arrived that was refused"

# ---- the form moves on, and the sender starts anew --------------------------------------------------------------------
publish second "$(form 2 active "$other_words")"
publish third "$(form 3 active "$other_words")"
publish withdrawn "$(form 4 retired "$other_words")"
stop "$sender"
start_sender --demo-pace
has_all || tell "a version that a waiting request answers was removed" "$out/sender-log.txt"

# ---- corrected under the words it was answered under ------------------------------------------------------------------
play correction --mode desk <<END
{"expect":"Accesso del personale"}
{"tap":"staff"}
{"type":"s.verdi"}
{"tap":"pin"}
{"type":"739164"}
{"tap":"next"}
{"expect":"Richiesta $number"}
{"tap":"Richiesta $number"}
{"expect":"Il sistema centrale non ha accettato queste risposte"}
{"expect":"Il lavoro e finito"}
{"absent":"Una domanda tutta nuova?"}
{"shot":"opened"}
{"tap":"change.row:perche"}
{"expect":"Perché lo chiedi?"}
{"answer":"perche","value":"Il lavoro manca da maggio"}
{"tap":"next"}
{"expect":"send"}
{"tap":"send"}
{"expect":"La richiesta $number parte di nuovo."}
{"tap":"strip.exit"}
{"expect":"Accesso del personale"}
END
arrived() { ctl outbox list --only acknowledged >"$out/arrived.txt" && says '"state":"acknowledged"' "$out/arrived.txt"; }
until_true arrived || tell "the correction does not arrive" "$out/sender-log.txt"
[ "$(value number "$out/arrived.txt")" = "$number" ] || tell "it arrived under another number"
[ "$(value id "$out/arrived.txt")" = "$(value id "$out/waiting.txt")" ] || tell "it arrived under another id"
for kind in QuestionnaireResponse Task Provenance; do
    [ "$(many $kind)" = 1 ] || tell "$kind: $(many $kind) instead of 1"
done
ask "$base/QuestionnaireResponse" >"$out/received.json"
for words in "\"questionnaire\":\"$url|1\"" "Il lavoro manca da maggio" '"amended"' "Quanti siete in casa?"; do
    says "$words" "$out/received.json" || tell "what arrived does not say $words" "$out/received.json"
done
says "Il lavoro e finito" "$out/received.json" && tell "what was corrected arrived too" "$out/received.json"
echo "request $number corrected under version 1 of its form, after version 4 withdrew it"
