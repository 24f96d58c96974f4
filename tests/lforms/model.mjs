// SPDX-License-Identifier: EUPL-1.2
// A third, slow and simple reading of the rules in forms/README.md ("Semantics"), with the ways in which LHC-Forms is known
// to read them otherwise as switches. A difference between the two programs counts as explained when both say what this
// model says for them: ours without any switch, LHC-Forms with all of them.
//
// It knows Questionnaires of the kind forms.mjs makes and what `enableWhen` needs; no expressions.

const typed = (object, prefix) => {
  const key = Object.keys(object).find((name) => name.startsWith(prefix) && name.length > prefix.length);
  return key === undefined ? undefined : { kind: key.slice(prefix.length), value: object[key] };
};

/** One occurrence of an item: of a group its instance, of a question the question with all its answers. */
class Occurrence {
  constructor(item, parent, instance, answerOfParent) {
    Object.assign(this, { item, parent, instance, answerOfParent, answers: [], below: [] });
  }

  get isQuestion() { return !['group', 'display'].includes(this.item.type); }
}

export class Model {
  /** `differs(rule)`: whether this reading follows LHC-Forms there. */
  constructor(questionnaire, response, differs) {
    this.differs = differs;
    this.startsNew = !response?.item;
    this.order = []; // every occurrence in the order of the form
    this.top = this.occurrences(questionnaire.item, response?.item ?? [], undefined, 0);
    this.places = new Map(this.order.map((one, index) => [one, index]));
  }

  occurrences(items, filled, parent, answerOfParent) {
    const found = [];
    for (const item of items) {
      const given = filled.filter((one) => one.linkId === item.linkId);
      const add = (instance) => {
        const one = new Occurrence(item, parent, instance, answerOfParent);
        this.order.push(one);
        found.push(one);
        return one;
      };
      if (item.type === 'group') {
        const instances = Math.max(1, given.length);
        for (let k = 0; k < instances; ++k) {
          const one = add(k);
          one.isBegun = item.repeats === true && given.length > 0;
          one.below = [this.occurrences(item.item, given[k]?.item ?? [], one, 0)];
        }
        continue;
      }
      const answers = (given[0]?.answer ?? this.initial(item)).map((answer) => this.read(item, answer));
      // LHC-Forms repeats the question where others repeat the answer, unless several are chosen in one list.
      const split = item.repeats && !choosesSeveral(item) && this.differs('question-repeats') ? answers.map((one) => [one]) : [answers];
      for (const [k, group] of (split.length > 0 ? split : [[]]).entries()) {
        const one = add(k);
        one.answers = group.map((answer) => typed(answer, 'value'));
        if (item.item) one.below = (group.length > 0 ? group : [{}]).map((answer, a) => this.occurrences(item.item, answer.item ?? [], one, a));
      }
    }
    return found;
  }

  /** What is understood of an answer; what is nested in it stays, in any case. */
  read(item, answer) {
    const lost = (item.type === 'url' && !this.startsNew && this.differs('no-addresses')) || (offersOther(item) && this.differs('codes-only'));
    if (lost) return { item: answer.item };
    if (['date', 'dateTime'].includes(item.type) && this.differs('whole-moments')) {
      const { kind, value } = typed(answer, 'value');
      return { ...answer, [`value${kind}`]: wholeMoment(item.type, value) };
    }
    return answer;
  }

  initial(item) {
    if (!this.startsNew) return [];
    if (item.answerOption) return item.answerOption.filter((one) => one.initialSelected).map((one) => ({ ...one, initialSelected: undefined }));
    return item.initial ?? [];
  }

  isEnabled(one) {
    one.enabled ??= (!one.parent || this.isEnabled(one.parent)) && this.conditionsHold(one);
    return one.enabled;
  }

  conditionsHold(one) {
    const conditions = one.item.enableWhen ?? [];
    if (conditions.length === 0) return true;
    const holds = (condition) => this.holds(condition, one);
    return one.item.enableBehavior === 'all' || conditions.length === 1 ? conditions.every(holds) : conditions.some(holds);
  }

