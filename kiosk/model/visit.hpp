// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "forms/engine/draft.hpp"
#include "forms/engine/pages.hpp"
#include "kiosk/model/intents.hpp"
#include "kiosk/model/orders.hpp"
#include "kiosk/model/question_part.hpp"
#include "kiosk/model/screens.hpp"
#include "kiosk/model/settings.hpp"
#include "kiosk/model/text_edit.hpp"
#include "kiosk/text/words.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// One person's use of the terminal after the other, from the first touch until the neutral screen is back: which
/// screen is shown, what each intent does to the answers, and what is asked of the sender. The only place where a
/// visit changes. No window, no file, no thread: intents, news and time in; pictures and orders out.
/// Thread: screen.
class Visit {
public:
    /// `forms` may be empty: then the terminal says that there is nothing to fill in.
    Visit(VisitSettings settings, std::vector<OfferedForm> forms, VisitPorts ports);
    ~Visit();
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

    /// An intent that does not belong to the screen shown is ignored: it comes from a frame that is gone.
    void apply(const Intent& intent);
    void hear(const News& news);
    /// A finger or a key: the person is here.
    void touched();
    /// What is due by the clock. Call when `next_deadline` has passed; more often does no harm.
    void tick();
    [[nodiscard]] std::optional<forms::BootTime> next_deadline() const;

    /// What to draw now. The same object until something changes; then `version` has grown.
    [[nodiscard]] const Picture& picture();
    /// After the picture was put on the glass. What "Esci subito" and the ends of visits leave to be done is done here:
    /// the neutral screen comes first, the wipe after it.
    void presented();

    [[nodiscard]] std::vector<Order> take_orders();

    /// Expressions of the form that had no result since this was last asked, each once a visit: for the event log.
    /// Places and kinds, never a value.
    struct FormTrouble {
        forms::Sha256 form{};
        forms::FormulaTrouble what;
    };
    [[nodiscard]] std::vector<FormTrouble> take_troubles();

    /// Grows with every wipe: whoever keeps something of a visit (glyphs, input, widgets) throws it away then.
    [[nodiscard]] std::uint64_t wipes() const { return wipes_; }
    [[nodiscard]] std::uint64_t visits_started() const { return visits_started_; }
    /// Grows with everything that was said to be published; for scripts.
    [[nodiscard]] std::uint64_t published_heard() const { return published_heard_; }
    /// Nobody's answers are here.
    [[nodiscard]] bool at_rest() const;

    /// The receipt now or last shown in this visit, for scripts; empty before and after.
    struct Shown {
        std::string number, reference, code;
    };
    [[nodiscard]] const Shown& receipt() const { return receipt_; }

    /// For scripts: the page now shown stands for this question. None when no question is shown.
    [[nodiscard]] std::optional<std::string> question_shown() const;
    /// All questions of that page, in order: more than one where its author wants them together.
    [[nodiscard]] std::vector<std::string> questions_shown() const;
    /// For scripts: a device is being looked through.
    [[nodiscard]] bool looking() const { return where_ == Where::Looking; }
    /// Small pictures of pages are shown now.
    [[nodiscard]] bool takes_sheets() const;
    /// For scripts: the page that asks for `question` ("children[1]/name" or a linkId).
    [[nodiscard]] const forms::Draft* draft() const;

private:
    enum class Where {
        Attract,
        OutOfService,
        Privacy,
        Waiting,
        Services,
        Question,
        Ways,     ///< how a paper can be shown, or that there is none
        Looking,  ///< a device looks at it
        Proposal, ///< what it says, to be chosen from
        Sheets,   ///< of a paper that is put together
        PaperFacts,
        PaperMaking,
        Check,
        Saving,
        Receipt,
        NotKept,
        Neutral,
        DeskSignIn,
        DeskList,
        DeskIdentity, ///< which document the person has shown
        Notices,       ///< from the first screen; nobody's visit yet
        ServiceNotice, ///< before a form that a notice concerns
        StatusAsk,     ///< number and code of a receipt
        StatusWaiting,
        StatusAnswer
    };
    enum class PanelKind { None, Help, Language, Size, Contrast, Idle, Remove, Known, Mistakes };

