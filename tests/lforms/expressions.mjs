// SPDX-License-Identifier: EUPL-1.2
// Random forms whose rules are expressions, and what they should come to: the generator writes each rule twice, as FHIRPath
// for the programs and as a function for the model. A rule looks at items before it only, so one walk works everything out.
//
//     node expressions.mjs CACHE SPORTELLOCTL COUNT [FIRST_SEED]
import { FormRun, firstDifference } from './check.mjs';
import { agree, pathsOf, rulesOfExpressions, saying } from './compare.mjs';
import { randomFrom } from './forms.mjs';
import { LhcForms } from './lforms.mjs';

const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const rule = (url, expression, more = {}) => ({ url, valueExpression: { ...more, language: 'text/fhirpath', expression } });
const codes = ['a', 'b', 'c'].map((code) => ({ system: 'urn:example:codes', code, display: `Code ${code}` }));
const list = { resourceType: 'ValueSet', id: 'list', status: 'active', expansion: { timestamp: '2026-01-01', contains: codes } };
const listed = "%questionnaire.contained.where(id='list').expansion.contains";

class Form {
  constructor(random) {
    Object.assign(this, { random, count: 0, meaning: new Map(), asked: [], numbers: [], variables: [] });
    this.items = Array.from({ length: 3 + random.below(4) }, () => this.question());
    if (random.chance(0.6)) this.variable();
    const computed = Array.from({ length: 2 + random.below(4) }, () => this.computed());
    this.items.push(...(random.chance(0.5) ? computed : [this.group(computed)]));
  }

  id() { return `i${++this.count}`; }

  question() {
    const { random } = this;
    const item = { linkId: this.id(), text: 'T', type: random.of(['integer', 'integer', 'boolean', 'string', 'choice']) };
    if (item.type === 'choice') item.answerOption = codes.map((valueCoding) => ({ valueCoding }));
    else if (item.type !== 'boolean' && random.chance(0.3)) item.repeats = true;
    if (this.asked.length > 0 && random.chance(0.3)) this.enabledBy(item);
    this.asked.push(item);
    if (item.type === 'integer') this.numbers.push(item);
    return item;
  }

  group(items) {
    const group = { linkId: this.id(), text: 'T', type: 'group', item: items };
    return group;
  }

  /** A number that both can work out: its FHIRPath, and a function of the values of what would be sent. */
  number() {
    const { random } = this;
    if (this.variables.length > 0 && random.chance(0.4)) return random.of(this.variables);
    const source = random.of(this.numbers.length > 0 && random.chance(0.7) ? this.numbers : this.asked);
    const values = `%resource.descendants().where(linkId='${source.linkId}').answer.value`;
    const of = (state) => state.get(source.linkId) ?? [];
    if (source.type !== 'integer' || random.chance(0.4)) return { text: `${values}.count()`, of: (state) => of(state).length };
    if (random.chance(0.5)) return { text: `${values}.where($this > 0).count()`, of: (state) => of(state).filter((value) => value > 0).length };
    return { text: `iif(${values}.exists(), ${values}.sum(), 0)`, of: (state) => of(state).reduce((sum, value) => sum + value, 0) };
  }

  variable() {
    const made = this.number();
    const name = `v${this.variables.length}`;
    this.extension = [rule('http://hl7.org/fhir/StructureDefinition/variable', made.text, { name })];
    this.variables.push({ text: `%${name}`, of: made.of });
  }

  enabledBy(item) {
    const number = this.number(), bound = this.random.below(3);
    (item.extension ??= []).push(rule(`${sdc}enableWhenExpression`, `${number.text} > ${bound}`));
    this.meaning.set(item.linkId, { ...this.meaning.get(item.linkId), enabled: (state) => number.of(state) > bound });
  }

  /** A choice among those codes of the form's own list that another answer leaves. */
  chooser() {
    const number = this.number(), bound = this.random.below(3);
    const item = { linkId: this.id(), text: 'T', type: 'choice', extension: [
      rule(`${sdc}answerExpression`, `iif(${number.text} > ${bound}, ${listed}.where(code != 'a'), ${listed}.where(code != 'c'))`)] };
    this.meaning.set(item.linkId, { offers: (state) => codes.filter(({ code }) => code !== (number.of(state) > bound ? 'a' : 'c')) });
    return item;
  }

  computed() {
    const { random } = this;
    if (random.chance(0.25)) return this.chooser();
    const item = { linkId: this.id(), text: 'T', type: 'integer' };
    if (random.chance(0.6)) {
      const a = this.number(), b = this.number();
      item.readOnly = true;
      item.extension = [rule(`${sdc}calculatedExpression`, `${a.text} * 2 + ${b.text}`)];
      this.meaning.set(item.linkId, { calculated: (state) => [a.of(state) * 2 + b.of(state)] });
      if (random.chance(0.3)) this.enabledBy(item);
    } else {
      this.enabledBy(item);
    }
    this.asked.push(item);
    this.numbers.push(item);
    return item;
  }
}

const kinds = { integer: 'Integer', boolean: 'Boolean', string: 'String', choice: 'Coding' };
const values = { integer: [-1, 0, 1, 2, 3], boolean: [true, false], string: ['x', 'y'], choice: codes };

