// SPDX-License-Identifier: EUPL-1.2
// A program that says when it is ready, as a child process; and, where it is a FHIR server, somebody who talks to it,
// trusting its certificate and no other.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import https from 'node:https';
import readline from 'node:readline';

export class Server {
  #child;
  #agent;

  /** Starts `command`, which must print the ready line. */
  static async start(command, ...values) {
    const server = new Server();
    server.#child = spawn(command, values, { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = readline.createInterface({ input: server.#child.stdout });
    const first = await Promise.race([
      once(lines, 'line').then(([line]) => line),
      once(server.#child, 'exit').then(([code]) => {
        throw new Error(`${command} ended with ${code} before it was ready`);
      }),
    ]);
    Object.assign(server, JSON.parse(first)); // base, page, ca; or socket
    if (server.ca) server.#agent = new https.Agent({ ca: fs.readFileSync(server.ca), keepAlive: false, maxSockets: 16 });
    return server;
  }

  async stop() {
    if (this.#child.exitCode !== null) return;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }

  /** `place` begins with a slash and lies below the base. Rejects when the connection is cut. */
  ask(method, place, body, headers = {}) {
    return this.#send(new URL(this.base + place), method, body, headers);
  }
  get(place, headers) {
    return this.ask('GET', place, undefined, headers);
  }
  send(bundle) {
    return this.ask('POST', '', bundle);
  }

  async order(fault) {
    const { status } = await this.#send(new URL('/_sandbox/fault', this.base), 'POST', fault, {});
    if (status !== 204) throw new Error(`the fault was not taken: ${status}`);
  }
  /** What was asked below the base since the last reset: {reads, writes, mishandled}. */
  async seen() {
    return (await this.#send(new URL('/_sandbox/seen', this.base), 'GET', undefined, {})).json;
  }
  async reset() {
    const { status } = await this.#send(new URL('/_sandbox/reset', this.base), 'POST', undefined, {});
    if (status !== 204) throw new Error(`no reset: ${status}`);
  }

  #send(url, method, body, headers) {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const request = https.request(
        url,
        {
          method,
          agent: this.#agent,
          headers: {
            accept: 'application/fhir+json',
            ...(text === undefined ? {} : { 'content-type': 'application/fhir+json', 'content-length': Buffer.byteLength(text) }),
            ...headers,
          },
        },
        (response) => {
          const parts = [];
          response.on('data', (part) => parts.push(part));
          response.on('error', reject);
          response.on('end', () => {
            const answer = Buffer.concat(parts).toString('utf8');
            let json;
            try {
              json = JSON.parse(answer);
            } catch {
              json = undefined; // some answers are no JSON, and some checks want just that
            }
            resolve({ status: response.statusCode, headers: response.headers, text: answer, json });
          });
        },
      );
      request.on('error', reject);
      request.end(text);
    });
  }
}