  holds(condition, target) {
    const sources = this.sources(condition.question, target);
    const answers = sources.flatMap(({ one, only }) => !this.isEnabled(one) ? [] : only === undefined ? one.answers : one.answers.slice(only, only + 1)).filter(Boolean);
    const wanted = typed(condition, 'answer');
    const item = this.order.find((one) => one.item.linkId === condition.question).item;
    // Where several other things than codes were chosen, LHC-Forms is left with an empty list, which is an answer that equals nothing.
    const emptyList = choosesSeveral(item) && offersOther(item) && this.differs('codes-only') &&
      sources.some(({ one }) => one.answers.length > 0 && this.isEnabled(one));
    if (condition.operator === 'exists') return (answers.length > 0 || emptyList === true) === wanted.value;
    if (emptyList) return condition.operator === '!=';
    if (offersOther(item) && this.differs('codes-only')) return false;
    if (answers.length === 0) return condition.operator === '!=' && this.differs('unequal-to-nothing');
    return (this.differs('comparisons') ? comparesAsLhcForms : compares)(item, condition.operator, answers, wanted);
  }

  /** Which occurrences of the question a condition means, and which answer of it when the target stands below one. */
  sources(linkId, target) {
    for (let child = target, one = target.parent; one; child = one, one = one.parent)
      if (one.item.linkId === linkId) return [{ one, only: child.answerOfParent }];
    if (this.differs('nearest-in-the-list')) {
      const at = this.places.get(target);
      const before = this.order.slice(0, at).reverse().find((one) => one.item.linkId === linkId);
      return [{ one: before ?? this.order.slice(at).find((one) => one.item.linkId === linkId) }];
    }
    // Upwards until some occurrence lies inside; of several, the last before the target or else the first after it.
    for (let child = target; ; child = child.parent) {
      const inside = this.inside(child.parent ? child.parent.below[child.answerOfParent] : this.top, linkId);
      if (inside.length === 0) continue;
      const { one } = inside.findLast(({ at }) => this.places.get(at) < this.places.get(target)) ?? inside[0];
      return one ? [{ one }] : [];
    }
  }

  /**
   * Occurrences with the place that decides about their order. Below a line that was not answered nothing counts: a response
   * cannot say that there was such a line; a question without any answer stands for what would be below it.
   */
  inside(occurrences, linkId) {
    return occurrences.flatMap((one) => {
      if (one.item.linkId === linkId) return [{ at: one, one }];
      if (!contains(one.item, linkId)) return [];
      const below = one.isQuestion ? one.below.filter((_, k) => one.answers[k] !== undefined) : one.below;
      return below.length > 0 ? below.flatMap((deeper) => this.inside(deeper, linkId)) : [{ at: one }];
    });
  }

  /** Paths as `form run` writes them: a question once, whatever it was answered. */
  enabled() {
    return [...new Set(this.order.filter((one) => this.isEnabled(one)).map((one) => this.path(one)))];
  }

  path(one) {
    let text = one.item.linkId + (one.isQuestion ? '' : this.index(one));
    for (let child = one, up = one.parent; up; child = up, up = up.parent)
      text = `${up.item.linkId}${up.isQuestion ? index(this.numberOfAnswer(child, up)) : this.index(up)}/${text}`;
    return text;
  }

  index(one) { return index(one.instance); }
  numberOfAnswer(child, up) { return up.instance + child.answerOfParent; }

  /** The items of the response: what is enabled and answered. */
  response() { return this.filled(this.top); }

  /** It writes valueUrl, which no version of FHIR has in a response, and a text that is offered as an option as a code without a code. */
  written(item, { kind, value }) {
    if (kind === 'Uri' && this.differs('no-addresses')) return { valueUrl: value };
    const isOffered = item.type === 'open-choice' && kind === 'String' && item.answerOption?.some((option) => option.valueString === value);
    if (isOffered && this.differs('codes-only')) return { valueCoding: { display: value } };
    return { [`value${kind}`]: value };
  }

  filled(occurrences) {
    const items = new Map();
    const add = (one, answer) => {
      const entry = items.get(one.item.linkId);
      if (entry) entry.answer.push(...answer);
      else items.set(one.item.linkId, { linkId: one.item.linkId, answer });
    };
    for (const one of occurrences) {
      if (!this.isEnabled(one) || one.item.type === 'display') continue;
      if (one.item.type === 'group') {
        const item = this.filled(one.below[0]);
        if (item.length > 0) items.set(one, { linkId: one.item.linkId, item });
        else if (this.differs('empty-groups') ? hasValue(one) : one.isBegun || (one.item.repeats && hasValue(one))) items.set(one, { linkId: one.item.linkId });
        continue;
      }
      const answer = [];
      for (let k = 0; k < Math.max(one.answers.length, one.below.length); ++k) {
        const item = one.below[k] ? this.filled(one.below[k]) : [];
        const value = one.answers[k];
        if (!value && this.differs('nested-without-answer')) continue;
        if (value || item.length > 0) answer.push({ ...(value && this.written(one.item, value)), ...(item.length > 0 && { item }) });
      }
      if (answer.length > 0) add(one, answer);
    }
    return [...items.values()];
  }
}