export function makeExpressionCase(seed) {
  const random = randomFrom(seed);
  const form = new Form(random);
  const url = 'https://example.org/generated';
  const questionnaire = { resourceType: 'Questionnaire', url, status: 'active', title: `Generated ${seed}`, language: 'en', contained: [list],
    ...(form.extension && { extension: form.extension }), item: form.items };
  // A person answers what is asked: LHC-Forms would send, and count, what was stored for an item that an expression hides.
  const state = new Map(), answers = [], notOffered = new Set();
  const fill = (items, above) => items.flatMap((item) => {
    const { enabled, calculated, offers } = form.meaning.get(item.linkId) ?? {};
    if (enabled && !enabled(state)) return [];
    if (item.item) {
      const below = fill(item.item, `${above}${item.linkId}/`);
      return below.length > 0 ? [{ linkId: item.linkId, item: below }] : [];
    }
    if (calculated) state.set(item.linkId, calculated(state));
    if (item.readOnly || random.chance(0.3)) return [];
    const given = Array.from({ length: item.repeats ? 1 + random.below(2) : 1 }, () => random.of(values[item.type]));
    if (offers && !offers(state).includes(given[0])) notOffered.add(`${above}${item.linkId}`);
    given.forEach((value, k) => answers.push({ path: `${above}${item.linkId}${k > 0 ? `[${k}]` : ''}`, value }));
    state.set(item.linkId, given);
    return [{ linkId: item.linkId, answer: given.map((value) => ({ [`value${kinds[item.type]}`]: value })) }];
  });
  const item = fill(form.items, '');
  const response = { resourceType: 'QuestionnaireResponse', questionnaire: url, status: 'in-progress', item };
  return { questionnaire, response, answers, meaning: form.meaning, notOffered };
}

/**
 * What the rules come to, in one walk over the form; `hiddenCounts`: as LHC-Forms has it, rule hidden-by-expression.
 * `refused`, where it is given: answers that are not offered are left out, and their linkIds put there.
 */
export function modelSays({ questionnaire, response, meaning }, hiddenCounts = false, refused = undefined) {
  const state = new Map(), enabled = [];
  const walk = (items, stored, above) => items.flatMap((item) => {
    const { enabled: isEnabled, calculated, offers } = meaning.get(item.linkId) ?? {};
    const isHidden = isEnabled && !isEnabled(state);
    if (isHidden && !(hiddenCounts && calculated)) return [];
    const place = above + item.linkId;
    if (!isHidden) enabled.push(place);
    let given = stored?.find(({ linkId }) => linkId === item.linkId);
    if (refused && given && offers && !offers(state).includes(given.answer[0].valueCoding)) {
      refused.add(item.linkId);
      given = undefined;
    }
    if (item.item) {
      const below = walk(item.item, given?.item, `${place}/`);
      return below.length > 0 ? [{ linkId: item.linkId, item: below }] : [];
    }
    const answer = calculated ? calculated(state).map((valueInteger) => ({ valueInteger })) : given?.answer ?? [];
    state.set(item.linkId, answer.map((one) => Object.values(one)[0]));
    return answer.length > 0 ? [{ linkId: item.linkId, answer }] : [];
  });
  const items = walk(questionnaire.item, response.item, '');
  return saying(enabled, items);
}

if (process.argv[1] === import.meta.filename) {
  const [cache, program, count, first = 1] = process.argv.slice(2);
  const formRun = new FormRun(program), lhcForms = new LhcForms(cache);
  const found = new Map();
  let failures = 0, offersCompared = 0;
  const noSuchOption = 'no such option in ';
  const sameSets = (a, b) => a.size === b.size && [...a].every((one) => b.has(one));
  const fail = (words) => { if (++failures <= 20) console.log(`FAILED: ${words}`); };
  for (let seed = Number(first); seed < Number(first) + Number(count); ++seed) {
    const { meaning, answers, notOffered, ...one } = makeExpressionCase(seed);
    const wanted = modelSays({ ...one, meaning });
    const run = await formRun.run(one);
    if (run.refused !== undefined) { fail(`seed ${seed}: form run refuses it${run.refused}`); continue; }
    const ours = saying(run.enabled.map(({ path }) => path), run.response.item);
    if (!agree(ours, wanted)) fail(`seed ${seed}: form run against the model: ${firstDifference(ours, wanted)}`);
    const refused = new Set(run.issues.filter(({ code }) => code === 'not-an-option').map(({ path }) => path));
    if (!sameSets(refused, notOffered)) fail(`seed ${seed}: form run does not offer ${[...refused]}, the model ${[...notOffered]}`);
    // One by one, as a person does: LHC-Forms works nothing out for a response that is only put in.
    const told = await lhcForms.run({ questionnaire: one.questionnaire, answers });
    const theirs = saying(pathsOf(told, one.questionnaire), told.response.item);
    // What it does not offer cannot be chosen there; here it could have been stored before, and is told.
    const theirRefusals = new Set(told.errors.filter((words) => words.startsWith(noSuchOption)).map((words) => words.slice(noSuchOption.length)));
    const notThere = new Set();
    const isExplained = agree(modelSays({ ...one, meaning }, true, notThere), theirs) && sameSets(theirRefusals, notThere);
    offersCompared += notOffered.size;
    if (!isExplained) fail(`seed ${seed}: ${firstDifference(ours, theirs)} ${told.errors.join('; ')}`);
    const kind = isExplained && agree(modelSays({ ...one, meaning }, false, new Set()), theirs) ? 'same' : isExplained ? 'explained' : 'unexplained';
    found.set(kind, (found.get(kind) ?? 0) + 1);
  }
  const number = (kind) => found.get(kind) ?? 0;
  if (Number(count) >= 100 && number('explained') === 0) fail(`the rule ${rulesOfExpressions[0]} explains nothing any more`);
  console.log(`${count} forms with expressions: ${number('same')} the same, ${number('explained')} explained by ${rulesOfExpressions[0]}, ${number('unexplained')} unexplained; ` +
    `${offersCompared} answers that neither offers`);
  formRun.close();
  lhcForms.close();
  process.exit(failures > 0 ? 1 : 0);
}
