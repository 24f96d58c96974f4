// SPDX-License-Identifier: EUPL-1.2
// node check.mjs validity BUNDLES                                    are the Bundles of this folder valid FHIR R4?
// node check.mjs medplum SANDBOX BUNDLES                             puts them before the server nobody here wrote
// node check.mjs sandbox SANDBOX BUNDLES                             puts them before our own
// node check.mjs sender-to-medplum SANDBOX SENDER DELIVER BUNDLES    lets the real sender deliver to it
// node check.mjs sender-to-sandbox SANDBOX SENDER DELIVER BUNDLES
// One line per case; exit code 1 if one failed. (Medplum borrows the sandbox's certificate.)
import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

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

/** The real sender, told where the central system is, and every kind of request through it. */
async function checkSender(server, folder, [sender, deliver], bundles) {
  const { assertOneOfEach } = await import('./cases.mjs');
  const config = path.join(folder, 'sender.toml');
  fs.writeFileSync(config, `[central.fhir]\nbase_url = "${server.base}"\n[central.tls]\nca_file = "${server.ca}"\n`);
  const running = await Server.start(sender, '--config', config, '--state', path.join(folder, 'sender'), '--demo-pace');
  const send = async (to, name) => (await promisify(execFile)(deliver, [to.socket, name])).stdout.trim();
  try {
    for (const { name, bundle } of bundlesOf(bundles))
      await check(`${name}: the sender delivers it, and its reference is that of a task there`, async () => {
        await server.reset();
        const reference = await send(running, name);
        await assertOneOfEach(server, bundle);
        if ((await server.get(`/Task/${reference}`)).status !== 200) throw new Error(`no task ${reference}`);
      });
  } finally {
    await running.stop();
  }

  // A new outbox, or the sender would know that it has delivered them already.
  const anew = await Server.start(sender, '--config', config, '--state', path.join(folder, 'sender-again'), '--demo-pace');
  try {
    const mishaps = [
      ['an answer that got lost', { drop: 'after' }],
      ['a request that got lost', { drop: 'before' }],
      ['a login page with status 200', { html: true }],
      ['a server that was busy', { status: 503, retryAfter: 1 }],
    ];
    for (const [index, [sentence, fault]] of mishaps.entries()) {
      const { name, bundle } = bundlesOf(bundles)[index];
      await check(`${name}: one of each after ${sentence}`, async () => {
        await server.reset();
        await server.order(fault);
        await send(anew, name);
        await assertOneOfEach(server, bundle);
      });
    }
  } finally {
    await anew.stop();
  }
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
const bundles = rest.pop();
const [sandbox, ...programs] = rest;
if (what === 'validity') await checkValidity(bundles);
else {
  const [server, folder] = await (what.endsWith('medplum') ? startMedplum : startSandbox)(sandbox);
  try {
    if (what.startsWith('sender-to-')) await checkSender(server, folder, programs, bundles);
    else await checkServer(server, bundles);
  } finally {
    await server.stop();
    fs.rmSync(folder, { recursive: true });
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
