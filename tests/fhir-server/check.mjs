// SPDX-License-Identifier: EUPL-1.2
// node check.mjs validity BUNDLES                                    are the Bundles of this folder valid FHIR R4?
// node check.mjs medplum SANDBOX BUNDLES                             puts them before the server nobody here wrote
// node check.mjs sandbox SANDBOX BUNDLES                             puts them before our own
// node check.mjs sender-to-medplum SANDBOX SENDER TERMINAL BUNDLES   lets the real sender agree with it (agreement.mjs)
// node check.mjs sender-to-sandbox SANDBOX SENDER TERMINAL BUNDLES
// One line per case; exit code 1 if one failed. (Medplum borrows the sandbox's certificate.)
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { forms } from './forms.mjs';
import { Server } from './server.mjs';
import { Terminal } from './terminal.mjs';

let passed = 0;
let failed = 0;

async function check(name, work) {
  try {
    await work();
    passed += 1;
    console.log(`passed  ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${String(error.message).replaceAll('\n', '\n        ')}`);
  }
}

function bundlesOf(folder) {
  const files = fs.readdirSync(folder).filter((file) => file.endsWith('.json'));
  if (files.length === 0) throw new Error(`no Bundles in ${folder}`);
  return files.sort().map((file) => ({ name: path.basename(file, '.json'), bundle: JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) }));
}

async function checkValidity(folder) {
  const { complaints } = await import('./validity.mjs');
  for (const { name, bundle } of bundlesOf(folder))
    await check(`${name}: is valid FHIR R4`, () => {
      const found = complaints(bundle);
      if (found.length > 0) throw new Error(found.join('\n'));
    });

  // A judge that never says no is none.
  const { broken } = await import('./broken.mjs');
  const [{ bundle }] = bundlesOf(folder);
  for (const [name, breakIt] of Object.entries(broken))
    await check(`the validators find ${name}`, () => {
      const copy = structuredClone(bundle);
      breakIt(copy, (type) => copy.entry.find((entry) => entry.resource.resourceType === type).resource);
      if (complaints(copy).length === 0) throw new Error('nobody complained');
    });
}

async function checkServer(server, folder) {
  const { perBundle, perServer } = await import('./cases.mjs');
  for (const [name, work] of Object.entries(perServer))
    await check(name, async () => {
      await server.reset();
      await work(server);
    });
  for (const { name, bundle } of bundlesOf(folder))
    for (const [sentence, work] of Object.entries(perBundle))
      await check(`${name}: ${sentence}`, async () => {
        await server.reset();
        await work(server, bundle);
      });
}

/** The table of agreement.mjs, with every form of ids that this server offers. */
async function checkAgreement(start, name, programs, bundles) {
  const { cannot, cases } = await import('./agreement.mjs');
  const every = bundlesOf(bundles);
  const bundleOf = (wanted) => every.find((one) => one.name === wanted).bundle;
  const inForm = async (form) => {
    if (cannot[name][form]) {
      console.log(`stated  ${form}: not offered by the ${name}: ${cannot[name][form]}`);
      return;
    }
    const [server, folder] = await start(form);
    try {
      for (const [sentence, work] of Object.entries(cases)) {
        const terminals = [];
        const startTerminal = async () => {
          terminals.push(await Terminal.start(server, programs));
          return terminals.at(-1);
        };
        await check(`${form}: ${sentence}`, async () => {
          await server.reset();
          await work({ server, start: startTerminal, form, bundles: every, bundleOf });
        });
        for (const terminal of terminals) await terminal.stop();
      }
    } finally {
      await server.stop();
      fs.rmSync(folder, { recursive: true });
    }
  };
  // Side by side, each with a server of its own: most of the time something waits.
  await Promise.all(Object.values(forms).map(inForm));
}

async function startMedplum(sandbox, form = forms.conditions) {
  const folder = fs.mkdtempSync(path.join(process.cwd(), 'certificate-'));
  execFileSync(sandbox, ['--state', folder, '--certificate-only'], { stdio: ['ignore', 'ignore', 'ignore'] });
  return [await Server.start(process.execPath, 'judge.mjs', folder, form), folder];
}

async function startSandbox(sandbox, form = forms.ownIds) {
  const folder = fs.mkdtempSync(path.join(process.cwd(), 'sandbox-'));
  const ids = form === forms.conditions ? ['--ids-by-server'] : [];
  return [await Server.start(sandbox, '--state', folder, '--allow-faults', ...ids), folder];
}

const [what, ...rest] = process.argv.slice(2);
const bundles = rest.pop();
const [sandbox, ...programs] = rest;
const name = what.endsWith('medplum') ? 'medplum' : 'sandbox';
const start = (form) => (name === 'medplum' ? startMedplum : startSandbox)(sandbox, form);
if (what === 'validity') await checkValidity(bundles);
else if (what.startsWith('sender-to-')) await checkAgreement(start, name, programs, bundles);
else {
  const [server, folder] = await start();
  try {
    await checkServer(server, bundles);
  } finally {
    await server.stop();
    fs.rmSync(folder, { recursive: true });
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