    // visit_state.hpp: what it holds while something goes on
    struct Sheet;
    struct Paper;
    struct Filling;
    struct Reading;
    struct Asking;
    struct DeskState;

    // visit.cpp: from the first touch to the end
    void start(const std::string& language);
    void accept_notice();
    void open_form(const std::string& key);
    void confirm_remove(bool yes);
    void choose_language(const std::string& code);
    void end(Where next);
    void show(Where where);
    void wipe();
    void dirty() { ++version_; }
    [[nodiscard]] forms::BootTime now() const { return ports_.clock->since_boot(); }

    // visit_intents.cpp: which intent belongs where
    [[nodiscard]] bool panel_intent(const Intent& intent);
    [[nodiscard]] bool visit_intent(const Intent& intent);

    // visit_sender.cpp: questions to the sender and its news
    void send();
    void keep();
    void ask_readiness(std::uint64_t room = 0);
    void told(const ReadinessTold& told);
    [[nodiscard]] bool surely_ready(std::uint64_t room = 0) const;

    // desk_visit.cpp: the staff's side
    [[nodiscard]] bool desk_intent(const Intent& intent);
    [[nodiscard]] bool desk_typing(const Intent& intent);
    [[nodiscard]] bool identity_intent(const Intent& intent);
    [[nodiscard]] bool asks_identity() const;
    void choose_request(const std::string& key);
    void desk_told(const DeskNews& news);
    void desk_opened(const DeskOpened& opened);
    void desk_sent(const DeskSent& sent);
    void desk_over(DeskFault fault);
    void to_the_list();
    void desk_order(DeskOrder order) { orders_.emplace_back(std::move(order)); }
    [[nodiscard]] Where at_rest_place() const { return desk_ ? Where::DeskSignIn : Where::Attract; }

    // desk_picture.cpp
    [[nodiscard]] QuestionScreen desk_sign_in_screen() const;
    [[nodiscard]] ServicesScreen desk_list_screen() const;
    [[nodiscard]] QuestionScreen desk_identity_screen() const;
    void add_identity(CheckScreen& check) const;
    void add_objections(CheckScreen& check) const;

    // visit_news.cpp: what is published, and where a request stands
    [[nodiscard]] bool news_intent(const Intent& intent);
    void published(PublishedNews news);
    void offer_published();
    void choose_service(const std::string& key);
    [[nodiscard]] std::vector<const Notice*> notices_in_force() const;
    [[nodiscard]] std::vector<const Notice*> notices_before(const std::string& key) const;
    [[nodiscard]] bool notices_moved();
    [[nodiscard]] std::optional<forms::BootTime> next_notice() const;
    void open_status();
    void ask_status();
    void post_status();
    void told(const RequestStatusTold& told);
    [[nodiscard]] TextEdit* status_field(const std::string& key);

    // visit_time.cpp: what is due by the clock
    [[nodiscard]] forms::BootTime since_touch() const;
    [[nodiscard]] bool idle_counts() const;
    [[nodiscard]] bool idle_resets_quietly() const;
    [[nodiscard]] int idle_seconds_left() const;

    // visit_preview.cpp: a form that is being written
    void begin_preview();
    void form_changed(const FormChanged& change);
    void take_new_form(const std::shared_ptr<const forms::Definition>& definition);

