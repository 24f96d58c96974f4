// SPDX-License-Identifier: EUPL-1.2
// What a person wants, as a view understood it. Whole values, applied by the model after the frame.
#pragma once
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/model/screens.hpp"

namespace kiosk {

struct StartVisit { std::string language; };
struct AcceptNotice {};
struct RefuseNotice {};
struct ChooseService { std::string key; };
struct OpenNotices {};                         ///< on the first screen
struct OpenStatus {};                          ///< among the services: where a request stands
struct Back {};
struct Continue {};
struct ToggleWhy {};
struct ChooseOption { std::string key; };      ///< toggles in a check-box list, chooses in a radio list; units too
struct ChooseHit { std::string key; };         ///< of a search
struct KeepFreeText {};
struct ForgetChosen {};                        ///< the chosen hit, to search again
struct ClearAnswer { std::string key; };       ///< "clear", or that of a question among others
struct AdjustNumber { std::string field; int steps = 0; };      ///< plus and minus of a slider or a counted number
struct PlaceNumber { std::string field; double share = 0; };    ///< a finger on the scale: 0…1 from its start
struct ChooseTab { std::string key; };         ///< "tab.0"
struct ToggleFold {};                          ///< shows or hides the questions of a group that can be folded
struct AddInstance {};
struct ChangeInstance { std::string key; };
struct RemoveInstance { std::string key; };
struct MoveInstanceUp { std::string key; };
struct ChangeRow { std::string key; };         ///< on the check page: go there, then come straight back
struct Send {};
struct Finish {};                              ///< receipt read
struct Retry {};
struct ExitNow {};                             ///< "Esci subito": neutral at once, then wipe
struct OpenHelp {};
struct OpenLanguage {};
struct OpenSize {};
struct OpenContrast {};
struct ClosePanel {};
struct ChooseLanguage { std::string code; };
struct ChooseSize { TextSize size; };
struct ChooseTheme { Theme theme; };
struct MoreTime {};
struct ConfirmRemove { bool yes = false; };
struct ConfirmKnown { bool yes = false; };

struct ShowPaper {};                           ///< beside a question: read the answer from a paper
struct TakeSheet {};                           ///< of the paper that is shown now
struct ChooseWay { std::string key; };
struct ChooseProposed { std::string key; };    ///< "proposed.2.1"

/// Editing of the text field `field` (its node key). The model owns content and caret.
enum class EditCommand { Backspace, Delete, Left, Right, WordLeft, WordRight, Home, End, SelectAll, Newline };
struct TypeText { std::string field; std::string utf8; };
struct Edit { std::string field; EditCommand command; bool extend = false; }; ///< extend: keeps the selection's anchor
struct PlaceCaret { std::string field; std::size_t byte = 0; bool extend = false; };

using Intent = std::variant<StartVisit, AcceptNotice, RefuseNotice, ChooseService, Back, Continue, ToggleWhy, ChooseOption, ChooseHit,
                            KeepFreeText, ForgetChosen, ClearAnswer, AdjustNumber, PlaceNumber, ChooseTab, ToggleFold, AddInstance, ChangeInstance, RemoveInstance, MoveInstanceUp, ChangeRow,
                            Send, Finish, Retry, ExitNow, OpenHelp, OpenLanguage, OpenSize, OpenContrast, ClosePanel,
                            ChooseLanguage, ChooseSize, ChooseTheme, MoreTime, ConfirmRemove, ConfirmKnown, ShowPaper, TakeSheet, ChooseWay, ChooseProposed, TypeText, Edit, PlaceCaret,
                            OpenNotices, OpenStatus>;
using Intents = std::vector<Intent>;

} // namespace kiosk
