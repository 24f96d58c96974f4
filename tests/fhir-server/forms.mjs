// SPDX-License-Identifier: EUPL-1.2
/** Whose ids the resources of a case have: what a central system declares in its metadata, and whether it means it. */
export const forms = {
  conditions: 'conditions', // the server's: conditional create
  ownIds: 'own-ids', // ours: PUT with If-None-Match: *
  ownIdsReplaced: 'own-ids-replaced', // it declares that it takes ours, and writes over what is there
};
