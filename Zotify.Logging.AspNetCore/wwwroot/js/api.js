// Asks the server. What it refuses becomes a Problem, with what its problem details say.

import { parse } from './digits.js';

/** What the server answered instead of what was asked for. */
export class Problem extends Error {
  constructor(status, details) {
    super(details.detail ?? details.title ?? `The server answered ${status}.`);
    this.status = status;
  }

  /** The problem of an answer. */
  static async of(answer) {
    return new Problem(answer.status, await answer.json().catch(() => ({})));
  }
}

/** The query of an address, from names to a value or several; empty ones are left out. */
export function query(params) {
  const pairs = Object.entries(params).flatMap(([name, values]) => [values].flat()
    .filter(value => value !== undefined && value !== null && value !== '').map(value => [name, value]));
  return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}

/** GETs JSON. A session that is over is told to the page. */
export async function get(path, params = {}, signal = undefined) {
  return parse(await (await ask(`${path}${query(params)}`, { signal })).text());
}

/** GETs newline-delimited JSON that ends by itself. */
export async function getLines(path, params, signal) {
  const answer = await ask(`${path}${query(params)}`, { signal, headers: { Accept: 'application/x-ndjson' } });
  return (await answer.text()).split('\n').filter(line => line).map(line => parse(line));
}

/** Sends a change, and returns the answer. */
export function send(method, path, body = undefined) {
  return ask(path, { method, headers: body ? { 'Content-Type': 'application/json' } : {}, body: body && JSON.stringify(body) });
}

/** Tells the page that its session is over. */
export const signedOut = () => document.dispatchEvent(new Event('signed-out'));

async function ask(address, options) {
  const answer = await fetch(address, options);
  // An application may send whoever is not signed in elsewhere, which is no answer of the logs.
  const isElsewhere = answer.redirected;
  if (answer.ok && !isElsewhere) return answer;
  const problem = isElsewhere ? new Problem(401, {}) : await Problem.of(answer);
  // The session's own address says by 401 that there is none, or that a key is wrong.
  if (problem.status === 401 && address !== 'session') signedOut();
  throw problem;
}

/** Whether it is only a request that was given up. */
export const isAbort = fault => fault?.name === 'AbortError';

/** What went wrong, in words for people. */
export const words = fault => fault instanceof Problem ? fault.message : 'The server cannot be reached. The page tries again by itself.';