    // navigation.cpp: from page to page
    void back();
    void go_on_from_question();
    [[nodiscard]] std::vector<AdviceLine> advice() const;
    [[nodiscard]] bool advises_first();
    void change_row(std::string_view key);
    void moved_up(std::uint32_t row);
    void change_instance(const std::string& key);
    void add_instance();
    /// Valid until an answer changes what there is to fill in. Looks at the whole form only then.
    [[nodiscard]] const std::vector<forms::Page>& pages() const;
    [[nodiscard]] static bool answered_by_notice(const forms::Item& item);
    void answer_by_notice();
    void open_page(const forms::Page& page);
    void leave_page();
    void take_search_up();
    void open_check();
    [[nodiscard]] std::optional<forms::Path> rows_around(const forms::Path& path) const;
    [[nodiscard]] std::optional<forms::Page> page_after(const forms::Page& page) const;
    [[nodiscard]] std::optional<forms::Page> page_before(const forms::Page& page) const;
    [[nodiscard]] std::optional<forms::Page> first_not_passed() const;
    [[nodiscard]] forms::Page rows_page(const forms::Path& group) const;

    // visit_capture.cpp: from a paper that is shown to answers
    [[nodiscard]] bool capture_intent(const Intent& intent);
    void capture_told(const CaptureNews& news);
    void enter(const forms::Page& page); ///< asks for a document first, once, where one could answer
    [[nodiscard]] bool is_there(DeviceKind device) const;
    void device_told(const DeviceChanged& changed);
    [[nodiscard]] bool can_read_papers() const;
    [[nodiscard]] std::optional<forms::Whose> read_from_papers(const forms::Page& page) const;
    void begin_reading(forms::Whose whose, std::optional<forms::Page> from, const forms::Page& then);
    void choose_way(const std::string& key);
    void look(DeviceKind device);
    /// A camera that searches for a document: nobody touches anything.
    [[nodiscard]] bool looks_by_itself() const;
    void stop_looking();
    void not_read(Text why);
    void propose();
    void choose_proposed(std::string_view key);
    void take_proposed();
    void resume(const std::optional<forms::Page>& page);

    // visit_papers.cpp: questions that are answered with papers
    [[nodiscard]] bool can_take_papers() const;
    [[nodiscard]] std::optional<forms::Path> papers_asked() const;
    [[nodiscard]] bool can_add_paper(const forms::Path& question) const;
    [[nodiscard]] bool paper_intent(const Intent& intent);
    [[nodiscard]] bool sheets_intent(const Intent& intent);
    [[nodiscard]] bool facts_intent(const Intent& intent);
    void want_paper(const forms::Path& question);
    void paper_readiness(bool ready);
    void begin_paper(const forms::Path& question);
    void ways_of_paper();
    void drop_sheets();
    void leave_looking_at_paper();
    void page_read(const PageRead& read);
    [[nodiscard]] std::optional<std::optional<forms::PartialDate>> expiry_typed() const;
    void make_paper();
    void paper_made(const PaperMade& made);
    void remove_paper(const forms::Path& question, std::uint32_t row);

    // papers_picture.cpp
    void add_no_room(QuestionScreen& question) const;
    [[nodiscard]] RepeatControl papers_control(const forms::Path& question) const;
    [[nodiscard]] QuestionScreen sheets_screen() const;
    [[nodiscard]] QuestionScreen facts_screen() const;

    // capture_picture.cpp
    [[nodiscard]] static Text sheet_words(PageTrouble trouble);
    [[nodiscard]] WaysScreen ways_screen() const;
    [[nodiscard]] WaysScreen ways_of_paper_screen() const;
    [[nodiscard]] LookScreen look_screen() const;
    [[nodiscard]] ProposalScreen proposal_screen() const;

    // visit_person.cpp: what a document says about the person, and what the form makes of it
    [[nodiscard]] forms::Setting setting() const; ///< for a form that is opened now
    void person_read(const PersonRead& read);
    void propose_known();
    void confirm_known(bool yes);
    [[nodiscard]] KnownPanel known_panel() const;

    // visit_tabs.cpp: tabs and folded groups
    void toggle_fold();
    void keep_fold();
    [[nodiscard]] bool is_folded(const forms::Page& page) const;
    [[nodiscard]] std::vector<const forms::Page*> tabs() const; ///< the first page of each tab beside the one shown
    void choose_tab(std::string_view key);

