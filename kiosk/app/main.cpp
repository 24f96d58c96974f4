// SPDX-License-Identifier: EUPL-1.2
// Wiring, start and stop order of the terminal. The only place of this program that asks the system for time and ids.
#include "kiosk/app/demo.hpp"
#include "kiosk/app/device_orders.hpp"
#include "kiosk/app/fd_watch.hpp"
#include "kiosk/app/form_folder.hpp"
#include "kiosk/app/form_watch.hpp"
#include "kiosk/app/journey.hpp"
#include "kiosk/app/options.hpp"
#include "kiosk/app/place_search.hpp"
#include "kiosk/app/script.hpp"
#include "kiosk/app/shifted_clock.hpp"
#include "kiosk/app/terminal.hpp"
#include "kiosk/app/tree_file.hpp"
#include "kiosk/app/visit_settings.hpp"

#include "forms/fhir/patient.hpp"
#include "forms/italian/places.hpp"
#include "kiosk/link/capture_link.hpp"
#include "kiosk/link/desk_link.hpp"
#include "kiosk/link/desk_reading.hpp"
#include "kiosk/link/link.hpp"
#include "kiosk/link/sealing.hpp"
#include "kiosk/link/submission_builder.hpp"
#include "kiosk/lists/terminology_folder.hpp"
#include "kiosk/model/today.hpp"
#include "net/ipc/submission.hpp"
#include "net/runtime/config.hpp"
#include "net/runtime/event_log.hpp"
#include "net/runtime/hardening.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/runtime/random.hpp"
#include "net/runtime/stop_signal.hpp"
#include "net/runtime/system_clock.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

