// SPDX-License-Identifier: EUPL-1.2
// Random Questionnaires with random answers: every item type, groups and questions nested and repeated, every operator,
// options of every kind. The same seed gives the same case. Half of the forms keep clear of everything that LHC-Forms is known
// to read otherwise (forms/README.md): about those both must say the same.

/** Mulberry32: small, good enough, the same everywhere. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { below: (n) => Math.floor(next() * n), chance: (p) => next() < p, of: (list) => list[Math.floor(next() * list.length)] };
}

const system = 'urn:example:codes';
const code = (name, more = {}) => ({ system, code: name, display: `Code ${name}`, ...more });
const kilograms = (value) => ({ value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' });

// Few values each, so that answers and conditions often meet. The name is the one in value[x] and answer[x].
const values = {
  boolean: ['Boolean', [true, false]],
  integer: ['Integer', [-1, 0, 1, 2, 3]],
  decimal: ['Decimal', [0, 0.5, 1.5, 2, 2.25]],
  date: ['Date', ['2019', '2019-05', '2019-05-31', '2020-01-01', '2020']],
  dateTime: ['DateTime', ['2019', '2020-01-01', '2020-01-01T08:30:00Z', '2020-01-01T09:30:00+01:00', '2020-01-01T08:30:01Z']],
  time: ['Time', ['08:30:00', '08:30:01', '23:59:59']],
  string: ['String', ['x', 'y', 'X', 'x y']],
  text: ['String', ['x', 'y', 'two\nlines']],
  url: ['Uri', ['https://example.org/a', 'https://example.org/b']],
  choice: ['Coding', [code('a'), code('b'), code('c')]],
  'open-choice': ['Coding', [code('a'), code('b'), code('c')]],
  quantity: ['Quantity', [kilograms(1), kilograms(2.5), { value: 1, unit: 'g', system: 'http://unitsofmeasure.org', code: 'g' }]],
  attachment: ['Attachment', [{ contentType: 'image/png', url: 'https://example.org/scan', title: 'scan' }]],
};
// Codes most often, as in real forms.
const codes = [
  ['Coding', [code('a'), code('b'), code('c')]],
  ['Coding', [code('a'), code('b'), code('a', { system: 'urn:example:other' })]],
];
const optionKinds = [
  ...codes, ...codes, ...codes,
  ['Integer', [1, 2, 3]],
  ['String', ['x', 'y', 'z']],
  ['Date', ['2019-05-31', '2020-01-01', '2021-12-31']],
  ['Time', ['08:30:00', '12:00:00']],
];
const ordered = new Set(['integer', 'decimal', 'date', 'dateTime', 'time', 'string', 'text', 'quantity']);
const types = Object.keys(values);

// What both understand alike: whole days, moments as LHC-Forms writes them, one unit, no addresses.
const plainValues = {
  ...values,
  date: ['Date', ['2019-05-31', '2020-01-01', '2020-01-02']],
  dateTime: ['DateTime', ['2019-12-31T23:59:59.000Z', '2020-01-01T08:30:00.000Z']],
  quantity: ['Quantity', [kilograms(1), kilograms(2.5), kilograms(3)]],
};
delete plainValues.url;
const plainTypes = Object.keys(plainValues);
const plainOperators = { boolean: ['=', '!='], integer: ['=', '!=', '>', '<', '>=', '<='], decimal: ['=', '!=', '>', '<', '>=', '<='],
  quantity: ['=', '!=', '>', '<', '>=', '<='], string: ['=', '!='], text: ['=', '!='], choice: ['=', '!='], 'open-choice': ['=', '!='] };
const mostScans = 10; // a draft holds no more

class Form {
  constructor(random, isPlain = false) {
    this.random = random;
    this.isPlain = isPlain;
    this.values = isPlain ? plainValues : values;
    this.kept = new Set(); // plain: linkIds of questions that always have an answer, one in each group
    this.count = 0;
    this.asked = []; // questions so far: most conditions look back, so that there is no circle
    this.items = [];
    const top = 2 + random.below(5);
    for (let i = 0; i < top; ++i) this.items.push(this.item(0));
    if (!isPlain && random.chance(0.3)) this.lookAhead();
  }

  /** Gives one item a condition on a later question that itself waits for nothing: still no circle. */
  lookAhead() {
    const all = [];
    const collect = (items, free) => {
      for (const item of items ?? []) {
        const first = all.length;
        const entry = { item, free: free && !item.enableWhen, end: 0 };
        all.push(entry);
        collect(item.item, entry.free);
        all[first].end = all.length;
      }
    };
    collect(this.items, true);
    const at = this.random.below(all.length);
    const later = all.slice(all[at].end).filter(({ item, free }) => free && this.asked.includes(item));
    if (all[at].item.enableWhen || all[at].item.required || later.length === 0) return;
    all[at].item.enableWhen = [this.condition(this.random.of(later).item)];
  }

  item(depth, aboveIsConditional = false, isBelowQuestion = false) {
    const random = this.random;
    const item = { linkId: `i${++this.count}`, text: `Item ${this.count}`, type: this.type(depth) };
    if (this.asked.length > 0 && random.chance(0.45)) this.conditions(item);
    if (item.type === 'display') return item;
    const conditional = aboveIsConditional || item.enableWhen !== undefined;
    if (random.chance(0.25)) item.repeats = true;
    // Never where a condition decides: what can never be enabled may not be required, and is refused.
    if (!conditional && random.chance(0.15)) item.required = true;
    if (item.type === 'group') {
      item.item = this.below(depth, 3, conditional, isBelowQuestion);
      if (this.isPlain) item.item.unshift(this.keptQuestion(isBelowQuestion));
      return item;
    }
    this.details(item, isBelowQuestion);
    if (!this.isPlain || !item.repeats) this.asked.push(item);
    // LHC-Forms takes no several answers with nested items in one list of choices.
    if (depth < 3 && random.chance(0.2) && !(this.isPlain && item.repeats)) item.item = this.below(depth, 2, conditional, true);
    return item;
  }

  /** With it no group is ever without an answer to be sent, whatever is hidden in it. */
  keptQuestion(isBelowQuestion) {
    const linkId = `i${++this.count}`;
    this.kept.add(linkId);
    return { linkId, text: `Item ${this.count}`, type: 'integer', ...(!isBelowQuestion && { initial: [{ valueInteger: 7 }] }) };
  }

  type(depth) {
    const random = this.random;
    if (depth < 3 && random.chance(0.25)) return 'group';
    return random.chance(0.05) ? 'display' : random.of(this.isPlain ? plainTypes : types);
  }

  below(depth, most, conditional, isBelowQuestion) {
    return Array.from({ length: 1 + this.random.below(most) }, () => this.item(depth + 1, conditional, isBelowQuestion));
  }

  details(item, isBelowQuestion) {
    const random = this.random;
    if (item.type === 'choice') {
      const [name, options] = random.of(this.isPlain ? codes : optionKinds);
      item.answerOption = options.map((value) => ({ [`value${name}`]: value }));
    } else if (item.type === 'open-choice') {
      item.answerOption = this.values['open-choice'][1].map((value) => ({ valueCoding: value }));
    } else if (item.type === 'quantity' && random.chance(0.5)) {
      item.extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption',
        valueCoding: { system: 'http://unitsofmeasure.org', code: 'kg', display: 'kg' } },
      { url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption',
        valueCoding: { system: 'http://unitsofmeasure.org', code: 'g', display: 'g' } }];
    } else if (['string', 'text'].includes(item.type) && random.chance(0.2)) {
      item.maxLength = 3 + random.below(20);
    }
    if (random.chance(0.12) && !(this.isPlain && isBelowQuestion)) this.initial(item);
  }

  initial(item) {
    const random = this.random;
    if (item.answerOption) {
      random.of(item.answerOption).initialSelected = true;
      return;
    }
    if (item.type === 'attachment') return;
    const [name, list] = this.values[item.type];
    item.initial = [{ [`value${name}`]: random.of(list) }];
  }

  conditions(item) {
    const random = this.random;
    if (this.isPlain) return this.plainConditions(item);
    item.enableWhen = Array.from({ length: random.of([1, 1, 1, 2, 3]) }, () => this.condition());
    if (item.enableWhen.length > 1) item.enableBehavior = random.of(['all', 'any']);
  }

  /** "Not equal" stands beside "exists": they differ about silence. */
  plainConditions(item) {
    const random = this.random;
    const conditions = Array.from({ length: random.of([1, 1, 1, 2, 3]) }, () => {
      const source = random.of(this.asked), question = source.linkId;
      const operators = plainOperators[source.type];
      if (operators === undefined || random.chance(0.2)) return [{ question, operator: 'exists', answerBoolean: random.chance(0.6) }];
      const [name, value] = this.answerFor(source, false);
      const operator = random.of(operators);
      const one = { question, operator, [`answer${name}`]: value };
      return operator === '!=' ? [{ question, operator: 'exists', answerBoolean: true }, one] : [one];
    });
    item.enableWhen = conditions.flat();
    if (item.enableWhen.length > 1) item.enableBehavior = item.enableWhen.length > conditions.length ? 'all' : random.of(['all', 'any']);
  }

  condition(source = this.random.of(this.asked)) {
    const random = this.random;
    const question = source.linkId;
    if (source.type === 'attachment' || random.chance(0.2))
      return { question, operator: 'exists', answerBoolean: random.chance(0.6) };
    const [name, value] = this.answerFor(source, false);
    const operators = ['=', '=', '!='];
    if (ordered.has(source.type)) operators.push('>', '<', '>=', '<=');
    // A choice among numbers, dates or times is ordered, too.
    if (['Integer', 'Date', 'Time'].includes(name) && source.answerOption) operators.push('>', '<=');
    return { question, operator: random.of(operators), [`answer${name === 'Uri' ? 'String' : name}`]: value };
  }

  answerFor(item, mayBeFree) { return answerFor(this.random, item, mayBeFree, [], this.values); }
}