const index = (number) => (number > 0 ? `[${number}]` : '');

const contains = (item, linkId) => item.item?.some((one) => one.linkId === linkId || contains(one, linkId)) ?? false;

const hasValue = (one) => one.answers.some(Boolean) || one.below.flat().some(hasValue);

/** Where LHC-Forms shows one list for all answers; with nested items it repeats the question even so. */
const choosesSeveral = (item) => item.repeats && item.answerOption !== undefined && item.item === undefined;

/** A choice among something else than codes. */
const offersOther = (item) => item.type === 'choice' && item.answerOption?.some((option) => option.valueCoding === undefined);

// How two values stand to each other: -1, 0, 1, or undefined where they are in no order.
const side = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function order(a, b) {
  const number = (one) => (['Integer', 'Decimal'].includes(one.kind) ? Number(one.value) : undefined);
  if (number(a) !== undefined && number(b) !== undefined) return side(number(a), number(b));
  if (a.kind === 'Uri' || b.kind === 'Uri') return side(String(a.value), String(b.value));
  if (a.kind !== b.kind) return undefined;
  switch (a.kind) {
    case 'Date': case 'DateTime': return orderOfMoments(a.value, b.value);
    case 'Time': case 'String': return side(a.value, b.value);
    case 'Quantity': return a.value.system === b.value.system && a.value.code === b.value.code ? side(a.value.value, b.value.value) : undefined;
    default: return undefined;
  }
}

/** A date or moment is the whole stretch of time that it names; two that overlap without being the same are in no order. */
function orderOfMoments(a, b) {
  const [x, y] = [stretch(a), stretch(b)];
  if (x.from === y.from && x.to === y.to) return 0;
  return x.to <= y.from ? -1 : y.to <= x.from ? 1 : undefined;
}

function stretch(text) {
  const [, year, month, day, time] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(T.*)?$/.exec(text);
  if (time) return { from: Date.parse(text), to: Date.parse(text) + 1 };
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const to = !month ? Date.UTC(y + 1, 0, 1) : !day ? Date.UTC(y, m + 1, 1) : Date.UTC(y, m, d + 1);
  return { from: Date.UTC(y, m, d), to };
}

/** A date or moment with all that its writer left open filled in. */
function wholeMoment(type, text) {
  const moment = new Date(stretch(text).from).toISOString();
  return type === 'date' ? moment.slice(0, 10) : moment;
}

function same(a, b) {
  const ordered = order(a, b);
  if (ordered !== undefined) return ordered === 0;
  if (a.kind !== b.kind) return false;
  if (a.kind === 'Coding') return a.value.system === b.value.system && a.value.code === b.value.code;
  return a.kind === 'Boolean' && a.value === b.value;
}

const standsSo = { '>': (side) => side > 0, '<': (side) => side < 0, '>=': (side) => side >= 0, '<=': (side) => side <= 0 };

function compares(item, operator, answers, wanted) {
  if (operator === '=') return answers.some((answer) => same(answer, wanted));
  if (operator === '!=') return !answers.some((answer) => same(answer, wanted));
  return answers.some((answer) => { const side = order(answer, wanted); return side !== undefined && standsSo[operator](side); });
}

/** Its own: no order among dates, times and texts, nothing but equality in a list of options, units not looked at. */
function comparesAsLhcForms(item, operator, answers, wanted) {
  if (item.answerOption) {
    const equal = (answer) => (wanted.kind === 'Coding'
      ? typeof answer.value === 'object' && answer.value.system === wanted.value.system && answer.value.code === wanted.value.code
      : answer.value === wanted.value);
    if (operator === '=') return answers.some(equal);
    return operator === '!=' && !answers.some(equal);
  }
  const answer = answers[0].value;
  switch (item.type) {
    case 'integer': case 'decimal': case 'quantity': {
      const number = item.type === 'quantity' ? answer.value : answer;
      const bound = item.type === 'quantity' ? wanted.value.value : wanted.value;
      if (operator === '=') return number === bound;
      return operator === '!=' ? number !== bound : standsSo[operator](side(number, bound));
    }
    case 'string': case 'text': case 'boolean':
      return operator === '=' ? answer === wanted.value : operator === '!=' && answer !== wanted.value;
    default:
      return false;
  }
}
