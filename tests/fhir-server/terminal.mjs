// SPDX-License-Identifier: EUPL-1.2
// A terminal: the real sportello-sender with a state folder of its own, and people who do things there (terminal.cpp).
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { Server } from './server.mjs';

const run = promisify(execFile);

export class Terminal {
  #sender;
  #deeds;
  #folder;

  /** `programs`: the sender, and fhir_terminal. A new terminal has never sent anything. */
  static async start(server, [sender, deeds]) {
    const terminal = new Terminal();
    terminal.#deeds = deeds;
    terminal.#folder = fs.mkdtempSync(path.join(process.cwd(), 'terminal-'));
    const config = path.join(terminal.#folder, 'sender.toml');
    fs.writeFileSync(config, `[central.fhir]\nbase_url = "${server.base}"\n[central.tls]\nca_file = "${server.ca}"\n`);
    terminal.#sender = await Server.start(sender, '--config', config, '--state', path.join(terminal.#folder, 'state'), '--demo-pace');
    return terminal;
  }

  async stop() {
    await this.#sender.stop();
    fs.rmSync(this.#folder, { recursive: true });
  }

  async #do(...words) {
    try {
      return JSON.parse((await run(this.#deeds, [this.#sender.socket, ...words.map(String)])).stdout);
    } catch (error) {
      throw new Error(`${words.join(' ')}: ${error.stderr ?? error.message}`);
    }
  }

  /** The receipt: {number, code}. */
  keep(name) {
    return this.#do('keep', name);
  }
  /** Until it stands so: {reference, reason}. */
  wait(name, life) {
    return this.#do('wait', name, life);
  }
  /** Kept, and proved to be there; the reference that the citizen is told. */
  async deliver(name) {
    await this.keep(name);
    return (await this.wait(name, 'acknowledged')).reference;
  }
  /** A supervisor puts right what the central system refused; what the desk was told about it: [{code, path}]. */
  async repair(name) {
    return (await this.#do('repair', name)).issues;
  }
  /** Until the citizen with this receipt is told this step. */
  async told({ number, code }, step) {
    await this.#do('status', number, code, step);
  }
}