/** The name in value[x] and a value that may be an answer of this item; none for a list that is kept elsewhere. */
function answerFor(random, item, mayBeFree, contained = [], known = values) {
  const options = item.answerOption ?? optionsOf(item.answerValueSet, contained);
  if (options === undefined) return undefined;
  if (options.length > 0) {
    if (mayBeFree && item.type === 'open-choice' && random.chance(0.3)) return ['String', 'free text'];
    const option = random.of(options);
    const key = Object.keys(option).find((name) => name.startsWith('value'));
    return [key.slice(5), option[key]];
  }
  const [name, list] = known[item.type] ?? [];
  return name && [name, random.of(list)];
}

/** The codes of a contained value set; an empty list where there is no set, nothing where it cannot be seen. */
function optionsOf(answerValueSet, contained) {
  if (!answerValueSet) return [];
  const set = contained.find((one) => `#${one.id}` === answerValueSet);
  const codes = set?.expansion?.contains ?? set?.compose?.include?.flatMap(({ system, concept }) => (concept ?? []).map((one) => ({ system, ...one })));
  return codes?.length > 0 ? codes.map(({ system, code, display }) => ({ valueCoding: { system, code, display } })) : undefined;
}

/** The items of a response with random answers to this form, about three questions of four. */
export function answersTo(questionnaire, random, form = { kept: new Set(), values }) {
  let scans = 0;
  const below = (items) => items.flatMap((item) => {
    if (item.type === 'display') return [];
    const times = item.repeats ? random.of([1, 1, 2, 3]) : 1;
    if (item.type === 'group')
      return Array.from({ length: times }, () => below(item.item ?? [])).filter((filled) => filled.length > 0).map((filled) => ({ linkId: item.linkId, item: filled }));
    const answer = [];
    for (let k = 0; k < times; ++k) {
      const given = !form.kept.has(item.linkId) && random.chance(0.25) ? undefined
        : answerFor(random, item, true, questionnaire.contained, form.values);
      if (given === undefined || (item.type === 'attachment' && ++scans > mostScans)) continue;
      const value = { [`value${given[0]}`]: given[1] };
      if (item.answerOption && answer.some(({ item: _, ...other }) => JSON.stringify(other) === JSON.stringify(value))) continue;
      const nested = below(item.item ?? []);
      answer.push({ ...value, ...(nested.length > 0 && { item: nested }) });
    }
    return answer.length > 0 ? [{ linkId: item.linkId, answer }] : [];
  });
  return below(questionnaire.item);
}

/** Whether the form of this seed keeps clear of what LHC-Forms reads otherwise. */
export const isPlain = (seed) => Math.floor(seed / 8) % 2 === 0;

/** {questionnaire, response}: the response is absent in one case of eight, so that initial answers are seen. */
export function makeCase(seed) {
  const random = randomFrom(seed);
  const url = 'https://example.org/generated';
  const form = new Form(random, isPlain(seed));
  const questionnaire = { resourceType: 'Questionnaire', url, status: 'active', title: `Generated ${seed}`, language: 'en', item: form.items };
  const item = seed % 8 === 0 ? [] : answersTo(questionnaire, random, form);
  if (item.length === 0) return { questionnaire };
  return { questionnaire, response: { resourceType: 'QuestionnaireResponse', questionnaire: url, status: 'in-progress', item } };
}