namespace {

using namespace kiosk;

constexpr int done = 0;
constexpr int refused = 1;

int refuse(std::string_view words) {
    std::cerr << "sportello: " << words << '\n';
    return refused;
}

std::string_view words_of(DisplayError error) {
    switch (error) {
    case DisplayError::NoDisplay:
        return "there is no display: set DISPLAY, or play a journey off-screen with --script FILE";
    case DisplayError::NoGraphics:
        return "no OpenGL 3.3: is the package libgl1-mesa-dri installed?";
    case DisplayError::NoRoom:
        return "the graphics driver refuses a picture of this size";
    }
    return "no display";
}

forms::Result<std::unique_ptr<Display>, DisplayError> open_display(const Options& options, const net::Config& config,
                                                                   const forms::Clock& clock, InputQueue& input) {
    if (!options.script.empty() && !options.windowed) return Display::open_offscreen(options.size);
    WindowOptions window;
    window.fullscreen = !options.windowed && options.preview.empty();
    window.size = options.size;
    window.vsync = config.ui.vsync;
    return Display::open_window(window, clock, input);
}

/// Pixels in a millimetre: the site profile knows; a display that says something possible is believed; else a 21.5 inch
/// panel with 1080 × 1920 pixels is meant.
float px_per_mm_of(const Options& options, const net::Config& config, const Display& display) {
    if (config.site.px_per_mm > 0) return static_cast<float>(config.site.px_per_mm);
    if (!options.preview
             .empty()) { // a whole panel on an author's desk: smaller, and cut into pages as it will be there
        constexpr float panel_mm = 268;
        return static_cast<float>(std::min(display.size().width, display.size().height)) / panel_mm;
    }
    const auto told = display.pixels_per_mm();
    return told && *told >= 2.5F && *told <= 12.0F ? *told : 4.03F;
}

/// A finished draft as the bytes that are sealed. None when they are more than a request may have.
std::optional<VisitPorts::Frozen> freeze_for(const net::Config& config, const forms::Draft& draft,
                                             const RequestRecord& record) {
    VisitFacts visit;
    visit.request = record.id;
    visit.language = record.language;
    visit.start = record.started;
    visit.end = record.finished;
    visit.identity_document = record.identity_document;
    std::vector<ScannedFile> scans;
    for (const AttachedPaper& paper : record.papers)
        scans.push_back({paper.index, paper.content_type, paper.title, paper.kind, paper.kind_display, {}, *paper.bytes});
    const auto frozen = freeze(draft, visit, config, scans);
    if (!frozen.ok()) return std::nullopt;
    VisitPorts::Frozen whole(net::encode_submission(frozen.value().submission));
    if (whole.bytes.size() > net::largest_body) return std::nullopt;
    for (const std::span<const std::byte> file : frozen.value().files)
        for (const AttachedPaper& paper : record.papers)
            if (paper.bytes->data() == file.data()) whole.files.push_back(paper.bytes);
    return whole;
}

/// The person of a preview, as if a document had been read; null when the file holds none.
std::shared_ptr<const forms::KnownPerson> person_of(const std::filesystem::path& file, net::LockedMemory& memory) {
    constexpr std::size_t most_bytes = 1U << 20;
    const auto bytes = bytes_of_form(file, most_bytes);
    auto person = bytes ? forms::read_patient(*bytes, &memory) : std::nullopt;
    if (!person) return nullptr;
    return std::allocate_shared<forms::KnownPerson>(std::pmr::polymorphic_allocator<forms::KnownPerson>(&memory),
                                                    std::move(*person));
}

/// What a sender would say, and nothing behind it: no outbox, no key, no network.
void answer_in_preview(const Order& order, Mailbox<News>& news) {
    if (std::holds_alternative<AskReadiness>(order)) news.post(ReadinessTold{true, {}});
    if (const auto* keep = std::get_if<KeepRequest>(&order)) news.post(RequestKept{keep->id, 0});
}

/// Whose published forms and notices are believed, and how they are read. The reasons of what is not used go to the
/// technician as those of installed forms do.
PublishedSettings published_settings(const net::Config& config, const TerminologyFolder& lists,
                                     const std::string& demo_key, net::EventLog& log) {
    PublishedSettings settings;
    const auto add = [](const std::string& text, std::vector<net::SignerKey>& keys) {
        if (const auto key = net::read_signer_key(text)) keys.push_back(*key);
    };
    for (const std::string& text : config.feed.definition_keys)
        add(text, settings.definition_keys);
    for (const std::string& text : config.feed.notice_keys)
        add(text, settings.notice_keys);
    add(demo_key, settings.definition_keys);
    add(demo_key, settings.notice_keys);
    settings.load.known_value_sets = forms::place_value_sets();
    settings.load.terminology = lists.terminology;
    settings.base_uri = config.central.base_uri;
    settings.body = config.office.ipa_code;
    settings.report = [&log](const UnusablePackage& unusable) {
        log.write(net::LogEvent::DefinitionRefused, {{"why", static_cast<std::int64_t>(unusable.why)},
                                                     {"mistakes", static_cast<std::int64_t>(unusable.lines.size())}});
        for (const std::string& line : unusable.lines)
            std::cerr << "sportello: published and not used: " << line << '\n';
    };
    return settings;
}

int run(const Options& options, const net::Config& config, const net::SystemClock& machine, net::StopSignal& signals) {
    ShiftedClock clock(machine);
    net::EventLog log("sportello", machine);
    log.write(net::LogEvent::ProgramStarted);

    // What is read from disk is read here, before there is a screen.
    TerminologyFolder lists;
    if (!config.forms.terminology.empty()) lists = load_terminology(config.forms.terminology);
    for (const std::string& line : lists.refused)
        std::cerr << "sportello: value set not used: " << line << '\n';
    FormFolder folder; // in a preview there is one form, and it comes when it is read
    if (options.preview.empty())
        folder = load_forms(forms_folder(config, options.program), forms::place_value_sets(), config.forms.order,
                            lists.terminology);
    for (const RefusedForm& form : folder.refused) {
        log.write(net::LogEvent::DefinitionRefused, {{"mistakes", static_cast<std::int64_t>(form.mistakes.size())}});
        for (const std::string& line : lines_of(form))
            std::cerr << "sportello: form not offered: " << line << '\n';
    }
    log.write(net::LogEvent::DefinitionLoaded, {{"forms", static_cast<std::int64_t>(folder.offered.size())}});
    std::vector<Step> steps;
    if (!options.script.empty()) {
        auto read = read_script(options.script);
        if (!read.ok())
            return refuse(options.script.string() + ":" + std::to_string(read.error().line) + ": " +
                          read.error().words);
        steps = std::move(read).value();
        std::error_code error;
        if (!options.out.empty()) std::filesystem::create_directories(options.out, error);
        if (error) return refuse("the folder " + options.out.string() + " cannot be made");
    }
    auto places = PlaceSearch::open();
    if (!places) return refuse("the tables of places in this program are damaged");

    net::LockedMemory memory;
    InputOptions input_options;
    InputQueue input(input_options);
    auto opened = open_display(options, config, clock, input);
    if (!opened.ok()) return refuse(words_of(opened.error()));
    Display& display = *opened.value();

    std::unique_ptr<Demo> demo;
    std::filesystem::path socket = std::filesystem::path(config.state_dir) / "sender.sock";
    const auto wake = [&display] { display.wake(); };
    if (options.demo) {
        auto started = Demo::start(
            {options.program.parent_path(), options.demo_state, options.config_files, wake, &machine, &log});
        if (!started.ok()) return refuse(started.error().words);
        demo = std::move(started).value();
        socket = demo->socket();
        std::cout << "{\"demo\":true,\"page\":\"" << demo->page() << "\"}" << std::endl;
    }

    auto engine = TextEngine::open(display.glyph_textures());
    if (!engine.ok())
        return refuse("the font " + engine.error().file + " is missing: install the package " + engine.error().package);
    // Whoever measures wants to know what a frame costs, seen or not.
    const auto paint = options.measure_file.empty() ? FrameDriver::Paint::WhenSeen : FrameDriver::Paint::Always;
    FrameDriver frames(display, input, clock, paint);
    const float px_per_mm = px_per_mm_of(options, config, display);
    const PixelSize size = display.size();
    Stage::Options stage_options;
    stage_options.pictures = &display.glyph_textures();
    stage_options.double_strike = config.ui.debounce;
    Stage stage(*engine.value(), Glass{static_cast<float>(size.width), static_cast<float>(size.height), px_per_mm},
                stage_options);

    Mailbox<News> news(wake);
    std::optional<Link> link;
    std::optional<DeskLink> desk_link;
    std::function<void(Order)> post;
    const auto published = [&] {
        return published_settings(config, lists, demo ? demo->publisher() : std::string(), log);
    };
    if (options.desk) {
        desk_link.emplace(socket, news, memory, published());
        post = [&desk_link](Order order) { desk_link->post(std::move(order)); };
    } else if (options.preview.empty()) {
        link.emplace(socket, news, published());
        post = [&link](Order order) { link->post(std::move(order)); };
    } else {
        post = [&news](const Order& order) { answer_in_preview(order, news); };
    }
    // Papers are read at a citizen's terminal. A journey that shows some brings its own device: files.
    std::optional<CaptureLink> capture;
    if (!options.desk)
        capture.emplace(options.program.parent_path() / "sportello-decoder",
                        [&machine] { return date_of(machine.wall_time()); }, news);
    FirstWords first_words;
    std::optional<Devices> devices; // after `capture`, which hears them until they have ended
    std::optional<DeviceOrders> device_orders;
    const DeviceSettings attached = options.script.empty() ? config.devices : only_named(config.devices);
    if (capture && options.preview.empty() && any_wanted(attached)) {
        devices.emplace(
            attached,
            [&capture, &first_words](DeviceMessage message) {
                const auto* const changed = std::get_if<DeviceChanged>(&message);
                const std::optional<DeviceKind> kind = changed ? std::optional(changed->device) : std::nullopt;
                capture->hear(std::move(message));
                if (kind) first_words.heard(*kind);
            },
            log);
        device_orders.emplace(*devices);
        constexpr std::chrono::seconds patience{20}; // a journey that wants what is silent tells so itself
        if (!options.script.empty()) (void)first_words.all_within(patience);
    }
    const auto to_sender = post;
    post = [&capture, &devices, &device_orders, to_sender](Order order) {
        if (const auto* const order_to_devices = std::get_if<CaptureOrder>(&order)) {
            if (capture) capture->post(*order_to_devices);
            if (device_orders) device_orders->give(*order_to_devices);
            return;
        }
        if (std::holds_alternative<ForgetVisit>(order)) {
            if (devices) devices->forget();
            if (capture) capture->forget();
        }
        to_sender(std::move(order));
    };
    net::SystemChance chance;
    VisitPorts ports;
    ports.clock = &clock;
    ports.memory = &memory;
    ports.new_id = [&chance] { return chance.uuid(); };
    ports.search = [&places](std::string_view list, std::string_view typed, std::string_view language,
                             std::size_t most) { return places->find(list, typed, language, most); };
    ports.freeze = [&config](const forms::Draft& draft, const forms::FilledForm&, const RequestRecord& record) {
        return freeze_for(config, draft, record);
    };
    ports.read_back = [&memory](std::string_view frozen, const std::vector<OfferedForm>& offered,
                                const forms::Setting& setting) { return read_back(frozen, offered, setting, &memory); };
    VisitSettings settings = settings_of(config);
    settings.desk = options.desk;
    if (!options.preview.empty()) settings = settings_of_preview(std::move(settings));
    if (!options.patient.empty()) {
        settings.preview_person = person_of(options.patient, memory);
        if (!settings.preview_person)
            return refuse("the file " + options.patient.string() + " is no FHIR R4 Patient in JSON");
    }
    Visit visit(std::move(settings), folder.offered, ports);
    if (!memory.really_locked()) log.write(net::LogEvent::MemoryNotLocked);

    std::optional<Measure> measure;
    if (!options.measure_file.empty()) measure.emplace(options.measure_file);
    Terminal terminal(
        {display, input, frames, *engine.value(), stage, visit, news, post, clock, log, measure ? &*measure : nullptr});
    FdWatch stop(signals.descriptor(), wake);
    std::optional<FormWatch> form_watch;
    if (!options.preview.empty()) {
        forms::LoadOptions load;
        load.known_value_sets = forms::place_value_sets();
        load.terminology = lists.terminology;
        form_watch.emplace(form_file(options.preview), std::move(load), news);
    }
    TreeFile tree_file(options.tree_file, px_per_mm);
    const auto stopped = [&] { return stop.seen() || display.close_requested(); };
    log.write(net::LogEvent::ProgramReady);

    int result = done;
    if (!steps.empty()) {
        const auto show = [&capture](DeviceMessage message) {
            if (capture) capture->hear(std::move(message));
        };
        Journey journey({terminal, clock, demo.get(), options.out,
                         [](std::string_view line) { std::cout << line << std::endl; }, stopped, px_per_mm, show, attached.camera});
        if (const auto fault = journey.play(steps, options.script.parent_path()))
            result = refuse(options.script.string() + ":" + std::to_string(fault->line) + ": " + fault->words);
    } else {
        while (!stopped()) {
            if (demo) demo->look();
            terminal.turn(std::nullopt);
            if (terminal.settled()) tree_file.show(terminal.tree(), terminal.frames_drawn());
        }
    }
    if (measure && !measure->write())
        result = refuse("the file " + options.measure_file.string() + " cannot be written");
    log.write(net::LogEvent::ProgramStopped);
    if (devices && !devices->stop()) { // a driver that does not return would be waited for without end
        link.reset();
        demo.reset();
        std::cout.flush();
        std::_Exit(result);
    }
    return result; // stop order is the reverse of the order above: window and link first, then sender, then sandbox
}

} // namespace

int main(int count, char** arguments) {
    const forms::Result<Options, int> parsed = read_options(count, arguments);
    if (!parsed.ok()) return parsed.error();
    const Options& options = parsed.value();
    if (!net::harden_process().ok()) return refuse("this process cannot be kept from leaving its memory in files");
    auto signals = net::StopSignal::listen();
    if (!signals.ok()) return refuse("the signals that end a program cannot be listened to");

    const net::LoadedConfig loaded = net::load_config(options.config_files);
    for (const net::ConfigComplaint& complaint : loaded.complaints)
        std::cerr << net::text_of(complaint) << '\n';
    if (!loaded.complaints.empty()) return refuse("the configuration has mistakes: nothing was started");
    Options settled = options;
    settle_demo_state(settled, loaded);
    const net::SystemClock machine;
    return run(settled, loaded.config, machine, signals.value());
}
