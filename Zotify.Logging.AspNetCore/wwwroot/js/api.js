// Calls the server. A refusal becomes a Problem with the text of its problem details.

import { parse } from './digits.js';
import { answered, unanswered } from './server.js';

// How long an early answer may take, in milliseconds.
const patience = 5000;
let ahead;

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

/** The query of an address, from names to one value or several. Empty values are left out, but a detail may be empty. */
export function query(params) {
  const pairs = Object.entries(params).flatMap(([name, values]) => [values].flat()
    .filter(value => value !== undefined && value !== null && (value !== '' || isDetail(name))).map(value => [name, value]));
  return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}

/** Whether a parameter is a condition on the details of an event. */
export const isDetail = name => name.startsWith('details');

/** GETs JSON. Notifies the page when the session has ended. */
export async function get(path, params = {}, signal = undefined) {
  return parse(await (await ask(`${path}${query(params)}`, { signal })).text());
}

/**
 * Asks for what the page will need, before it is known who is signed in: that saves the time of a request on a slow link. `get` of the same
 * address takes the answer; a refusal is forgotten.
 */
export function askAhead(path) {
  ahead = { path, answer: fetch(path, { signal: AbortSignal.timeout(patience) }).catch(() => undefined) };
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

/** Notifies the page that its session has ended. */
export const signedOut = () => document.dispatchEvent(new Event('signed-out'));

async function ask(address, options) {
  const early = await takeAhead(address);
  const answer = early?.ok ? early : await fetch(address, options).catch(error => {
    if (!isAbort(error)) unanswered();
    throw error;
  });
  if (!answered(answer)) throw new Error('A proxy answered in place of the application.');
  // An application may redirect users who are not signed in. Such an answer does not come from the logs.
  const isElsewhere = answer.redirected;
  if (answer.ok && !isElsewhere) return answer;
  const problem = isElsewhere ? new Problem(401, {}) : await Problem.of(answer);
  // The session's own address answers 401 where there is no session, or a key is wrong.
  if (problem.status === 401 && address !== 'session') signedOut();
  throw problem;
}

function takeAhead(address) {
  if (ahead?.path !== address) return undefined;
  const { answer } = ahead;
  ahead = undefined;
  return answer;
}

/** Whether the request was only aborted; one that ran into its time limit was not. */
export const isAbort = error => error?.name === 'AbortError';

/** The message of an error, for people. */
export const messageOf = error => error instanceof Problem ? error.message : 'The server cannot be reached. The page keeps trying.';
