// SPDX-License-Identifier: EUPL-1.2
// gather.mjs CACHE: fetches the packages of packages.txt with npm and lays what we need of them into CACHE:
//   forms/PACKAGE/NAME.json         each public Questionnaire once
//   terminology/PACKAGE/NAME.json   the value sets and code systems that came with them
// Packages are unpacked and read; nothing of them is run. Versions are fixed, so a full cache is never fetched again.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { questionnairesIn } from './literal.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const cache = process.argv[2]
const list = readFileSync(join(here, 'packages.txt'), 'utf8')
const mark = join(cache, 'gathered')
const state = createHash('sha256').update(list).update(readFileSync(fileURLToPath(import.meta.url)))
    .update(readFileSync(join(here, 'literal.mjs'))).digest('hex')

if (!existsSync(mark) || readFileSync(mark, 'utf8') !== state) {
    for (const folder of ['forms', 'terminology']) rmSync(join(cache, folder), { recursive: true, force: true })
    const seen = new Set()
    const packages = list.split('\n').map((line) => line.replace(/#.*/, '').trim()).filter(Boolean)
    for (const name of packages) gather(name, seen)
    writeFileSync(mark, state)
}

function gather(spec, seen) {
    const folder = spec.replace(/^@/, '').replace(/[/@]/g, '-')
    const unpacked = join(cache, 'packages', folder)
    if (!existsSync(join(unpacked, 'package'))) {
        mkdirSync(unpacked, { recursive: true })
        const archive = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', unpacked, spec],
            { encoding: 'utf8', timeout: 300_000, stdio: ['ignore', 'pipe', 'inherit'] }).trim().split('\n').pop()
        execFileSync('tar', ['xzf', join(unpacked, archive), '-C', unpacked, '--no-same-owner'])
        rmSync(join(unpacked, archive))
    }
    let forms = 0
    let unread = 0
    for (const file of readdirSync(unpacked, { recursive: true, withFileTypes: true })) {
        if (!file.isFile() || !/^\.(json|[cm]?js|tsx?)$/.test(extname(file.name)) || file.name.endsWith('.d.ts')) continue
        const text = readFileSync(join(file.parentPath ?? file.path, file.name), 'utf8')
        if (!text.includes('Questionnaire') && !/"(ValueSet|CodeSystem)"/.test(text.slice(0, 400))) continue
        const resources = file.name.endsWith('.json') ? fromJson(text) : questionnairesIn(text)
        unread += resources.unread
        for (const resource of resources.found) {
            const kind = { Questionnaire: 'forms', ValueSet: 'terminology', CodeSystem: 'terminology' }[resource?.resourceType]
            if (!kind) continue
            const bytes = JSON.stringify(resource, null, 1)
            const hash = createHash('sha256').update(bytes).digest('hex')
            if (seen.has(hash)) continue
            seen.add(hash)
            const name = resource.id ?? basename(file.name, extname(file.name))
            let place = join(cache, kind, folder, `${safe(name)}.json`)
            for (let i = 2; existsSync(place); i++) place = join(cache, kind, folder, `${safe(name)}-${i}.json`)
            mkdirSync(dirname(place), { recursive: true })
            writeFileSync(place, bytes)
            if (kind === 'forms') forms++
        }
    }
    console.log(`${spec}: ${forms} forms${unread ? `; ${unread} are made by a program when it runs` : ''}`)
}

/** The resource itself, or those of a Bundle. A file of another kind holds none. */
function fromJson(text) {
    let json
    try {
        json = JSON.parse(text)
    } catch {
        return { found: [], unread: 0 }
    }
    const entries = json?.resourceType === 'Bundle' ? (json.entry ?? []).map((entry) => entry.resource) : [json]
    return { found: entries, unread: 0 }
}

function safe(name) {
    return String(name).replace(/[^\w.-]/g, '_').slice(0, 80)
}
