// SPDX-License-Identifier: EUPL-1.2
// What every FHIR central system must do with the Bundles the sender builds. The same list is put before the server nobody
// here wrote and before our own sandbox: what only one of them does is no promise.
import assert from 'node:assert/strict';

const types = ['QuestionnaireResponse', 'Task', 'DocumentReference', 'Consent', 'RelatedPerson', 'Provenance', 'Binary'];
const resourcesOf = (bundle, type) => bundle.entry.map((entry) => entry.resource).filter((resource) => resource.resourceType === type);
const identifierOf = (resource) => (Array.isArray(resource.identifier) ? resource.identifier[0] : resource.identifier);
const query = ({ system, value }) => `identifier=${encodeURIComponent(`${system}|${value}`)}`;

/** The only thing that counts as delivered. */
function assertDelivered(answer, bundle) {
  assert.ok([200, 201].includes(answer.status), `status ${answer.status}: ${answer.text.slice(0, 500)}`);
  assert.match(answer.headers['content-type'], /^application\/fhir\+json/);
  assert.equal(answer.json?.type, 'transaction-response');
  assert.equal(answer.json.entry.length, bundle.entry.length);
  for (const { response } of answer.json.entry) assert.match(response.status, /^20[01]/);
}

/** One of each, and nothing else. */
export async function assertOneOfEach(server, bundle) {
  for (const type of types) {
    const wanted = resourcesOf(bundle, type);
    for (const resource of wanted) {
      if (!resource.identifier) {
        assert.equal((await server.get(`/${type}/${resource.id}`)).status, 200, `${type}/${resource.id}`);
        continue;
      }
      const identifier = identifierOf(resource);
      const found = (await server.get(`/${type}?${query(identifier)}&_elements=identifier&_count=2`, { prefer: 'handling=strict' })).json;
      assert.equal(found.entry?.length, 1, `${type} ${identifier.value}`);
      const theirs = found.entry[0].resource.identifier;
      assert.ok([theirs].flat().some((one) => one.system === identifier.system && one.value === identifier.value));
    }
    const all = (await server.get(`/${type}?_count=100`)).json;
    assert.equal(all.entry?.length ?? 0, wanted.length, `${type}: something more was made`);
  }
}

/** Nothing of a case, but for these types. */
export async function assertNothing(server, but = []) {
  for (const type of types.filter((one) => !but.includes(one))) assert.equal((await server.get(`/${type}?_count=1`)).json.entry?.length ?? 0, 0, type);
}

/** Put to every Bundle. Each starts with an empty server. */
export const perBundle = {
  'is accepted, and makes one of each': async (server, bundle) => {
    assertDelivered(await server.send(bundle), bundle);
    await assertOneOfEach(server, bundle);
  },

  'sent twice it is still one of each': async (server, bundle) => {
    assertDelivered(await server.send(bundle), bundle);
    const again = await server.send(bundle);
    assertDelivered(again, bundle);
    for (const { response } of again.json.entry) assert.match(response.status, /^200/);
    await assertOneOfEach(server, bundle);
  },

  'sent eight times at once it is still one of each': async (server, bundle) => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => server.send(bundle)));
    for (const answer of answers) assertDelivered(answer, bundle);
    await assertOneOfEach(server, bundle);
  },

  'stored, the answer lost, sent again: one of each': async (server, bundle) => {
    await server.order({ drop: 'after' });
    await assert.rejects(server.send(bundle));
    await assertOneOfEach(server, bundle);
    assertDelivered(await server.send(bundle), bundle);
    await assertOneOfEach(server, bundle);
  },

  'cut off before it was read: nothing; sent again: one of each': async (server, bundle) => {
    await server.order({ drop: 'before' });
    await assert.rejects(server.send(bundle));
    await assertNothing(server);
    assertDelivered(await server.send(bundle), bundle);
    await assertOneOfEach(server, bundle);
  },

  'with one broken entry nothing of it is stored': async (server, bundle) => {
    const broken = structuredClone(bundle);
    delete resourcesOf(broken, 'Provenance')[0].recorded;
    const answer = await server.send(broken);
    assert.ok([400, 422].includes(answer.status), `status ${answer.status}`);
    assert.equal(answer.json.resourceType, 'OperationOutcome');
    assert.ok(answer.json.issue[0].expression?.length > 0, 'the place is named');
    await assertNothing(server);
  },

  'its references lead to the resources it made': async (server, bundle) => {
    await server.send(bundle);
    const [task] = (await server.get('/Task?_count=2')).json.entry.map((entry) => entry.resource);
    const [response] = (await server.get('/QuestionnaireResponse?_count=2')).json.entry.map((entry) => entry.resource);
    assert.equal(task.focus.reference, `QuestionnaireResponse/${response.id}`);
    for (const type of types)
      for (const { resource } of (await server.get(`/${type}?_count=100`)).json.entry ?? []) assert.doesNotMatch(JSON.stringify(resource), /"reference":"urn:uuid:/);
    for (const { resource } of (await server.get('/Provenance?_count=2')).json.entry) {
      assert.deepEqual(resource.target.map((target) => target.reference), [`QuestionnaireResponse/${response.id}`]);
    }
  },

  'its answers come back as they were sent': async (server, bundle) => {
    await server.send(bundle);
    const [sent] = resourcesOf(bundle, 'QuestionnaireResponse');
    const stored = (await server.get(`/QuestionnaireResponse?${query(sent.identifier)}`)).json.entry[0].resource;
    assert.deepEqual(stored.item, sent.item);
    assert.equal(stored.questionnaire, sent.questionnaire);
    for (const scan of resourcesOf(bundle, 'Binary')) {
      const held = (await server.get(`/Binary/${scan.id}`)).json;
      assert.equal(held.data, scan.data);
      assert.equal(held.contentType, scan.contentType);
    }
  },

  'nobody is made a patient': async (server, bundle) => {
    assert.equal(resourcesOf(bundle, 'Patient').length, 0);
    await server.send(bundle);
    const patients = await server.get('/Patient?_count=1');
    assert.ok(patients.status === 404 || (patients.json.entry?.length ?? 0) === 0);
  },

  'changed answers under the old identifier change nothing': async (server, bundle) => {
    await server.send(bundle);
    const changed = structuredClone(bundle);
    resourcesOf(changed, 'QuestionnaireResponse')[0].status = 'amended';
    assertDelivered(await server.send(changed), changed);
    const [sent] = resourcesOf(bundle, 'QuestionnaireResponse');
    assert.equal((await server.get(`/QuestionnaireResponse?${query(sent.identifier)}`)).json.entry[0].resource.status, 'completed');
  },
};