    // picture.cpp: what it looks like
    void build();
    [[nodiscard]] PageVoice voice() const;
    [[nodiscard]] std::string said(Text text) const { return std::string(words_.get(text)); }
    [[nodiscard]] Screen screen();
    [[nodiscard]] AttractScreen attract_screen() const;
    [[nodiscard]] PrivacyScreen privacy_screen() const;
    [[nodiscard]] ServicesScreen services_screen() const;
    [[nodiscard]] QuestionScreen question_screen();
    void add_advice(QuestionScreen& question) const;
    [[nodiscard]] std::vector<LanguageChoice> language_choices() const;

    // news_picture.cpp: notices and the state of a request
    [[nodiscard]] NewsScreen notices_screen(const std::vector<const Notice*>& notices, Text title) const;
    [[nodiscard]] QuestionScreen status_ask_screen() const;
    [[nodiscard]] NewsScreen status_screen() const;
    void add_notices(AttractScreen& attract) const;

    // panel_picture.cpp: what is laid over a screen
    [[nodiscard]] std::optional<Panel> panel() const;

    // check_picture.cpp: all answers again
    [[nodiscard]] CheckScreen check_screen() const;
    [[nodiscard]] std::vector<std::string> facts_missing() const;
    [[nodiscard]] std::string row_key(const forms::Path& path) const;

    // receipt_picture.cpp
    [[nodiscard]] ReceiptScreen receipt_screen() const;
    [[nodiscard]] std::vector<Text> answer_steps() const;
    [[nodiscard]] std::string full_number() const;

    VisitSettings settings_;
    std::vector<OfferedForm> forms_;
    std::vector<std::size_t> lengths_; ///< about how many questions each form asks
    std::vector<OfferedForm> installed_;
    std::uint64_t published_heard_ = 0;
    std::optional<PublishedNews> waiting_news_; ///< forms that the next visit is offered
    std::vector<Notice> notices_;
    std::vector<std::string> shown_notices_;    ///< ids of those in force when the picture was made
    std::set<std::string> told_before_;         ///< services whose notices this visit has read
    std::string noticed_form_;
    std::unique_ptr<Asking> status_;
    VisitPorts ports_;

    Where where_ = Where::Attract;
    PanelKind panel_ = PanelKind::None;
    std::string language_;
    Words words_;
    Words form_words_;
    TextSize text_size_ = TextSize::Medium;
    Theme theme_ = Theme::Medium;
    std::unique_ptr<Filling> filling_;
    bool visit_open_ = false;
    bool why_open_ = false;
    std::uint32_t removing_ = 0; ///< row in question while the Remove panel is up
    std::optional<ReadinessTold> readiness_;
    forms::BootTime readiness_at_{};
    forms::BootTime asked_at_{};
    std::uint64_t asked_room_ = 0;
    bool asking_ = false;
    std::shared_ptr<const forms::KnownPerson> known_; ///< from a document; gone with the visit
    std::string wanted_form_;                         ///< chosen while the sender was still being asked
    std::unique_ptr<Reading> reading_;                ///< null until a paper is asked for
    std::array<DeviceState, 4> devices_{};            ///< by DeviceKind; stays from visit to visit
    std::uint64_t watches_ = 0;                       ///< numbers those of all visits
    StaffCode code_;                                  ///< on the screens that send to the desk
    std::uint64_t number_ = 0;
    Shown receipt_;
    bool needs_desk_ = false;

    forms::BootTime touched_at_{};
    forms::BootTime shown_at_{}; ///< when `where_` began
    int countdown_shown_ = 0;
    bool slow_shown_ = false;
    bool wipe_pending_ = false;
    std::uint64_t wipes_ = 0, visits_started_ = 0;
    std::vector<Order> orders_;
    std::vector<std::string> mistakes_; ///< of the form in a preview
    std::unique_ptr<DeskState> desk_;   ///< null at a kiosk

    std::unique_ptr<Picture> picture_; ///< on the heap: what it held is zeroed when it is freed
    std::uint64_t version_ = 1, built_ = 0;
    std::string focus_wish_;
};

} // namespace kiosk
