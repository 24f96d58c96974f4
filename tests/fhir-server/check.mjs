// SPDX-License-Identifier: EUPL-1.2
// node check.mjs validity BUNDLES              are the Bundles of this folder valid FHIR R4?
// node check.mjs medplum SANDBOX BUNDLES       puts them before the server nobody here wrote (the sandbox lends its certificate)
// node check.mjs sandbox SANDBOX BUNDLES       puts them before our own
// One line per case; exit code 1 if one failed.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { Server } from './server.mjs';

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

async function startMedplum(sandbox) {
  const folder = fs.mkdtempSync(path.join(process.cwd(), 'certificate-'));
  execFileSync(sandbox, ['--state', folder, '--certificate-only'], { stdio: ['ignore', 'ignore', 'ignore'] });
  return [await Server.start(process.execPath, 'judge.mjs', folder), folder];
}

async function startSandbox(sandbox) {
  const folder = fs.mkdtempSync(path.join(process.cwd(), 'sandbox-'));
  return [await Server.start(sandbox, '--state', folder, '--allow-faults'), folder];
}

const [what, ...rest] = process.argv.slice(2);
if (what === 'validity') await checkValidity(rest[0]);
else {
  const [server, folder] = await (what === 'medplum' ? startMedplum : startSandbox)(rest[0]);
  try {
    await checkServer(server, rest[1]);
  } finally {
    await server.stop();
    fs.rmSync(folder, { recursive: true });
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
