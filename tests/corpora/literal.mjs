// SPDX-License-Identifier: EUPL-1.2
// Finds the Questionnaires written into a JavaScript or TypeScript source as object literals. Reads them, runs nothing.

const begin = /\{\s*(['"]?)resourceType\1\s*:\s*(['"`])Questionnaire\2/g

/** Every literal that is a Questionnaire; `unread` counts those that need the program around them to have a value. */
export function questionnairesIn(source) {
    const found = []
    let unread = 0
    for (const match of source.matchAll(begin)) {
        try {
            found.push(new Reader(source, match.index).value())
        } catch (error) {
            if (!(error instanceof NoLiteral)) throw error
            unread++
        }
    }
    return { found, unread }
}

class NoLiteral extends Error {}

class Reader {
    constructor(source, at) {
        this.source = source
        this.at = at
    }

    blanks() {
        const pattern = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
        pattern.lastIndex = this.at
        pattern.exec(this.source)
        this.at = pattern.lastIndex
    }

    take(pattern) {
        this.blanks()
        pattern.lastIndex = this.at
        const match = pattern.exec(this.source)
        if (match) this.at = pattern.lastIndex
        return match?.[0]
    }

    value() {
        this.blanks()
        const next = this.source[this.at]
        if (next === '{') return this.object()
        if (next === '[') return this.list()
        if (next === '"' || next === "'" || next === '`') return this.text()
        const number = this.take(/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y)
        if (number !== undefined) return Number(number)
        const word = this.take(/true|false|null|!0|!1/y)
        if (word === undefined) throw new NoLiteral()
        return word === 'null' ? null : word === 'true' || word === '!0'
    }

    /** Strings joined by + count as one. */
    text() {
        let text = this.oneText()
        while (this.take(/\+/y)) text += this.oneText()
        return text
    }

    oneText() {
        const raw = this.take(/"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|`(?:[^`\\$]|\\[^]|\$(?!\{))*`/y)
        if (raw === undefined) throw new NoLiteral()
        const simple = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0', '\n': '' }
        return raw.slice(1, -1).replace(/\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([^]))/g, (_, long, four, two, one) =>
            one !== undefined ? (simple[one] ?? one) : String.fromCodePoint(parseInt(long ?? four ?? two, 16)))
    }

    object() {
        const object = {}
        this.at++
        while (!this.take(/\}/y)) {
            this.blanks()
            const key = /["'`]/.test(this.source[this.at]) ? this.oneText() : this.take(/[\p{L}_$][\p{L}\p{N}_$]*/uy)
            if (key === undefined || !this.take(/:/y)) throw new NoLiteral()
            object[key] = this.value()
            if (!this.take(/,/y) && this.source[this.at] !== '}') throw new NoLiteral()
        }
        return object
    }

    list() {
        const list = []
        this.at++
        while (!this.take(/\]/y)) {
            list.push(this.value())
            if (!this.take(/,/y) && this.source[this.at] !== ']') throw new NoLiteral()
        }
        return list
    }
}
