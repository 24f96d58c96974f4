// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/text_edit.hpp"

#include "tests/kiosk/model/filling.hpp"

#include <doctest/doctest.h>

using kiosk::Allowed;
using kiosk::EditCommand;
using kiosk::TextEdit;

namespace {
TextEdit field(tests::WatchedMemory& memory, TextEdit::Rules rules = {}) { return TextEdit(&memory, rules); }
} // namespace

TEST_CASE("text field: erasing takes a whole letter with its accents") {
    tests::WatchedMemory memory;
    TextEdit edit = field(memory);
    edit.insert("cafe\u0301");
    CHECK(edit.apply(EditCommand::Backspace, false));
    CHECK(edit.text() == "caf");
}

TEST_CASE("text field: typing replaces what is selected") {
    tests::WatchedMemory memory;
    TextEdit edit = field(memory);
    edit.insert("Mario Rossi");
    edit.apply(EditCommand::WordLeft, true);
    edit.insert("Bianchi");
    CHECK(edit.text() == "Mario Bianchi");
    edit.apply(EditCommand::SelectAll, false);
    edit.apply(EditCommand::Delete, false);
    CHECK(edit.text().empty());
}

TEST_CASE("text field: the key that points left goes back in Italian and on in Arabic") {
    tests::WatchedMemory memory;
    TextEdit latin = field(memory);
    latin.insert("ab");
    latin.apply(EditCommand::Left, false);
    CHECK(latin.caret() == 1);
    TextEdit arabic = field(memory);
    arabic.insert("سلام");
    arabic.apply(EditCommand::Home, false);
    arabic.apply(EditCommand::Left, false);
    CHECK(arabic.caret() == 2);
}

TEST_CASE("text field: the limit counts characters, not bytes, and a selection makes room") {
    tests::WatchedMemory memory;
    TextEdit edit = field(memory, {4, false, Allowed::Anything});
    edit.insert("èèèèè");
    CHECK(edit.text() == "èèèè");
    CHECK_FALSE(edit.insert("x"));
    edit.apply(EditCommand::SelectAll, false);
    CHECK(edit.insert("x"));
    CHECK(edit.text() == "x");
}

TEST_CASE("text field: controls, line breaks and marks that turn the text round do not get in") {
    tests::WatchedMemory memory;
    TextEdit edit = field(memory);
    edit.insert("a\nb\u202Ec\x07");
    CHECK(edit.text() == "a bc");
    TextEdit lines = field(memory, {0, true, Allowed::Anything});
    lines.insert("a");
    lines.apply(EditCommand::Newline, false);
    lines.insert("b");
    CHECK(lines.text() == "a\nb");
    CHECK_FALSE(edit.apply(EditCommand::Newline, false));
}

TEST_CASE("text field: a field for digits takes Arabic digits as the same numbers and nothing else") {
    tests::WatchedMemory memory;
    TextEdit edit = field(memory, {8, false, Allowed::Digits});
    edit.insert("1٩8x5");
    CHECK(edit.text() == "1985");
}

TEST_CASE("text field: the caret never stands inside a letter") {
    tests::WatchedMemory memory;
    TextEdit edit = field(memory);
    edit.insert("e\u0301x");
    edit.place(1, false);
    CHECK(edit.caret() == 0);
    edit.place(99, false);
    CHECK(edit.caret() == 4);
}

TEST_CASE("text field: nothing of what was typed stays in memory once it is erased") {
    tests::WatchedMemory memory;
    {
        TextEdit edit = field(memory);
        for (int i = 0; i < 100; ++i)
            edit.insert("SECRET-MARKER ");
        CHECK(memory.holds("SECRET-MARKER"));
        edit.clear();
        CHECK_FALSE(memory.holds("SECRET-MARKER"));
        edit.insert("SECRET-MARKER short");
        edit.apply(EditCommand::SelectAll, false);
        edit.apply(EditCommand::Backspace, false);
        CHECK_FALSE(memory.holds("SECRET"));
        edit.insert("SECRET-MARKER again");
    }
    CHECK_FALSE(memory.holds("SECRET"));
    CHECK(memory.in_use() == 0);
}
