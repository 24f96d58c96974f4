// SPDX-License-Identifier: EUPL-1.2
// terms.mjs OUT TERMINOLOGY|- FOLDER…: lays into OUT the value sets and code systems that the forms below the folders
// need, taken from TERMINOLOGY. Where it has none, OUT gets a stand-in with a code or two: whether a form loads does not
// depend on what its lists say. Stand-ins lie in OUT/stand-ins and are counted, so that nobody takes them for the lists.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [out, terminology, ...folders] = process.argv.slice(2)
const known = { ValueSet: new Map(), CodeSystem: new Map() }
for (const resource of terminology === '-' ? [] : resourcesBelow(terminology))
    if (known[resource.resourceType] && resource.url && !known[resource.resourceType].get(resource.url)) known[resource.resourceType].set(resource.url, resource)

const wanted = { ValueSet: new Set(), CodeSystem: new Map() }
const spokenOf = new Map() // url of a list → codings that forms name as its codes, in conditions and first answers
for (const folder of folders) for (const form of resourcesBelow(folder)) if (form.resourceType === 'Questionnaire') lookAt(form)

rmSync(out, { recursive: true, force: true })
mkdirSync(join(out, 'stand-ins'), { recursive: true })
let number = 0
const counts = { brought: 0, stands: 0 }
for (const url of wanted.ValueSet) put(known.ValueSet.get(url), () => ({ resourceType: 'ValueSet', url, expansion: { contains: codes(spokenOf.get(url)) } }))
for (const [url, filters] of wanted.CodeSystem) {
    const brought = known.CodeSystem.get(url)
    const complete = brought && (brought.content ?? 'complete') === 'complete' && brought.concept?.length
    put(complete ? brought : undefined, () => ({ resourceType: 'CodeSystem', url, content: 'complete', concept: [...codes(), ...conceptsFor(filters)] }))
}
console.log(`lists: ${counts.brought} value sets and code systems from the packages, ${counts.stands} stand-ins for what no package brings`)

function put(brought, standIn) {
    counts[brought ? 'brought' : 'stands']++
    writeFileSync(join(out, brought ? '.' : 'stand-ins', `${++number}.json`), JSON.stringify(brought ?? standIn()))
}

/** A list of two, and of what the forms themselves say is on it. */
function codes(named = new Map()) {
    return [...['first', 'second'].map((code) => ({ code, display: `Stand-in, ${code}` })), ...named.values()]
}

/** What a filter looks for, and something it finds. */
function conceptsFor(filters) {
    const concepts = new Map()
    for (const { property, op, value } of filters) {
        if (op === 'is-a' || op === 'descendent-of' || op === 'is-not-a')
            concepts.set(value, { code: value, concept: [{ code: `${value}-below` }] })
        else if (property !== 'concept' && property !== 'code')
            concepts.set(`${property}=${value}`, { code: `with-${concepts.size}`, property: [{ code: property, valueString: value }] })
        else for (const code of String(value).split(',')) concepts.set(code, { code })
    }
    return [...concepts.values()]
}

function lookAt(form) {
    const own = new Set((form.contained ?? []).map((resource) => resource?.url).filter(Boolean))
    for (const resource of form.contained ?? []) if (resource?.resourceType === 'ValueSet') parts(resource, own)
    const lists = new Map() // linkId → url
    eachObject(form, (node) => {
        if (typeof node.answerValueSet === 'string') {
            want(node.answerValueSet, own)
            lists.set(node.linkId, node.answerValueSet.split('|')[0])
        }
        if (/questionnaire-unitValueSet$/.test(node.url ?? '') && typeof node.valueCanonical === 'string') want(node.valueCanonical, own)
    })
    eachObject(form, (node) => {
        for (const { valueCoding } of Array.isArray(node.initial) ? node.initial : []) speak(lists.get(node.linkId), valueCoding)
        for (const { question, answerCoding } of Array.isArray(node.enableWhen) ? node.enableWhen : []) speak(lists.get(question), answerCoding)
    })
}

function eachObject(node, use) {
    if (typeof node !== 'object' || node === null) return
    if (!Array.isArray(node)) use(node)
    for (const below of Object.values(node)) eachObject(below, use)
}

function speak(url, coding) {
    if (!url || !coding?.code) return
    if (!spokenOf.has(url)) spokenOf.set(url, new Map())
    const { system, code, display } = coding
    spokenOf.get(url).set(`${system}|${code}`, { system, code, display })
}

function want(reference, own) {
    const url = String(reference).split('|')[0]
    if (url.startsWith('#') || own.has(url) || wanted.ValueSet.has(url)) return
    wanted.ValueSet.add(url)
    const found = known.ValueSet.get(url)
    if (found) parts(found, new Set())
}

function parts(valueSet, own) {
    if (valueSet.expansion) return
    for (const part of [...(valueSet.compose?.include ?? []), ...(valueSet.compose?.exclude ?? [])]) {
        for (const reference of part.valueSet ?? []) want(reference, own)
        if (!part.system || own.has(part.system) || (part.concept && !known.CodeSystem.get(part.system))) continue
        if (!wanted.CodeSystem.has(part.system)) wanted.CodeSystem.set(part.system, [])
        wanted.CodeSystem.get(part.system).push(...(part.filter ?? []))
    }
}

function* resourcesBelow(folder) {
    if (!existsSync(folder)) return
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !entry.name.endsWith('.json')) continue
        try {
            const resource = JSON.parse(readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8'))
            if (resource && typeof resource === 'object') yield resource
        } catch (error) {
            if (!(error instanceof SyntaxError)) throw error // the engine will say what is wrong with it
        }
    }
}
