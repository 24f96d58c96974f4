// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/text_blocks.hpp"

#include "forms/engine/markdown.hpp"

namespace kiosk {
namespace {

Passage passage(const forms::TextBlock& block) {
    Passage out;
    for (const forms::TextRun& run : block.runs) {
        const std::size_t begin = out.text.size();
        out.text += run.text;
        if ((run.strong || run.emphasis) && !run.text.empty()) {
            if (!out.strong.empty() && out.strong.back().end == begin)
                out.strong.back().end = out.text.size();
            else
                out.strong.push_back({begin, out.text.size()});
        }
    }
    switch (block.kind) {
    case forms::BlockKind::Paragraph:
        break;
    case forms::BlockKind::Heading:
        out.kind = Passage::Kind::Heading;
        break;
    case forms::BlockKind::Bullet:
        out.kind = Passage::Kind::Entry;
        out.mark = "•";
        break;
    case forms::BlockKind::Numbered:
        out.kind = Passage::Kind::Entry;
        out.mark = std::to_string(block.number) + ".";
        break;
    }
    out.level = block.level;
    return out;
}

} // namespace

TextBlock text_block(const forms::Draft& draft, const forms::Path& place, const PageVoice& voice) {
    const forms::Item& item = draft.definition().item(place);
    TextBlock block;
    const std::string_view marked = item.worded_by.empty() ? item.text.markdown_in(voice.language) : std::string_view();
    if (marked.empty()) {
        block.passages.push_back({Passage::Kind::Plain, std::string(draft.text(place, voice.language)), {}, {}, 0});
    } else {
        for (const forms::TextBlock& each : forms::read_markdown(marked))
            block.passages.push_back(passage(each));
    }
    const auto tone = [&](TextBlock::Tone which, Text label) {
        block.tone = which;
        block.label = voice.words.get(label);
    };
    switch (item.category) {
    case forms::DisplayCategory::None:
    case forms::DisplayCategory::Help:
        break;
    case forms::DisplayCategory::Instructions:
        tone(TextBlock::Tone::Instructions, Text::text_instructions);
        break;
    case forms::DisplayCategory::Security:
        tone(TextBlock::Tone::Security, Text::text_security);
        break;
    }
    if (item.control == forms::Control::Legal) tone(TextBlock::Tone::Legal, Text::text_legal);
    return block;
}

std::optional<TextBlock> links_block(const forms::Item& item, const PageVoice& voice) {
    if (item.support_links.empty()) return std::nullopt;
    TextBlock block;
    for (const std::string& link : item.support_links)
        block.passages.push_back(
            {Passage::Kind::Plain, voice.words.get(Text::question_link, {{"link", link}}), {}, {}, 0});
    return block;
}

} // namespace kiosk
