// A list of jobs. A job that is already in the list keeps its row, and the row keeps its focus.

import { el } from './dom.js';
import { bar, hasBar, isOpen, Rate, runTime, saidProgress, silenceOf, statusOf, troubles } from './job-progress.js';
import { jobAddress } from './router.js';
import { write } from './text.js';
import { timeOf } from './time.js';
import { valueButton } from './value-menu.js';

export class JobList {
  #root;
  #rows = new Map();

  constructor(root) {
    this.#root = root;
    root.addEventListener('click', event => {
      if (event.target.closest('a, button') || String(getSelection())) return;
      event.target.closest('li')?.querySelector('a').click();
    });
  }

  /** Shows these jobs, in this order. */
  draw(jobs) {
    const ids = new Set(jobs.map(job => job.job_id));
    for (const [id, { row }] of this.#rows) {
      if (ids.has(id)) continue;
      row.remove();
      this.#rows.delete(id);
    }

    jobs.forEach((job, at) => {
      const known = this.#rows.get(job.job_id) ?? this.#add(job);
      this.#fill(known, job);
      if (this.#root.children[at] !== known.row) this.#root.insertBefore(known.row, this.#root.children[at] ?? null);
    });
  }

  #add(job) {
    const link = write(el('a', { href: jobAddress(job.job_id) }), job.job_id);
    const parts = Object.fromEntries(['type', 'how', 'way', 'numbers', 'counts', 'time', 'last']
      .map(name => [name, el('div', { class: name })]));
    const row = el('li', {}, el('div', { class: 'name' }, link, parts.type), ...Object.values(parts).slice(1));
    const added = { row, parts, rate: new Rate(), drawn: '' };
    this.#rows.set(job.job_id, added);
    return added;
  }

  #fill(known, job) {
    const time = runTime(job);
    known.parts.time.firstChild?.remove();
    known.parts.time.prepend(el('span', { class: 'number', text: time }));
    const drawn = JSON.stringify([job, silenceOf(job)]);
    if (drawn === known.drawn) return;
    known.drawn = drawn;
    const { type, how, way, numbers, counts, last, time: when } = known.parts;
    const isRunning = isOpen(job);
    const [done, ...others] = saidProgress(job, known.rate.of(job));
    when.replaceChildren(when.firstChild, timeOf(isRunning ? job.first_at : job.ended_at ?? job.last_at));
    type.replaceChildren(job.job_type ? valueButton('job_type', job.job_type) : '');
    // A button that stays keeps the focus.
    const status = statusOf(job);
    if (how.querySelector('.status')?.className !== status.className) how.replaceChildren(valueButton('status', job.status, status));
    way.replaceChildren(hasBar(job) ? bar(job) : '');
    numbers.replaceChildren(el('span', { text: done ?? '' }), el('span', { class: 'muted', text: isRunning ? others.join(' · ') : '' }));
    counts.replaceChildren(...troubles(job));
    write(last, job.last_message ?? '');
  }
}
