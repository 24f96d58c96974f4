// SPDX-License-Identifier: EUPL-1.2
// What the sender and a central system must agree on. One table: the real sender does it over TLS with the server nobody here
// wrote and with our own sandbox, with every form of ids that they offer (forms.mjs). What a server cannot do stands in `cannot`.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { assertNothing, assertOneOfEach } from './cases.mjs';
import { pause } from './faults.mjs';
import { forms } from './forms.mjs';

export const cannot = {
  medplum: {},
  sandbox: {
    [forms.ownIdsReplaced]: 'it keeps what is there whenever it is told If-None-Match: *',
  },
};

const all = async (server, type) => ((await server.get(`/${type}?_count=100`)).json.entry ?? []).map((entry) => entry.resource);

/** How many resources of the Bundle stand under the id that the terminal gave them; Task, whose id people quote, left out. */
async function underOurIds(server, bundle) {
  let found = 0;
  let asked = 0;
  for (const { resource, fullUrl } of bundle.entry) {
    if (!resource.identifier || resource.resourceType === 'Task') continue;
    asked += 1;
    const { status } = await server.get(`/${resource.resourceType}/${fullUrl.slice('urn:uuid:'.length)}`);
    if (status === 200) found += 1;
  }
  return { found, asked };
}

/** Waits until so many requests were mishandled as ordered. */
async function mishandled(server, count) {
  for (let waited = 0; (await server.seen()).mishandled < count; waited += 100) {
    assert.ok(waited < 90_000, 'the order never met a request');
    await pause(100);
  }
}

/** The office moves a request along: its own code, FHIR's status, or both. */
async function moveTo(server, reference, { business, status, note }) {
  const task = (await server.get(`/Task/${reference}`)).json;
  const coding = { system: 'https://sportello.example.org/fhir/CodeSystem/request-status', code: business };
  if (business) task.businessStatus = { coding: [coding] };
  else delete task.businessStatus;
  task.status = status;
  if (note) task.statusReason = { text: note };
  const answer = await server.ask('PUT', `/Task/${reference}`, task);
  assert.equal(answer.status, 200, answer.text);
}

const large = 'large-scans';

