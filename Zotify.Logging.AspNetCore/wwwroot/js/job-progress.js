// The progress of a job: how much is done, how fast, and how long the rest will take.

import { el } from './dom.js';
import { serverNow, awaySince } from './server.js';
import { count, duration } from './time.js';

// The rate is measured over this period, in milliseconds.
const window = 20_000;
// A running job that logs nothing for this long may be stuck, or its process gone, in milliseconds.
const longSilence = 30_000;

/** Whether a job has not ended. A stalled one may go on. */
export const isOpen = ({ status }) => status === 'running' || status === 'stalled';

/** The rate of a job, from its earlier progress. */
export class Rate {
  #seen = [];

  /** Items per second; undefined where unknown. */
  of({ progress_done: done, first_at: first, last_at: last }) {
    if (done === null) return undefined;
    const now = Date.parse(last);
    if (this.#seen.at(-1)?.at !== now) this.#seen.push({ at: now, done });
    while (this.#seen.length > 2 && now - this.#seen[1].at > window) this.#seen.shift();
    const since = this.#seen.length > 1 ? this.#seen[0] : { at: Date.parse(first), done: 0 };
    return now > since.at && done > since.done ? (done - since.done) / (now - since.at) * 1000 : undefined;
  }
}

/** The progress from 0 to 1; undefined where unknown. */
function shareOf({ status, progress_done: done, progress_total: total }) {
  if (total > 0) return Math.min(1, (done ?? 0) / total);
  return status === 'completed' ? 1 : undefined;
}

/** The progress as text: 23 of 189, 12%, 40/s, 4 s left. */
export function saidProgress(job, rate) {
  const { status, progress_done: done, progress_total: total } = job;
  const share = shareOf(job);
  const parts = [];
  if (done !== null) parts.push(total > 0 ? `${count(done)} of ${count(total)}` : count(done));
  if (share !== undefined && total > 0) parts.push(`${Math.floor(share * 100)}%`);
  const silence = silenceOf(job);
  if (silence) parts.push(silence);
  else if (status === 'running' && rate) {
    parts.push(`${rate < 10 ? rate.toFixed(1) : count(Math.round(rate))}/s`);
    if (total > done) parts.push(`${duration((total - done) / rate * 1000)} left`);
  }

  return parts;
}

/** How long the job took, or has been running by the server's clock. Who ended it for an instance that is gone, did so after its last entry. */
export const runTime = ({ status, first_at: first, last_at: last, ended_at: ended }) =>
  duration((isOpen({ status }) ? awaySince() ?? serverNow() : Math.min(Date.parse(ended ?? last), Date.parse(last))) - Date.parse(first));

/** Why nothing is known about how a running job goes on; undefined where that is known. */
export function silenceOf({ status, last_at: last, stalled_reason: reason, instance }) {
  if (!isOpen({ status })) return undefined;
  if (awaySince() !== undefined) return 'not known now';
  if (reason === 'instance_gone') return `${instance} is gone`;
  const silence = serverNow() - Date.parse(last);
  return status === 'stalled' || silence > longSilence ? `nothing logged for ${duration(silence)}` : undefined;
}

/** Whether a job has a bar: one that has ended shows its result; only where that is not all of it, how far it came. */
export const hasBar = job => isOpen(job) || (shareOf(job) ?? 1) < 1;

/** A bar. */
export function bar(job) {
  const share = shareOf(job);
  const fill = el('i');
  fill.style.transform = `scaleX(${share ?? 0})`;
  const isKnown = share !== undefined;
  return el('div', {
    class: `progress ${job.status} ${isKnown ? '' : 'unknown'}`, role: 'progressbar', 'aria-label': `Progress of ${job.job_id}`,
    'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': isKnown ? Math.floor(share * 100) : null,
  }, fill);
}

/** A status as a coloured word. */
export const statusOf = job => el('span', { class: `status ${job.status} ${silenceOf(job) ? 'silent' : ''}`, text: job.status });

/** The numbers of warnings and errors; nothing if there are none. */
export function troubles({ warnings, errors }) {
  return [
    errors > 0 && el('span', { class: 'count bad', text: `${count(errors)} error${errors === 1 ? '' : 's'}` }),
    warnings > 0 && el('span', { class: 'count warn', text: `${count(warnings)} warning${warnings === 1 ? '' : 's'}` }),
  ].filter(part => part);
}
