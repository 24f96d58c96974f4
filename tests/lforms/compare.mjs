// SPDX-License-Identifier: EUPL-1.2
// Whether two programs say the same about a form, and if not, by which rule. The rules are those of forms/README.md,
// "Where LHC-Forms differs"; check.mjs refuses a rule that is not listed there.
import { Model } from './model.mjs';

export const rules = ['question-repeats', 'unequal-to-nothing', 'comparisons', 'nearest-in-the-list', 'nested-without-answer', 'no-addresses', 'whole-moments', 'codes-only',
  'empty-groups'];

/** Those that matter for expressions alone (expressions.mjs). */
export const rulesOfExpressions = ['hidden-by-expression', 'stored-results'];

/** The items of a response with all that does not belong to the answers taken away. */
export function answersOf(items = []) {
  return items.map((item) => ({
    linkId: item.linkId,
    ...(item.answer && { answer: item.answer.map((answer) => ({ ...plain(answer), ...(answer.item && { item: answersOf(answer.item) }) })) }),
    ...(item.item && { item: answersOf(item.item) }),
  }));
}

/** How a code is called depends on who shows it; which code it is does not. */
function plain({ item: _, ...value }) {
  if (value.valueCoding?.code === undefined) return value;
  const { display: __, ...code } = value.valueCoding;
  return { ...value, valueCoding: code };
}

const text = (value) => JSON.stringify(value, (_, part) => (part && typeof part === 'object' && !Array.isArray(part)
  ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part));

/** What a program said, in a shape that can be compared: enabled places and answers, as texts. */
export function saying(enabled, items) {
  return { enabled: [...new Set(enabled)].sort().join('\n'), answers: text(answersOf(items)) };
}

export const agree = (a, b) => a.enabled === b.enabled && a.answers === b.answers;

/** LHC-Forms repeats a question where we repeat its answer: "a[1]" is the same question "a". */
export function pathsOf(told, questionnaire) {
  const questions = new Set();
  const collect = (items) => { for (const item of items ?? []) { if (item.type !== 'group') questions.add(item.linkId); collect(item.item); } };
  collect(questionnaire.item);
  return told.enabled.map(({ linkId, path }) => (questions.has(linkId) ? path.replace(/\[\d+\]$/, '') : path));
}

function modelSays({ questionnaire, response }, differs) {
  const model = new Model(questionnaire, response, differs);
  return saying(model.enabled(), model.response());
}

/**
 * {kind, rules, wrong}. `theirs` is absent where LHC-Forms cannot read the case; `wrong` names the program that says
 * something else than the model.
 */
export function judge(one, ours, theirs) {
  const weFollow = agree(modelSays(one, () => false), ours);
  if (!theirs) return { kind: weFollow ? 'unread' : 'unexplained', rules: [], wrong: weFollow ? undefined : 'form run' };
  const theyFollow = agree(modelSays(one, () => true), theirs);
  if (!weFollow || !theyFollow)
    return { kind: 'unexplained', rules: [], wrong: weFollow ? 'LHC-Forms' : theyFollow ? 'form run' : 'both' };
  if (agree(ours, theirs)) return { kind: 'same', rules: [] };
  // A rule matters here when LHC-Forms would have said something else without it.
  const matters = (rule) => !agree(modelSays(one, (other) => other !== rule), theirs);
  return { kind: 'explained', rules: rules.filter(matters) };
}
