#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# desk.sh BIN OUT [--size WxH]
# The central system refuses a request for good. An operator sees it and may not open it; wrong PINs bring the pause; a
# supervisor signs in, corrects the answer that was objected to, and the request arrives: once, under its own number, as a
# recorded revision. The audit log has every step and is whole.
bin=$1 out=$2
size=1080x1920
[ "${3:-}" != --size ] || size=$4
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../pieces.sh"
needs curl
begin desk
start_sandbox --allow-faults
configure <<'END'
[outbox]
reserve_mib = 1
END
start_sender --demo-pace

# ---- who works here ---------------------------------------------------------------------------------------------------
ctl staff add s.verdi --role supervisor --pin-stdin <<<739164 >/dev/null || tell "no supervisor"
ctl staff add o.neri --role operator --pin-stdin <<<820475 >/dev/null || tell "no operator"
ctl staff add x.weak --role operator --pin-stdin <<<123456 >/dev/null 2>"$out/weak.txt" && tell "a weak PIN was taken"
says bad-pin "$out/weak.txt" || tell "a weak PIN is refused without its reason" "$out/weak.txt"
drawn=$(ctl staff add l.gallo --role technician) || tell "no technician"
[[ $drawn =~ \"pin\":\"[0-9]{6}\" ]] || tell "no PIN was drawn: $drawn"

# ---- refused for good, with a word on what is wrong -------------------------------------------------------------------
fault '{"count":1000,"status":422,"expression":"QuestionnaireResponse.item[0].item[2]"}'
forms="$bin/../../../forms/definitions/informazioni"
# Of somebody who does not ask to stay without a name: staff may say which document they have seen.
sed 's/"valueBoolean": true/"valueBoolean": false/' "$forms/examples/carer-asks.answers.json" >"$out/answers.json"
ctl submit --form "$forms/questionnaire.json" --answers "$out/answers.json" >"$out/submitted.txt" ||
    tell "the request was not kept"
at_the_desk() { ctl outbox list --only needs-desk >"$out/waiting.txt" && says '"state":"needs-desk"' "$out/waiting.txt"; }
until_true at_the_desk || tell "it does not get to the desk" "$out/sender-log.txt"
fault '{"count":0}'
number=$(value number "$out/waiting.txt")

# play NAME [SIZE]: the steps come on standard input
play() {
    cat >"$out/$1.jsonl"
    "$bin/sportello" --mode desk --config "$out/terminal.toml" --size "${2:-$size}" --script "$out/$1.jsonl" --out "$out/$1" \
        </dev/null >"$out/$1-said.txt" 2>"$out/$1-errors.txt" || tell "$1" "$out/$1-errors.txt"
}

# ---- an operator sees that it waits, and nothing else -----------------------------------------------------------------
play operator <<END
{"expect":"Accesso del personale"}
{"shot":"sign-in"}
{"tap":"staff"}
{"type":"o.neri"}
{"tap":"pin"}
{"type":"111222"}
{"tap":"next"}
{"expect":"Codice o PIN non corretti"}
{"shot":"wrong"}
{"tap":"pin"}
{"type":"820475"}
{"absent":"820475"}
{"tap":"next"}
{"expect":"Richiesta $number"}
{"shot":"list"}
{"tap":"Richiesta $number"}
{"expect":"Solo un responsabile può aprire una richiesta."}
{"shot":"refused"}
{"tap":"strip.exit"}
{"expect":"Accesso del personale"}
{"absent":"o.neri"}
END
[ "$(many Task)" = 0 ] || tell "something arrived without a supervisor"

# ---- a supervisor looks at it, in two languages, and puts it back ---------------------------------------------------
play look <<END
{"expect":"Accesso del personale"}
{"tap":"next"}
{"expect":"errors"}
{"tap":"staff"}
{"type":"s.verdi"}
{"tap":"pin"}
{"type":"739164"}
{"tap":"next"}
{"expect":"Richiesta $number"}
{"tap":"Richiesta $number"}
{"expect":"Il sistema centrale non ha accettato queste risposte"}
{"shot":"opened"}
{"language":"ar"}
{"expect":"لم يقبل النظام المركزي هذه الإجابات"}
{"shot":"opened-arabic"}
{"tap":"change.desk.identity"}
{"tap":"option.1"}
{"shot":"identity-arabic"}
{"language":"it"}
{"shot":"identity"}
{"tap":"next"}
{"expect":"Passaporto"}
{"tap":"change.row:domanda/informazioni.domanda"}
{"shot":"question"}
{"tap":"strip.exit"}
{"expect":"Accesso del personale"}
END
[ "$(many Task)" = 0 ] || tell "something arrived that nobody sent"

# ---- by the five keys alone: signed in, opened, the objection on its question, corrected, sent, left -----------------
# typed KEYBOARD TEXT: letter by letter on the keys of the screen, in the order they have there. Walking on from the last
# key would lead round through the fields, so each way is the one within the keyboard.
typed() {
    local order=$1 text=$2 here=-1 at i
    for ((i = 0; i < ${#text}; i++)); do
        at=${order%%"${text:i:1}"*}
        at=${#at}
        if [ "$at" -ge "$here" ]; then
            echo "{\"walk\":\"key.${text:i:1}\"}"
        else
            echo "{\"walk\":\"key.${text:i:1}\",\"with\":\"Shift+Tab\"}"
        fi
        echo '{"key":"Enter"}'
        here=$at
    done
}
codes='1234567890qwertyuiopasdfghjkl_+zxcvbnm@.-'
digits='1234567890'
{
    cat <<END
{"expect":"Accesso del personale"}
{"walk":"staff"}
{"key":"Down"}
{"expect":"key.show"}
{"key":"Enter"}
{"key":"Down"}
END
    typed "$codes" s.verdi
    cat <<END
{"expect":"s.verdi"}
{"walk":"pin","with":"Shift+Tab"}
{"key":"Down"}
END
    typed "$digits" 739164
    cat <<END
{"absent":"739164"}
{"walk":"next","with":"Shift+Tab"}
{"key":"Enter"}
{"expect":"Richieste da vedere"}
{"expect":"Richiesta $number"}
{"walk":"Richiesta $number"}
{"key":"Enter"}
{"expect":"Il sistema centrale non ha accettato queste risposte"}
{"walk":"error.0"}
{"key":"Enter"}
{"expect":"q:domanda/informazioni.domanda"}
{"walk":"q:domanda/informazioni.domanda"}
{"key":"Down"}
END
    typed 'qwertyuiopasdfghjklzxcvbnm' padre
    cat <<END
{"shot":"keys-question"}
{"walk":"next","with":"Shift+Tab"}
{"key":"Enter"}
{"expect":"Documento visto dal personale"}
{"expect":"Nessun documento"}
{"walk":"change.desk.identity"}
{"key":"Enter"}
{"expect":"Quale documento ti ha mostrato la persona?"}
{"walk":"Carta d’identità"}
{"key":"Enter"}
{"walk":"next"}
{"key":"Enter"}
{"expect":"Carta d’identità"}
{"walk":"send","with":"Shift+Tab"}
{"key":"Enter"}
{"expect":"advice"}
{"expect":"La richiesta $number parte di nuovo."}
{"absent":"Richiesta $number"}
{"shot":"sent"}
{"walk":"strip.exit","with":"Shift+Tab"}
{"key":"Enter"}
{"expect":"Accesso del personale"}
{"absent":"s.verdi"}
END
} | play five-keys || exit 1 # at the end of a pipe `tell` ends the pipe alone
grep -v -E '^\{"(walk|key|expect|absent|shot)":' "$out/five-keys.jsonl" && tell "the journey by keys has another step"
arrived() { ctl outbox list --only acknowledged >"$out/arrived.txt" && says '"state":"acknowledged"' "$out/arrived.txt"; }
until_true arrived || tell "the correction does not arrive" "$out/sender-log.txt"
[ "$(value number "$out/arrived.txt")" = "$number" ] || tell "it arrived under another number"
for kind in QuestionnaireResponse Task Provenance; do
    [ "$(many $kind)" = 1 ] || tell "$kind: $(many $kind) instead of 1"
done
ask "$base/QuestionnaireResponse" >"$out/received.json"
says "padre" "$out/received.json" || tell "the correction is not what arrived" "$out/received.json"
says '"amended"' "$out/received.json" || tell "it does not say that it was corrected" "$out/received.json"
ask "$base/Provenance" >"$out/provenance.json"
for word in revision verifier identity-card s.verdi; do
    says "\"$word\"" "$out/provenance.json" || tell "the provenance does not say $word" "$out/provenance.json"
done
says passport "$out/provenance.json" && tell "what was only looked at was stated" "$out/provenance.json"

# ---- wrong PINs lock, and a restart forgets none of them -----------------------------------------------------------------
{
    echo '{"expect":"Accesso del personale"}'
    for _ in 1 2 3 4 5; do
        echo '{"tap":"staff"}'
        echo '{"key":"End"}'
        for _ in 1 2 3 4 5 6; do echo '{"key":"Backspace"}'; done
        printf '%s\n' '{"type":"o.neri"}' '{"tap":"pin"}' '{"type":"000001"}' '{"tap":"next"}' \
            '{"expect":"Codice o PIN non corretti"}'
    done
    printf '%s\n' '{"tap":"pin"}' '{"type":"820475"}' '{"tap":"next"}' '{"expect":"Troppi errori"}' '{"shot":"wait"}'
} | play wrong-pins || exit 1
stop "$sender"
start_sender --demo-pace
play after-restart <<'END'
{"expect":"Accesso del personale"}
{"tap":"staff"}
{"type":"o.neri"}
{"tap":"pin"}
{"type":"820475"}
{"tap":"next"}
{"expect":"Troppi errori"}
END

# ---- idle: signed out, and nothing left on the screen ---------------------------------------------------------------------
play idle <<END
{"expect":"Accesso del personale"}
{"tap":"staff"}
{"type":"s.verdi"}
{"tap":"pin"}
{"type":"739164"}
{"tap":"next"}
{"expect":"Richieste da vedere"}
{"elapse":230}
{"elapse":5}
{"expect":"Accesso del personale"}
{"absent":"s.verdi"}
END

# ---- the log has it all -------------------------------------------------------------------------------------------------
ctl audit verify >"$out/verdict.txt" || tell "the audit log is not whole" "$out/verdict.txt"
ctl audit list >"$out/audit.txt" || tell "the audit log cannot be listed"
for words in '"actor":"o.neri","role":"operator","action":"request-open","outcome":"refused"' \
    '"actor":"s.verdi","role":"supervisor","action":"request-open","outcome":"done"' \
    '"actor":"s.verdi","role":"supervisor","action":"request-revise","outcome":"done"' \
    '"actor":"s.verdi","role":"supervisor","action":"identity-seen","outcome":"done"' \
    '"actor":"o.neri","role":"operator","action":"sign-in","outcome":"refused"' \
    '"actor":"s.verdi","role":"supervisor","action":"sign-out","outcome":"done"' \
    "\"actor\":\"uid-$(id -u)\",\"role\":\"technician\",\"action\":\"staff-add\",\"outcome\":\"done\""; do
    says "$words" "$out/audit.txt" || tell "the audit log does not say $words" "$out/audit.txt"
done
says identity-card "$out/audit.txt" && tell "the audit log says which document"
sed -i 's/"request":1/"request":2/' "$state/sender/audit/audit-0000000001.jsonl"
ctl audit verify >/dev/null 2>"$out/tampered.txt" && tell "a changed log verifies"
says changed: "$out/tampered.txt" || tell "a changed log is refused without its reason" "$out/tampered.txt"
