// SPDX-License-Identifier: EUPL-1.2
// Misbehaviour on order, as net/sandbox/README.md describes it for the sandbox.
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

export class Faults {
  #fault = null;
  #left = 0;
  #taken = 0;

  plan(fault) {
    this.#fault = fault;
    this.#left = fault.count ?? 1;
  }

  clear() {
    this.#left = 0;
    this.#taken = 0;
  }

  /** What to do to this request, or undefined. `request`: "PUT Binary", or the method alone where there is no type. */
  take(request) {
    if (this.#left === 0) return undefined;
    const { only } = this.#fault;
    if (only && request !== only && !request.startsWith(`${only} `)) return undefined;
    this.#left -= 1;
    this.#taken += 1;
    return this.#fault;
  }

  get taken() {
    return this.#taken;
  }
}
