// The jobs: first those that run, then those that ended, the last one first.

import { get, isAbort, send, messageOf } from './api.js';
import { moveFocus } from './audit-table.js';
import { drawChips } from './chips.js';
import { el, notice, partsOf, state } from './dom.js';
import { bindFilters, showFilters } from './filter-form.js';
import { Filters } from './filters.js';
import { JobList } from './job-list.js';
import { has, logs } from './address.js';
import { onPref } from './prefs.js';
import { change, params } from './router.js';
import { drawRuns } from './job-runs.js';
import { onServer } from './server.js';
import { write } from './text.js';
import { bindTimes, showTimes } from './time-range.js';
import { count, dayAndTime, timeOf } from './time.js';
import { useFilters } from './value-menu.js';

const path = logs('jobs');
const every = 1500;
const mostRunning = 200;
const open = ['running', 'stalled'];
const ended = ['completed', 'failed', 'interrupted'];
// Ended jobs are read again only once in this many turns, or when a job ends.
const endedEvery = 5;
const labels = { job_type: 'type', status: 'status' };

export function jobsView(root) {
  const parts = partsOf(root);
  const form = root.querySelector('form');
  const gone = new AbortController();
  const running = new JobList(parts.running);
  const past = new JobList(parts.ended);
  let reading = new AbortController();
  let shown;
  let turn = 0;
  let jobs = { running: [], ended: new Map(), next: null, totals: {} };

  const filtered = new Filters(labels);
  const statuses = () => params().getAll('status');
  const wants = status => (statuses().length === 0 || statuses().includes(status)) && !params().getAll('status.not').includes(status);
  /** All but the statuses: running and ended jobs are asked for apart, each with those that are wanted. */
  const filters = () => ({ ...filtered.query(), status: undefined, 'status.not': undefined });
  const endedStatuses = () => ended.filter(wants);

  async function readRunning(signal) {
    const before = jobs.running.length;
    const wanted = open.filter(wants);
    const found = wanted.length ? await get(path, { ...filters(), status: wanted, limit: mostRunning }, signal) : { items: [] };
    // What needs somebody comes first.
    jobs.running = found.items.toSorted((one, other) => (other.status === 'stalled') - (one.status === 'stalled'));
    jobs.overdue = found.overdue ?? jobs.overdue;
    jobs.totals = found.totals ?? jobs.totals;
    jobs.behind = found.complete === false ? found.behind : 0;
    return jobs.running.length < before;
  }

  async function readEnded(signal, cursor = undefined) {
    const found = endedStatuses().length
      ? await get(path, { ...filters(), status: endedStatuses(), order: 'ended', cursor }, signal)
      : { items: [], next_cursor: null };
    const isFirst = jobs.ended.size === 0;
    for (const job of found.items) jobs.ended.set(job.job_id, job);
    jobs.totals = found.totals ?? jobs.totals;
    jobs.overdue = found.overdue ?? jobs.overdue;
    // Only the first page is read again, so the cursor of the next page does not change.
    if (cursor || isFirst) jobs.next = found.next_cursor;
  }

  /** Reads and shows the jobs, and repeats that, until the address or the view changes. */
  async function read(signal) {
    try {
      if (!document.hidden || turn === 0) {
        const isOneDone = await readRunning(signal);
        if (isOneDone || turn++ % endedEvery === 0) await readEnded(signal);
        draw();
      }
    } catch (error) {
      if (isAbort(error)) return;
      if (jobs.running.length + jobs.ended.size === 0) state(parts.state, 'The jobs could not be read', messageOf(error),
        { isBad: true, action: { text: 'Clear the filters', run: clear } });
      // The banner tells of a server that does not answer.
      else if (error.status) notice(parts.notice, messageOf(error), true);
    }

    if (!signal.aborted) setTimeout(() => signal.aborted || read(signal), every);
  }

  function draw() {
    const isRunning = new Set(jobs.running.map(job => job.job_id));
    for (const id of isRunning) jobs.ended.delete(id);
    const endedJobs = [...jobs.ended.values()].sort((one, other) => (other.ended_at ?? '').localeCompare(one.ended_at ?? ''));
    running.draw(jobs.running);
    past.draw(endedJobs);
    drawTotals();
    notice(parts.overdue, jobs.overdue?.length ? jobs.overdue.map(overdueText) : null, true);
    drawRuns(parts.runs, filters().job_type, endedJobs);
    parts['running-part'].hidden = jobs.running.length === 0;
    parts['running-count'].textContent = jobs.running.length === mostRunning ? `${mostRunning}+` : count(jobs.running.length);
    parts['ended-part'].hidden = endedJobs.length === 0;
    parts.more.hidden = !jobs.next;
    notice(parts.notice, jobs.behind
      ? `The database is ${count(jobs.behind)} records behind: the newest entries are not counted yet.`
      : null);
    const types = new Set([...jobs.running, ...endedJobs].map(job => job.job_type).filter(type => type));
    root.querySelector('#job-types').replaceChildren(...[...types].map(type => new Option(type)));
    if (jobs.running.length + endedJobs.length) state(parts.state);
    else if (filtered.isAny) state(parts.state, 'No job matches', 'Remove a filter.', { action: { text: 'Clear the filters', run: clear } });
    else state(parts.state, 'There is no job yet', 'Log with job_id in a scope or in the message, and the job appears here automatically.');
  }

  /** Says that no job of a type ran in time. */
  const overdueText = ({ job_type: type, last_at: last, overdue_since: since }) => el('span', {},
    'No job of the type ', write(el('b'), type), ' has run since ', last ? timeOf(last, dayAndTime) : 'the first time that the tables have',
    '; the next one has been due since ', timeOf(since, dayAndTime), '. ');

  /** Shows how many jobs of each status there are under the other filters. */
  function drawTotals() {
    for (const box of form.elements.status) {
      const number = jobs.totals[box.value];
      box.nextElementSibling.textContent = number === undefined ? '' : `${count(number)}${jobs.totals.complete === false ? '+' : ''}`;
    }
  }

  const clear = () => change(Object.fromEntries([...params().keys()].map(name => [name, null])));
  useFilters(filtered);
  bindFilters(form, ['q', 'job_type'], gone.signal);
  bindTimes(form, parts.custom);
  form.addEventListener('change', event => {
    const { name, value, checked } = event.target;
    if (name !== 'status') return;
    if (checked) filtered.only(name, value);
    else filtered.remove({ name, value });
  });
  parts.more.addEventListener('click', async () => {
    parts.more.disabled = true;
    await readEnded(reading.signal, jobs.next).then(draw).catch(error => isAbort(error) || notice(parts.notice, messageOf(error), true));
    parts.more.disabled = false;
  });
  parts.sample.addEventListener('click', async () => {
    try {
      const { job_id: id } = await (await send('POST', 'api/demo/sync')).json();
      notice(parts.notice, `${id} was requested; it appears when it starts.`);
    } catch (error) {
      notice(parts.notice, messageOf(error), true);
    }
  });
  parts.sample.hidden = !has('sample');
  onPref('zone', () => showTimes(form, parts.custom), gone.signal);
  onServer(draw, gone.signal);

  return {
    update() {
      showFilters(form, ['q', 'job_type']);
      showTimes(form, parts.custom);
      for (const box of form.elements.status) box.checked = statuses().includes(box.value);
      if (shown === location.search) return;
      shown = location.search;
      drawChips(parts.chips, filtered);
      reading.abort();
      reading = new AbortController();
      jobs = { running: [], ended: new Map(), next: null, totals: jobs.totals, overdue: jobs.overdue };
      turn = 0;
      read(reading.signal);
    },
    leave() {
      gone.abort();
      reading.abort();
    },
    keys: { move: by => moveFocus([...parts.results.querySelectorAll('li .name a')], by),
      open: () => moveFocus([...parts.results.querySelectorAll('li .name a')], 1) },
  };
}