/** Each: a sentence, and what is done. `start` gives a terminal that has never sent anything; `form` is how cases get ids. */
export const cases = {
  'create: every kind of request makes one of each, under ids by whom the server says, and its reference is that of a task': async ({ server, start, form, bundles }) => {
    const terminal = await start();
    for (const [index, { name, bundle }] of bundles.entries()) {
      await server.reset();
      const reference = await terminal.deliver(name);
      await assertOneOfEach(server, bundle);
      assert.equal((await server.get(`/Task/${reference}`)).status, 200, `${name}: no task ${reference}`);
      const { found, asked } = await underOurIds(server, bundle);
      // A server that writes over what is there is found out by its first answer.
      const ours = form === forms.ownIds || (form === forms.ownIdsReplaced && index === 0);
      assert.equal(found, ours ? asked : 0, `${name}: ${found} of ${asked} under our ids`);
    }
  },

  'resend: a terminal that has forgotten what it sent sends it again, and there is still one of each, with the same reference': async ({ server, start, bundleOf }) => {
    for (const name of ['everything', 'anonymous']) {
      await server.reset();
      const first = await (await start()).deliver(name);
      const again = await (await start()).deliver(name);
      assert.equal(again, first);
      await assertOneOfEach(server, bundleOf(name));
    }
  },

  'resend: an answer that is cut off proves nothing, and there is one of each': async ({ server, start, bundleOf }) => {
    await server.order({ cut: 200, only: 'POST' });
    await (await start()).deliver('declarant');
    assert.equal((await server.seen()).mishandled, 1);
    await assertOneOfEach(server, bundleOf('declarant'));
  },

  'probe: what arrived before its answer was lost is found, and not sent again': async ({ server, start, bundleOf }) => {
    await server.order({ drop: 'after', only: 'POST' });
    const reference = await (await start()).deliver('everything');
    assert.deepEqual(await server.seen().then(({ writes, mishandled: met }) => ({ writes, met })), { writes: 1, met: 1 });
    await assertOneOfEach(server, bundleOf('everything'));
    assert.equal((await server.get(`/Task/${reference}`)).status, 200);
  },

  'probe: of what never arrived nothing is found, and it is sent once more': async ({ server, start, bundleOf }) => {
    for (const fault of [{ drop: 'before' }, { html: true }, { status: 500 }]) {
      await server.reset();
      await server.order({ ...fault, only: 'POST' });
      await (await start()).deliver('two-scans');
      assert.deepEqual(await server.seen().then(({ writes, mishandled: met }) => ({ writes, met })), { writes: 2, met: 1 });
      await assertOneOfEach(server, bundleOf('two-scans'));
    }
  },

  'probe: a busy server is left alone until it said, and then there is one of each': async ({ server, start, bundleOf }) => {
    await server.order({ status: 503, retryAfter: 1, only: 'POST' });
    await (await start()).deliver('person');
    await assertOneOfEach(server, bundleOf('person'));
  },

  'probe: what is there in part only goes to the desk, and nothing is added to it': async ({ server, start, bundleOf }) => {
    const response = bundleOf('person').entry.find((entry) => entry.resource.resourceType === 'QuestionnaireResponse').resource;
    assert.equal((await server.ask('POST', '/QuestionnaireResponse', response)).status, 201);
    await server.order({ drop: 'before', only: 'POST' });
    const terminal = await start();
    await terminal.keep('person');
    assert.equal((await terminal.wait('person', 'needs-desk')).reason, 'in-part-only');
    assert.equal((await all(server, 'QuestionnaireResponse')).length, 1);
    for (const type of ['Task', 'Provenance']) assert.equal((await all(server, type)).length, 0, type);
  },

  'repair: what the server refuses goes to the desk with the question it objects to, and corrected it arrives once, as a recorded revision': async ({ server, start }) => {
    const terminal = await start();
    await terminal.keep('spoilt');
    assert.equal((await terminal.wait('spoilt', 'needs-desk')).reason, 'refused');
    await assertNothing(server);
    const issues = await terminal.repair('spoilt');
    assert.deepEqual(issues.map(({ path }) => path), ['5']);
    await assertRevision(server, (await terminal.wait('spoilt', 'acknowledged')).reference);
  },

  'repair: a correction whose answer was lost is found under the identifiers of its revision': async ({ server, start }) => {
    const terminal = await start();
    await terminal.keep('spoilt');
    await terminal.wait('spoilt', 'needs-desk');
    await server.reset();
    await server.order({ drop: 'after', only: 'POST' });
    await terminal.repair('spoilt');
    await assertRevision(server, (await terminal.wait('spoilt', 'acknowledged')).reference);
    assert.equal((await server.seen()).writes, 1);
  },

  'scans: they are there before the record, the record is the commit, and what is there is not sent again': async ({ server, start }) => {
    await server.order({ drop: 'before', only: 'POST', count: 1000 });
    const terminal = await start();
    await terminal.keep(large);
    await mishandled(server, 2); // the second attempt, too
    assert.equal((await all(server, 'Binary')).length, 2);
    await assertNothing(server, ['Binary']);
    await server.order({ count: 0 });
    await terminal.wait(large, 'acknowledged');
    const seen = await server.seen();
    assert.equal(seen.writes, 2 + seen.mishandled + 1, 'two scans, the records that got lost, the record');
    await assertLargeScans(server);
  },

  'scans: one whose answer was lost is there, and does not travel again': async ({ server, start }) => {
    await server.order({ drop: 'after', only: 'PUT Binary' });
    await (await start()).deliver(large);
    assert.deepEqual(await server.seen().then(({ writes, mishandled: met }) => ({ writes, met })), { writes: 3, met: 1 });
    await assertLargeScans(server);
  },

  'scans: one that was cut off travels again, and no other': async ({ server, start }) => {
    await server.order({ drop: 'before', only: 'PUT Binary' });
    await (await start()).deliver(large);
    assert.deepEqual(await server.seen().then(({ writes, mishandled: met }) => ({ writes, met })), { writes: 4, met: 1 });
    await assertLargeScans(server);
  },

  'scans: a terminal that has forgotten them finds them there, and sends the record alone': async ({ server, start }) => {
    await (await start()).deliver(large);
    const before = (await server.seen()).writes;
    await (await start()).deliver(large);
    assert.equal((await server.seen()).writes, before + 1);
    await assertLargeScans(server);
  },

  'status: a request that the office was not heard about yet is told as unknown, and then as received': async ({ server, start }) => {
    await server.order({ status: 503, only: 'GET Task', count: 100_000 });
    const terminal = await start();
    const receipt = await terminal.keep('person');
    await terminal.wait('person', 'acknowledged');
    await terminal.told(receipt, 'unknown');
    await server.order({ count: 0 });
    await terminal.told(receipt, 'received');
  },

  "status: each of the office's own codes is told as its sentence": async ({ server, start }) => {
    const terminal = await start();
    const receipt = await terminal.keep('person');
    const { reference } = await terminal.wait('person', 'acknowledged');
    for (const [business, status] of [
      ['received', 'requested'],
      ['under-review', 'received'],
      ['taken-in-charge', 'accepted'],
      ['come-to-desk', 'on-hold'],
      ['closed', 'rejected'],
    ]) {
      await moveTo(server, reference, { business, status, note: 'Manca la firma' });
      await terminal.told(receipt, business);
    }
  },

  "status: where the office has no code of its own, FHIR's status is told as the same sentences": async ({ server, start }) => {
    const terminal = await start();
    const receipt = await terminal.keep('person');
    const { reference } = await terminal.wait('person', 'acknowledged');
    for (const [status, step] of [
      ['received', 'under-review'],
      ['in-progress', 'taken-in-charge'],
      ['on-hold', 'come-to-desk'],
      ['accepted', 'taken-in-charge'],
      ['requested', 'received'],
      ['completed', 'closed'],
    ]) {
      await moveTo(server, reference, { status });
      await terminal.told(receipt, step);
    }
  },
};

