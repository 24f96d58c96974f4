// SPDX-License-Identifier: EUPL-1.2
// run.mjs PROGRAM TERMINOLOGY FOLDER…: has `sportelloctl form check` judge every Questionnaire below the folders and
// prints what became of them. Exit 1 when one crashed or hung, when a refusal has a reason nobody has agreed to
// (agreed.txt), or when fewer than 95 of 100 R4 forms loaded. With FLOOR in the environment, only when one crashed or hung
// or fewer than that many of 100 loaded: what is reached may not be lost again while the goal is not.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { releaseOf } from './release.mjs'

const [program, terminology, ...folders] = process.argv.slice(2)
const here = dirname(fileURLToPath(import.meta.url))
const seconds = 10
const memory = 512 * 1024 * 1024
const agreed = readFileSync(join(here, 'agreed.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split('\t'))

const counts = { loaded: 0, refused: 0, crashed: 0, hung: 0 }
const others = new Map()
const reasons = new Map()
const forms = new Map()
const times = []

for (const folder of folders)
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort((a, b) => order(a) < order(b) ? -1 : 1))
        if (entry.isFile() && entry.name.endsWith('.json')) judge(folder, order(entry))
report()

function order(entry) {
    return join(entry.parentPath ?? entry.path, entry.name)
}

function judge(folder, file) {
    const name = relative(folder, file)
    const release = releaseOf(readFileSync(file, 'utf8'))
    if (release !== 'R4') return add(others, release, name)
    const terms = terminology && existsSync(terminology) ? ['--terminology', terminology] : []
    const started = process.hrtime.bigint()
    const run = spawnSync('prlimit', [`--as=${memory}`, program, 'form', 'check', '--json', ...terms, file],
        { encoding: 'utf8', timeout: seconds * 1000, killSignal: 'SIGKILL', maxBuffer: 64 << 20 })
    times.push([Number(process.hrtime.bigint() - started) / 1e6, name])
    if (run.error?.code === 'ETIMEDOUT') counts.hung++, add(reasons, `HUNG for ${seconds} s`, name)
    else if (run.signal || (run.status !== 0 && run.status !== 1)) counts.crashed++, add(reasons, `CRASHED: ${run.signal ?? run.status} ${run.stderr.slice(0, 200)}`, name)
    else if (run.status === 0) counts.loaded++
    else {
        counts.refused++
        const said = run.stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
            .filter((line) => !line.weight)
        if (said.length === 0) add(reasons, `NOTHING SAID ${run.stderr.slice(0, 200)}`, name)
        for (const mistake of said) {
            // What differs from form to form (names in quotation marks) is no reason of its own.
            const reason = `${mistake.code}: ${mistake.text.replace(/'[^']*'/g, '…').replace(/the (list|code system|property) \S+ /, 'the $1 … ')}`
            add(reasons, reason, name)
            add(forms, name, reason)
        }
    }
}

function add(map, key, value) {
    if (!map.has(key)) map.set(key, new Set())
    map.get(key).add(value)
}

function report() {
    const { loaded, refused, crashed, hung } = counts
    const all = loaded + refused + crashed + hung
    const line = (reason) => agreed.find(([start]) => reason.startsWith(start))
    const why = (reason) => line(reason)?.[1]
    console.log(`\nReasons of refusal, with the number of forms:`)
    for (const [reason, names] of [...reasons].sort((a, b) => b[1].size - a[1].size)) {
        console.log(`${String(names.size).padStart(4)}  ${reason}${why(reason) ? `  [agreed: ${why(reason)}]` : ''}`)
        if (!process.env.SHORT) console.log(`      ${[...names].slice(0, 6).join(', ')}${names.size > 6 ? ', …' : ''}`)
    }
    // One agreed reason is enough for a form not to be run; what else is in its list follows from it or stands beside it.
    const disputed = [...forms].filter(([, list]) => ![...list].some(why)).map(([name]) => name)
    for (const [release, names] of others) console.log(`not R4 (${release}): ${names.size}: ${[...names].slice(0, 8).join(', ')}`)
    times.sort((a, b) => a[0] - b[0])
    const at = (part) => times.length ? times[Math.min(times.length - 1, Math.floor(part * times.length))] : [0, '-']
    console.log(`time, start of the program included: median ${at(0.5)[0].toFixed(1)} ms, slowest ${at(1)[0].toFixed(1)} ms (${at(1)[1]})`)
    console.log(`${all} R4 forms: ${loaded} loaded (${((100 * loaded) / Math.max(all, 1)).toFixed(1)} %), ${refused} refused ` +
        `(${refused - disputed.length} by an agreed reason), ${crashed} crashed, ${hung} hung`)
    const noForms = [...forms.values()].filter((list) => [...list].some((reason) => line(reason)?.[2] === 'no form')).length
    console.log(`without the ${noForms} refused that break R4's own rules or are a part of a form: ${loaded} of ${all - noForms} ` +
        `(${((100 * loaded) / Math.max(all - noForms, 1)).toFixed(1)} %)`)
    if (disputed.length) console.log(`refused without an agreed reason: ${disputed.join(', ')}`)
    const goal = Number(process.env.FLOOR ?? 95)
    const isAgreed = process.env.FLOOR !== undefined || disputed.length === 0
    process.exitCode = all > 0 && crashed + hung === 0 && isAgreed && loaded >= (goal / 100) * all ? 0 : 1
}
