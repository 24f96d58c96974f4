// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/passages.hpp"

#include "kiosk/widgets/icons.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

constexpr float indent_mm = 8;

Icon icon_of(TextBlock::Tone tone) {
    switch (tone) {
    case TextBlock::Tone::Plain:
    case TextBlock::Tone::Instructions:
    case TextBlock::Tone::Legal:
        return Icon::Info;
    case TextBlock::Tone::Security:
        return Icon::Lock;
    }
    return Icon::Info;
}

/// What the text is for.
void add_label(Flow& flow, const std::string& key, const TextBlock& block) {
    Canvas& canvas = flow.canvas();
    const float size = canvas.px(cap_mm(canvas.picture.text_size, Type::CaptionStrong)) * 1.6F;
    const float room = size + canvas.px(space::small);
    const Layout& words = canvas.lay(block.label, Type::CaptionStrong, flow.inner_width() - room);
    Node node;
    node.key = key + ".label";
    node.name = block.label;
    flow.add(
            std::max(size, words.height()),
            [&canvas, &words, size, room, node, icon = icon_of(block.tone)](const Rect& box, std::size_t, std::size_t) {
                const Ink ink{Surface::Soft, &Inks::accent};
                canvas.icon(icon, {box.x, box.y + (box.height - size) / 2, size, size}, canvas.ink(ink), 2.2F);
                canvas.text(words, box.x + room, box.y + (box.height - words.height()) / 2, ink);
                canvas.say(node, box);
            })
        .keep = true;
    flow.gap(space::small);
}

void add_entry(Flow& flow, Node node, const Passage& passage, Tongue tongue, Type type) {
    Canvas& canvas = flow.canvas();
    const float unit = canvas.grown(indent_mm);
    const float indent = unit * static_cast<float>(std::clamp(passage.level, 0, 3) + 1);
    const float room = measure_px(canvas, type, flow.inner_width()) - indent;
    LayOptions options{Align::Start, tongue};
    const Layout& mark = canvas.lay(passage.mark, type, 0, options);
    options.strong = passage.strong;
    const Layout& words = canvas.lay(passage.text, type, room, options);
    const Ink ink{flow.ground().value_or(Surface::Page), &Inks::text};
    node.name = passage.mark == "•" ? passage.text : passage.mark + " " + passage.text;
    const std::string key = node.key;
    Piece& piece = flow.add(words.height(), [&canvas, &words, &mark, ink, indent, unit, node = std::move(node)](
                                                const Rect& box, std::size_t first, std::size_t end) {
        if (first == 0)
            canvas.text(mark, box.x + indent - std::max(mark.width() + canvas.px(space::hair), unit * 0.8F), box.y,
                        ink);
        canvas.text_lines(words, box.x + indent, box.y, first, end, ink);
        canvas.say(node, {box.x + indent, box.y, words.width(), box.height});
    });
    piece.words = &words;
    piece.key = key;
}

} // namespace

void add_text_block(Flow& flow, const std::string& key, const TextBlock& block, Tongue tongue, Type type) {
    Canvas& canvas = flow.canvas();
    const bool toned = block.tone != TextBlock::Tone::Plain;
    if (toned) {
        flow.begin_inset(Surface::Soft, canvas.ink({Surface::Soft, &Inks::accent}));
        add_label(flow, key, block);
    }
    for (std::size_t i = 0; i < block.passages.size(); ++i) {
        const Passage& passage = block.passages[i];
        Node node;
        node.key = block.passages.size() == 1 ? key : key + "." + std::to_string(i);
        node.language = tongue.language;
        if (i > 0) flow.gap(passage.kind == Passage::Kind::Entry ? space::hair : space::small);
        switch (passage.kind) {
        case Passage::Kind::Entry:
            node.role = Role::ListItem;
            add_entry(flow, std::move(node), passage, tongue, type);
            break;
        case Passage::Kind::Heading:
            node.role = Role::Heading;
            node.level = 2;
            flow.words(passage.text, Type::Strong, std::move(node), &Inks::accent, {Align::Start, tongue}).keep = true;
            break;
        case Passage::Kind::Plain: {
            LayOptions options{Align::Start, tongue};
            options.strong = passage.strong;
            flow.words(passage.text, type, std::move(node), &Inks::text, options);
            break;
        }
        }
    }
    if (toned) flow.end_inset();
}

} // namespace kiosk