const form = (id, status) => ({ resourceType: 'Questionnaire', id, status, url: `https://example.org/Questionnaire/${id}`, title: id });

/** What the sender relies on beside the Bundle. */
export const perServer = {
  'says which FHIR it speaks': async (server) => {
    const { json } = await server.get('/metadata');
    assert.equal(json.resourceType, 'CapabilityStatement');
    assert.equal(json.fhirVersion, '4.0.1');
  },

  'what is not there is not found': async (server) => {
    const answer = await server.get('/Task/nobody');
    assert.equal(answer.status, 404);
    assert.equal(answer.json.resourceType, 'OperationOutcome');
    const none = await server.get(`/Task?${query({ system: 'https://example.org', value: 'nobody' })}`);
    assert.equal(none.status, 200);
    assert.equal(none.json.entry?.length ?? 0, 0);
  },

  'broken JSON is refused': async (server) => {
    const answer = await server.ask('POST', '', '{"resourceType":');
    assert.equal(answer.status, 400);
    assert.equal(answer.json.resourceType, 'OperationOutcome');
  },

  'forms are found by address and status': async (server) => {
    for (const one of [form('a', 'active'), form('b', 'draft'), form('c', 'active')]) assert.ok([200, 201].includes((await server.ask('PUT', `/Questionnaire/${one.id}`, one)).status));
    const ids = async (search) => ((await server.get(`/Questionnaire?${search}`)).json.entry ?? []).map((entry) => entry.resource.id).sort();
    assert.deepEqual(await ids('status=active'), ['a', 'c']);
    assert.deepEqual(await ids(`url=${encodeURIComponent('https://example.org/Questionnaire/b')}`), ['b']);
    assert.deepEqual(await ids('_lastUpdated=gt2099-01-01'), []);
  },

  'an unchanged form is not sent again, and a stale change is refused': async (server) => {
    await server.ask('PUT', '/Questionnaire/a', form('a', 'draft'));
    const { headers } = await server.get('/Questionnaire/a');
    assert.equal((await server.get('/Questionnaire/a', { 'if-none-match': headers.etag })).status, 304);
    assert.equal((await server.ask('PUT', '/Questionnaire/a', form('a', 'active'), { 'if-match': headers.etag })).status, 200);
    assert.equal((await server.ask('PUT', '/Questionnaire/a', form('a', 'retired'), { 'if-match': headers.etag })).status, 412);
    assert.equal((await server.get('/Questionnaire/a')).json.status, 'active');
  },

  'a busy server says when to come back': async (server) => {
    await server.order({ status: 503, retryAfter: 2 });
    const answer = await server.get('/metadata');
    assert.equal(answer.status, 503);
    assert.equal(answer.headers['retry-after'], '2');
    assert.equal((await server.get('/metadata')).status, 200);
  },
};
