// SPDX-License-Identifier: EUPL-1.2
// Ways to break a good Bundle. Each must be found by one of the validators, or they prove nothing.
export const broken = {
  'a status that is missing': (bundle, the) => delete the('QuestionnaireResponse').status,
  'a status that does not exist': (bundle, the) => (the('QuestionnaireResponse').status = 'done'),
  'an element that does not exist': (bundle, the) => (the('Task').colour = 'blue'),
  'an item without a linkId': (bundle, the) => delete the('QuestionnaireResponse').item[0].linkId,
  'a date that is none': (bundle, the) => (the('QuestionnaireResponse').authored = '22/11/2026'),
  'two values in one answer': (bundle, the) => the('QuestionnaireResponse').item.push({ linkId: 'x', answer: [{ valueString: 'a', valueInteger: 1 }] }),
  'a number written as text': (bundle, the) => the('QuestionnaireResponse').item.push({ linkId: 'x', answer: [{ valueInteger: '1' }] }),
  'an empty list': (bundle, the) => (the('Task').note = []),
  'a null': (bundle, the) => (the('Task').description = null),
  'an empty text': (bundle, the) => (the('Task').description = ''),
  'an entry that asks for nothing': (bundle) => delete bundle.entry[0].request,
  'a method that does not exist': (bundle) => (bundle.entry[0].request.method = 'SEND'),
  'a resource of no known type': (bundle) => (bundle.entry[0].resource = { resourceType: 'Wish' }),
};
