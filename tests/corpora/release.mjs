// SPDX-License-Identifier: EUPL-1.2
// Which release of FHIR a Questionnaire is written for. It need not say so; elements and types that only one release
// has do. 'R4' where nothing speaks against it.

export function releaseOf(text) {
    let form
    try {
        form = JSON.parse(text)
    } catch {
        return 'R4' // not ours to judge: the engine must refuse it
    }
    if (form?.resourceType !== 'Questionnaire') return form?.lformsVersion || form?.items ? 'LHC-Forms, own format' : 'no Questionnaire'
    const profiles = (form.meta?.profile ?? []).join(' ')
    if (/\/4\.3|\/R4B/.test(profiles)) return 'R4'
    if (!(form.item?.length > 0)) return 'no form: a skeleton without items'
    const marks = new Set()
    if (form.copyrightLabel || form.versionAlgorithmString || form.versionAlgorithmCoding) marks.add('R5')
    look(form.item ?? [], marks)
    if (/\/3\.0|fhir\/us\/sdc/.test(profiles)) marks.add('STU3')
    return marks.size === 1 ? [...marks][0] : 'R4'
}

function look(items, marks) {
    for (const item of Array.isArray(items) ? items : []) {
        // R5: choice and open-choice became coding with a constraint. STU3: options, hasAnswer, initial beside the item.
        if (item?.type === 'coding' || item?.type === 'question' || item?.answerConstraint || item?.disabledDisplay) marks.add('R5')
        if (item?.option || item?.options || Object.keys(item ?? {}).some((key) => /^initial[A-Z]/.test(key))) marks.add('STU3')
        if (Array.isArray(item?.enableWhen) && item.enableWhen.some((when) => when?.hasAnswer !== undefined)) marks.add('STU3')
        look(item?.item, marks)
    }
}
