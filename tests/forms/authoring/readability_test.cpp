// SPDX-License-Identifier: EUPL-1.2
#include "forms/lint/readability.hpp"

#include <doctest/doctest.h>

using namespace forms;

TEST_CASE("readability: letters, words and sentences are those a reader sees") {
    const TextCounts counts = count_text("Hai bisogno d’aiuto? Chiama l'ufficio, è aperto alle 8.30.");
    CHECK(counts.sentences == 2);
    CHECK(counts.words == 12); // Hai bisogno d aiuto / Chiama l ufficio è aperto alle 8 30
    CHECK(counts.letters == 44);
    CHECK(counts.longest_sentence == 8);
}

TEST_CASE("readability: a sentence ends with a line too, and not with a point inside a number") {
    CHECK(count_text("Porta un documento\nPorta la tessera").sentences == 2);
    CHECK(count_text("Costa 1.250,50 euro").sentences == 1);
    CHECK(count_text("Aspetta… Arriviamo subito!").sentences == 2);
}

TEST_CASE("readability: quotation marks and dashes are no letters") {
    CHECK(count_text("«Casa» – “mia”").letters == 7);
    CHECK(count_text("«Casa» – “mia”").words == 2);
}

TEST_CASE("readability: the Gulpease index follows its formula and stays between 0 and 100") {
    // 89 + (300 · 1 − 10 · 20) / 5 = 109; 89 + (300 · 1 − 10 · 60) / 10 = 59
    CHECK(gulpease({20, 5, 1, 5}) == 100);
    CHECK(gulpease({60, 10, 1, 10}) == 59);
    CHECK(gulpease({500, 20, 1, 20}) == 0);
    CHECK(gulpease(count_text("")) == 100);
}

TEST_CASE("readability: an office's sentence is hard, the same in plain words is easy") {
    CHECK(gulpease(count_text("Il sottoscritto dichiara di aver preso visione dell'informativa concernente il "
                              "trattamento dei dati personali ai sensi della normativa vigente")) < 50);
    CHECK(gulpease(count_text("Ho letto come usate i miei dati.")) > 80);
}