/** One response, task and provenance, which say that they are the second revision. */
async function assertRevision(server, reference) {
  const [response, ...responses] = await all(server, 'QuestionnaireResponse');
  const [task, ...tasks] = await all(server, 'Task');
  const [provenance, ...provenances] = await all(server, 'Provenance');
  assert.deepEqual([responses.length, tasks.length, provenances.length], [0, 0, 0]);
  const request = task.groupIdentifier.value;
  assert.equal(task.id, reference);
  assert.equal(response.identifier.value, `${request}.2`);
  assert.equal(response.status, 'amended');
  assert.ok(task.identifier.some(({ value }) => value === `${request}.2-task`));
  assert.equal(task.partOf[0].identifier.value, `${request}-task`);
  assert.equal(task.focus.reference, `QuestionnaireResponse/${response.id}`);
  const [revised] = provenance.entity.filter(({ role }) => role === 'revision');
  assert.equal(revised.what.identifier.value, request);
  assert.ok(provenance.agent.some(({ who }) => who.identifier?.value === 's.verdi'), 'who corrected it is recorded');
  assert.deepEqual(response.item.map(({ linkId }) => linkId), ['4'], 'the corrected answers');
}

/** One record with its two scans, each of which is read back byte for byte through its DocumentReference. */
async function assertLargeScans(server) {
  for (const type of ['QuestionnaireResponse', 'Task', 'Provenance']) assert.equal((await all(server, type)).length, 1, type);
  const documents = await all(server, 'DocumentReference');
  assert.equal(documents.length, 2);
  assert.equal((await all(server, 'Binary')).length, 2);
  for (const { content } of documents) {
    const { url, hash, size, contentType } = content[0].attachment;
    const scan = (await server.get(`/${url}`)).json;
    const bytes = Buffer.from(scan.data, 'base64');
    assert.equal(scan.contentType, contentType);
    assert.equal(bytes.length, size);
    assert.equal(createHash('sha1').update(bytes).digest('base64'), hash);
  }
}
