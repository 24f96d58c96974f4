// SPDX-License-Identifier: EUPL-1.2
// The same forms and answers through `sportelloctl form run` and through LHC-Forms; see README.md.
//
//     node check.mjs CACHE SPORTELLOCTL FORMS_README COUNT [FIRST_SEED]
//     node check.mjs CACHE SPORTELLOCTL FORMS_README --record COUNT >cases.ndjson
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { judge, pathsOf, rules, rulesOfExpressions, saying } from './compare.mjs';
import { isPlain, makeCase } from './forms.mjs';
import { LhcForms } from './lforms.mjs';

const nothingYet = { resourceType: 'QuestionnaireResponse', status: 'in-progress' };

export class FormRun {
  constructor(program, options = []) {
    Object.assign(this, { program, options });
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'form-run-'));
  }

  close() { fs.rmSync(this.folder, { recursive: true }); }

  /** What it prints, or {refused: the reason}. */
  async run({ questionnaire, response }) {
    const [form, answers] = ['form.json', 'answers.json'].map((name) => path.join(this.folder, name));
    fs.writeFileSync(form, JSON.stringify(questionnaire));
    fs.writeFileSync(answers, JSON.stringify(response ?? nothingYet));
    try {
      const { stdout } = await promisify(execFile)(this.program, ['form', 'run', form, '--answers', answers, ...this.options], { maxBuffer: 1 << 28 });
      return JSON.parse(stdout);
    } catch (error) {
      if (error.code !== 1) throw error;
      return { refused: error.stderr.split('\n')[0].slice(form.length) };
    }
  }
}

/** A place where the two say different things, for the person who looks into it. */
export function firstDifference(a, b) {
  const [here, there] = [a, b].map((text) => new Set(text.enabled.split('\n')));
  const only = (one, other) => [...one].filter((place) => !other.has(place)).slice(0, 5).join(' ') || 'nothing';
  if (a.enabled !== b.enabled) return `enabled only by form run: ${only(here, there)}; only by LHC-Forms: ${only(there, here)}`;
  let at = 0;
  while (at < a.answers.length && a.answers[at] === b.answers[at]) ++at;
  return `responses part here: ${a.answers.slice(Math.max(0, at - 60), at + 60)} | ${b.answers.slice(Math.max(0, at - 60), at + 60)}`;
}

/** What both say about a case, in comparable shape. */
export async function ask(formRun, lhcForms, one) {
  const asked = formRun.run(one);
  let told;
  try {
    told = await lhcForms.run(one);
  } catch (error) {
    told = { cannot: error.message };
  }
  const run = await asked;
  return {
    run, told,
    ours: run.refused === undefined ? saying(run.enabled.map(({ path: place }) => place), run.response.item) : undefined,
    theirs: told.cannot === undefined ? saying(pathsOf(told, one.questionnaire), told.response.item) : undefined,
  };
}

/** The rules as forms/README.md lists them: the first column of the table under that heading. */
function listed(readme) {
  const [, section = ''] = fs.readFileSync(readme, 'utf8').split('## Where LHC-Forms differs');
  return [...section.split('\n## ')[0].matchAll(/^\| `([a-z-]+)` /gm)].map(([, rule]) => rule);
}

async function compareMany(formRun, lhcForms, readme, count, first) {
  const kinds = new Map(), plainKinds = new Map(), seen = new Map(), unread = new Map();
  const add = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  let failures = 0;
  const fail = (words) => { if (++failures <= 20) console.log(`FAILED: ${words}`); };
  for (let seed = first; seed < first + count; ++seed) {
    const one = makeCase(seed);
    const { run, told, ours, theirs } = await ask(formRun, lhcForms, one);
    if (!ours) { fail(`seed ${seed}: form run refuses it${run.refused}`); continue; }
    const left = run.issues.find((issue) => issue.path === '');
    if (left) fail(`seed ${seed}: form run leaves an answer out: ${left.code} ${left.text}`);
    const verdict = judge(one, ours, theirs);
    add(isPlain(seed) ? plainKinds : kinds, verdict.kind);
    for (const rule of verdict.rules) add(seen, rule);
    if (verdict.kind === 'unread') add(unread, told.cannot);
    if (isPlain(seed) && verdict.kind === 'explained')
      fail(`seed ${seed}: keeps clear of what is read otherwise, and yet ${verdict.rules.join(', ')}; ${firstDifference(ours, theirs)}`);
    if (verdict.kind === 'unexplained')
      fail(`seed ${seed}: ${verdict.wrong} against the model; ${theirs ? firstDifference(ours, theirs) : 'LHC-Forms cannot read it'}`);
  }
  const told = listed(readme);
  const known = [...rules, ...rulesOfExpressions];
  for (const rule of known) if (!told.includes(rule)) fail(`the rule ${rule} is not listed in forms/README.md`);
  for (const rule of told) if (!known.includes(rule)) fail(`forms/README.md lists the rule ${rule}, which the comparison does not know`);
  for (const rule of rules) if (count >= 1000 && !seen.has(rule)) fail(`the rule ${rule} explains nothing any more`);
  const print = (what, counts) => {
    const number = (kind) => counts.get(kind) ?? 0;
    const all = [...counts.values()].reduce((sum, one) => sum + one, 0);
    console.log(`${all} ${what}: ${number('same')} the same, ${number('explained')} explained, ${number('unread')} that LHC-Forms cannot read, ` +
      `${number('unexplained')} unexplained`);
  };
  print('forms that keep clear of what is read otherwise', plainKinds);
  print('forms of every kind', kinds);
  for (const rule of rules) console.log(`  ${rule}: ${seen.get(rule) ?? 0}`);
  for (const [words, times] of unread) console.log(`  LHC-Forms cannot read ${times}: ${words}`);
  return failures;
}

/** Cases on which both agree, for the test that needs no Node.js. */
async function record(formRun, lhcForms, count) {
  for (let seed = 1, found = 0; found < count; ++seed) {
    const one = makeCase(seed);
    const { ours, theirs } = await ask(formRun, lhcForms, one);
    if (!one.response || !ours || !theirs || judge(one, ours, theirs).kind !== 'same') continue;
    console.log(JSON.stringify({ ...one, enabled: theirs.enabled.split('\n') }));
    ++found;
  }
}

if (process.argv[1] === import.meta.filename) {
  const [cache, program, readme, ...rest] = process.argv.slice(2);
  const formRun = new FormRun(program), lhcForms = new LhcForms(cache);
  const failures = rest[0] === '--record' ? await record(formRun, lhcForms, Number(rest[1]))
    : await compareMany(formRun, lhcForms, readme, Number(rest[0]), Number(rest[1] ?? 1));
  formRun.close();
  lhcForms.close();
  process.exit(failures > 0 ? 1 : 0);
}
