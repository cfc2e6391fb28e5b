// The last runs of a type of jobs: how long each took, and what became of it.

import { el } from './dom.js';
import { onPref } from './prefs.js';
import { jobAddress } from './router.js';
import { write } from './text.js';
import { count, duration, minute } from './time.js';

const mostRuns = 50;
const lengthOf = job => Date.parse(job.ended_at ?? job.last_at) - Date.parse(job.first_at);

/** Draws them where the jobs of one type are shown; `jobs` have ended, the last one first. */
export function drawRuns(root, types, jobs) {
  const runs = types?.length === 1 ? jobs.filter(job => job.job_type === types[0]).slice(0, mostRuns).reverse() : [];
  root.hidden = runs.length < 2;
  if (root.hidden) return;
  const drawn = runs.map(job => `${job.job_id} ${job.ended_at}`).join();
  // Redrawn only for other runs, so that a focused one keeps the focus.
  if (root.dataset.drawn === drawn) return;
  root.dataset.drawn = drawn;
  const most = Math.max(1, ...runs.map(lengthOf));
  const failures = runs.filter(job => job.status !== 'completed').length;
  const median = runs.map(lengthOf).sort((one, other) => one - other)[Math.floor((runs.length - 1) / 2)];
  root.replaceChildren(
    el('figcaption', {}, el('span', {}, el('b', { text: `Last ${count(runs.length)} runs of ` }), write(el('b'), types[0])),
      el('span', { class: 'number' }, `half took ${duration(median)} or less · `,
        el('span', { class: failures ? 'bad' : '', text: failures === 0 ? 'none failed' : `${count(failures)} did not complete` }))),
    el('div', { class: 'runs' }, runs.map(job => run(job, most))));
}

function run(job, most) {
  const fill = el('i', { class: job.status });
  fill.style.height = `${Math.max(6, lengthOf(job) / most * 100)}%`;
  const link = el('a', { href: jobAddress(job.job_id) }, fill);
  link.job = job;
  name(link);
  return link;
}

function name(link) {
  const { job_id: id, status, ended_at: ended, last_at: last } = link.job;
  link.title = link.ariaLabel = `${id}: ${status} ${minute(ended ?? last)}, took ${duration(lengthOf(link.job))}`;
}

// The times that are read out follow the time zone, too.
onPref('zone', () => document.querySelectorAll('.runs a').forEach(name));
