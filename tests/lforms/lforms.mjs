// SPDX-License-Identifier: EUPL-1.2
// LHC-Forms, a form program nobody here wrote, without a browser: opens a Questionnaire, answers it, tells what it makes of it.
//
//     node lforms.mjs CACHE <cases.ndjson        CACHE is what setup.sh printed
//
// One JSON value a line. In:  {"questionnaire":…, "response"?: a stored QuestionnaireResponse to begin with,
//                              "answers"?: [{"linkId" or "path", "value"}, …] given one after the other}
// Out: {"enabled":[{"linkId","path"}…], "response":…, "errors":[…], "load_ms", "answer_ms":[…]}
// `path` is written as `sportelloctl form run` writes it, "children[1]/name"; `value` is the value of the answer as FHIR
// writes it (true, 3, "2020-01-31", {"system","code"}, {"value","unit"}), null for none, or a list where several may be chosen.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const parts = ['webcomponent/assets/lib/zone.min.js', 'webcomponent/runtime.js', 'webcomponent/polyfills.js',
  'webcomponent/main.js', 'fhir/R4/lformsFHIR.min.js'];

/**
 * Milliseconds that something costs: by the wall or by the processor, whichever is less. While the machine works for others
 * the wall counts them in; the processor counts what Node.js does on other threads meanwhile.
 */
async function costOf(work) {
  const [wall, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return Math.min(performance.now() - wall, (user + system) / 1000);
}

export class LhcForms {
  constructor(cache) {
    const { JSDOM, VirtualConsole } = createRequire(path.join(cache, 'package.json'))('jsdom');
    const page = new JSDOM('<!doctype html><body></body>',
      { runScripts: 'outside-only', url: 'http://127.0.0.1/', virtualConsole: new VirtualConsole() });
    this.window = page.window;
    // jsdom draws nothing and lacks what only a drawing page needs.
    const nothing = () => {};
    this.window.matchMedia ??= () => ({ matches: false, addListener: nothing, removeListener: nothing,
      addEventListener: nothing, removeEventListener: nothing });
    this.window.ResizeObserver ??= class { observe() {} unobserve() {} disconnect() {} };
    for (const part of parts) this.window.eval(fs.readFileSync(path.join(cache, 'package/dist/lforms', part), 'utf8'));
    this.program = this.window.LForms;
  }

  close() { this.window.close(); }

  /** One case, as described above. */
  async run({ questionnaire, response, answers = [] }) {
    const errors = [];
    const load_ms = await costOf(() => this.open(questionnaire, response));
    const answer_ms = [];
    for (const answer of answers) {
      answer_ms.push(await costOf(async () => {
        try {
          await this.answer(answer.path ?? answer.linkId, answer.value, answer.path === undefined);
        } catch (error) {
          errors.push(error.message);
        }
      }));
    }
    return { enabled: this.enabled(), response: this.response(), errors, load_ms, answer_ms };
  }

  async open(questionnaire, response) {
    const util = this.program.Util;
    let form = util.convertFHIRQuestionnaireToLForms(this.inside(questionnaire), 'R4');
    if (response) form = util.mergeFHIRDataIntoLForms(this.inside(response), form, 'R4');
    this.form = new this.program.LFormsData(form);
    await this.calculate(!response);
  }

  /** Expressions, which LHC-Forms evaluates after every change, as its own page does. */
  async calculate(withInitial) {
    if (!this.form._hasResponsiveExpr && !(withInitial && this.form._hasInitialExpr)) return;
    await this.form._expressionProcessor.runCalculations(withInitial);
    this.form._checkFormControls();
  }

  async answer(place, value, isLinkId) {
    const item = isLinkId ? this.form.itemList.find((one) => one.linkId === place) : this.find(place);
    if (!item) throw new Error(`no item ${place}`);
    item.value = this.valueFor(item, value);
    this.form.updateOnSourceItemChange(item);
    await this.calculate(false);
  }

  /** The item at a path; instances of what repeats are added as a person would, up to the one meant. */
  find(place) {
    let level = this.form, found;
    for (const step of place.split('/')) {
      const [, linkId, instance = '0'] = /^(.*?)(?:\[(\d+)\])?$/.exec(step);
      const same = () => level.items?.filter((one) => one.linkId === linkId) ?? [];
      if (same().length === 0) return undefined;
      while (same().length <= Number(instance)) {
        if (!same()[0]._questionRepeatable) return undefined;
        this.form.appendRepeatingItems(same()[0]);
      }
      found = level = same()[Number(instance)];
    }
    return found;
  }

  /** What its own widgets would have put there. */
  valueFor(item, value) {
    if (value === null || value === undefined) return undefined;
    if (Array.isArray(value)) return this.inside(value).map((one) => this.valueFor(item, one));
    if (item.answers) {
      const is = (option) => typeof value === 'object'
        ? option.code === value.code && (value.system === undefined || option.system === value.system)
        : option.text === value;
      const option = item.answers.find(is);
      if (option) return this.many(item) ? this.inside([option]) : option;
      if (typeof value === 'object' || item.answerConstraint !== 'optionsOrString') throw new Error(`no such option in ${item.linkId}`);
    }
    if (item.dataType === 'DT' || item.dataType === 'DTM') // the moment that its calendar sets
      return new this.window.Date(/^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00` : value);
    if (typeof value === 'object' && 'value' in value) { // a quantity: the number and, beside it, the unit
      const unit = item.units?.find((one) => (one.code ?? one.name) === (value.code ?? value.unit));
      if (unit) item.unit = unit;
      return value.value;
    }
    return typeof value === 'object' ? this.inside(value) : value;
  }

  many(item) { return item.answerCardinality?.max === '*'; }

  /** A copy made of the page's own objects: LHC-Forms asks whether something is one of its arrays. */
  inside(value) { return this.window.JSON.parse(JSON.stringify(value)); }

  /** Enabled items in the order of the form. Disabled is what its conditions say, and all below it. */
  enabled() {
    const found = [];
    const below = (items, prefix) => {
      const counts = new Map();
      for (const item of items ?? []) {
        const instance = counts.get(item.linkId) ?? 0;
        counts.set(item.linkId, instance + 1);
        if (item._skipLogicStatus === 'target-disabled' || item._enableWhenExpVal === false) continue;
        const place = `${prefix}${item.linkId}${instance > 0 ? `[${instance}]` : ''}`;
        found.push({ linkId: item.linkId, path: place });
        below(item.items, `${place}/`);
      }
    };
    below(this.form.items, '');
    return found;
  }

  response() {
    const response = this.program.Util.getFormFHIRData('QuestionnaireResponse', 'R4', this.form);
    return JSON.parse(this.window.JSON.stringify(response));
  }
}

async function main([cache]) {
  if (!cache) {
    console.error('usage: node lforms.mjs CACHE <cases.ndjson');
    process.exit(2);
  }
  const program = new LhcForms(cache);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    let told;
    try {
      told = await program.run(JSON.parse(line));
    } catch (error) {
      told = { errors: [error.message] };
    }
    process.stdout.write(`${JSON.stringify(told)}\n`);
  }
  program.close();
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  await main(process.argv.slice(2));
  process.exit(0);
}
