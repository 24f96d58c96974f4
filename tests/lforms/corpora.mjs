// SPDX-License-Identifier: EUPL-1.2
// Public forms of other people (tests/corpora), each with random answers, through `sportelloctl form run` and LHC-Forms.
//
//     node corpora.mjs CACHE SPORTELLOCTL [CORPORA]        CORPORA is the cache of tests/corpora/run: forms/, for-run/
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { agree, judge, pathsOf, saying } from './compare.mjs';
import { FormRun, firstDifference } from './check.mjs';
import { answersTo, randomFrom } from './forms.mjs';
import { LhcForms } from './lforms.mjs';
import { releaseOf } from '../corpora/release.mjs';

const usual = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'sportello/corpora');
const [cache, program, corpora = usual] = process.argv.slice(2);
const folder = path.join(corpora, 'forms'), terminology = path.join(corpora, 'for-run');
if (!fs.existsSync(folder)) {
  console.log('there are no public forms here yet: tests/corpora/run fetches them');
  process.exit(77);
}
const formRun = new FormRun(program, fs.existsSync(terminology) ? ['--terminology', terminology] : []);
const lhcForms = new LhcForms(cache);
const found = new Map();
const add = (kind, name) => found.set(kind, [...(found.get(kind) ?? []), name]);

const walk = (items, visit) => { for (const item of items ?? []) { visit(item); walk(item.item, visit); } };

/** What a form has that the model does not know. */
function beyondTheModel(questionnaire) {
  const text = JSON.stringify(questionnaire);
  return ['calculatedExpression', 'enableWhenExpression', 'initialExpression', 'answerExpression', 'sdc-questionnaire-variable', 'StructureDefinition/variable']
    .some((name) => text.includes(name));
}

/** Texts are left out: LHC-Forms draws help, units and the like with their question and has no place for them. */
function withoutTexts(told, questionnaire) {
  const texts = new Set();
  walk(questionnaire.item, (item) => { if (item.type === 'display') texts.add(item.linkId); });
  return { ...told, enabled: told.enabled.filter(({ linkId }) => !texts.has(linkId)) };
}

async function compare(file, name) {
  const bytes = fs.readFileSync(file, 'utf8');
  if (releaseOf(bytes) !== 'R4') return;
  const questionnaire = JSON.parse(bytes);
  const response = { resourceType: 'QuestionnaireResponse', status: 'in-progress', item: answersTo(questionnaire, randomFrom(name.length)) };
  if (response.item.length === 0) return add('nothing to answer', name);
  const one = { questionnaire, response };
  const run = await formRun.run(one);
  if (run.refused !== undefined) return add('form run refuses it', name);
  let told;
  try {
    told = await lhcForms.run(one);
  } catch (error) {
    return add('LHC-Forms cannot read it', name);
  }
  const ours = saying(withoutTexts(run, questionnaire).enabled.map(({ path: place }) => place), run.response.item);
  const theirs = saying(pathsOf(withoutTexts(told, questionnaire), questionnaire), told.response.item);
  if (agree(ours, theirs)) return add('same', name);
  if (beyondTheModel(questionnaire)) {
    if (agree(leaving(ours, questionnaire), leaving(theirs, questionnaire))) return add('explained by whole-moments and stored-results', name);
    return add('unexplained', `${name}: ${firstDifference(ours, theirs)}`);
  }
  const shown = { ...one, questionnaire: { ...questionnaire, item: withoutDisplays(questionnaire.item) } };
  const verdict = judge(shown, ours, theirs);
  add(verdict.kind, verdict.kind === 'unexplained' ? `${name}: ${verdict.wrong}: ${firstDifference(ours, theirs)}` : name);
}

/** What is said without what two rules explain: moments by the instant they name, and nothing of what an expression works out. */
function leaving({ enabled, answers }, questionnaire) {
  const workedOut = new Set();
  walk(questionnaire.item, (item) => {
    if (/calculatedExpression|enableWhenExpression/.test(JSON.stringify(item.extension ?? []))) workedOut.add(item.linkId);
  });
  const instant = (text) => new Date(text.includes('T') ? text : `${text}-01-01`.slice(0, 10)).toISOString();
  const without = (items = []) => items.filter((item) => !workedOut.has(item.linkId)).map((item) => ({
    ...item,
    ...(item.answer && { answer: item.answer.map((answer) => Object.fromEntries(Object.entries(answer).map(([key, value]) =>
      (['valueDate', 'valueDateTime'].includes(key) ? [key, instant(value)] : key === 'item' ? [key, without(value)] : [key, value])))) }),
    ...(item.item && { item: without(item.item) }),
  })).filter((item) => item.answer?.length || item.item?.length);
  const isTold = (place) => !place.split('/').some((step) => workedOut.has(step.replace(/\[\d+\]$/, '')));
  return { enabled: enabled.split('\n').filter(isTold).join('\n'), answers: JSON.stringify(without(JSON.parse(answers))) };
}

const withoutDisplays = (items) => items?.filter((item) => item.type !== 'display').map((item) => ({ ...item, item: withoutDisplays(item.item) }));

for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
  if (entry.isFile() && entry.name.endsWith('.json')) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    await compare(file, path.relative(folder, file));
  }
for (const [kind, names] of found) {
  console.log(`${kind}: ${names.length}`);
  if (kind === 'unexplained') for (const name of names) console.log(`    ${name}`);
}
formRun.close();
lhcForms.close();
process.exit(found.has('unexplained') ? 1 : 0);
