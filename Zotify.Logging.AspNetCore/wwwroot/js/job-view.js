// A job: its progress, its progress over time, and its log, live.

import { get, isAbort, messageOf, query } from './api.js';
import { el, notice, partsOf, state } from './dom.js';
import { drawChips } from './chips.js';
import { closeDrawer, facts } from './drawer.js';
import { bindFilters, showFilters } from './filter-form.js';
import { Filters } from './filters.js';
import { bar, hasBar, isOpen, Rate, runTime, saidProgress, statusOf, troubles } from './job-progress.js';
import { showLine } from './line-panel.js';
import { gapRow, lineRow } from './line-row.js';
import { LiveLines } from './live-lines.js';
import { logs } from './address.js';
import { onPref, pref, setPref } from './prefs.js';
import { ProgressChart } from './progress-chart.js';
import { change, params, paramsObject, withParams } from './router.js';
import { onServer } from './server.js';
import { showCaughtUp, showConnection, showHeld } from './strip.js';
import { write, termsOf } from './text.js';
import { count, dayAndTime, timeOf } from './time.js';
import { bindValues, useFilters } from './value-menu.js';

const every = 1000;
const lastEntries = 10_000;
// So long before its first error the log of a failed job begins where it is long, in milliseconds.
const beforeError = 60_000;
const fields = ['q', 'level'];

export function jobView(root, { id, session }) {
  const parts = partsOf(root);
  const form = root.querySelector('form');
  const gone = new AbortController();
  const isParameter = /^\.\.?$/.test(id);
  const own = isParameter ? { job_id: id } : {};
  const path = logs(`jobs/${isParameter ? '-' : encodeURIComponent(id)}`);
  const chart = new ProgressChart(parts.chart);
  const rate = new Rate();
  let job;
  let terms = [];
  let shown;
  /** The error that the list was opened at. */
  let opened;
  write(parts.name, id);
  parts.system.href = `./${query({ job_id: id })}`;
  parts.system.hidden = !session.scopes.includes('logs:system');

  const list = new LiveLines(parts.lines, {
    label: `Log of the job ${id}`,
    path: `${path}/stream`,
    own,
    advice: 'Search, or choose a level, to see older ones.',
    signal: gone.signal,
    row: item => item.kind === 'gap' ? gapRow(item) : lineRow(item, terms, { hasCategory: false }),
    onOpen: open,
    onEnd: ended => ended && drawJob(ended),
    onHold: (hold, time) => {
      parts.pause.setAttribute('aria-pressed', String(hold === 'pause'));
      parts.pause.textContent = hold === 'pause' ? 'Resume' : 'Pause';
      showHeld(hold, time);
    },
    onState: showConnection,
    onCaughtUp: showCaughtUp,
    empty: element => state(element, 'No entry matches', job && isOpen(job) ? 'New matching entries appear here automatically.' : '',
      { action: { text: 'Clear the filters', run: clear } }),
    refused: (element, problem) => problem.status === 404
      ? state(element, 'There is no such job', 'It may not have started yet, or retention may have deleted it. The list shows all existing '
        + 'jobs.', { isBad: true, action: { text: 'Show the jobs', run: () => parts.back.click() } })
      : state(element, 'The server refused these filters', problem.message,
        { isBad: true, action: { text: 'Clear the filters', run: clear } }),
  });

  const filtered = new Filters({ level: 'level' });
  const clear = () => filtered.clear();

  function open(item) {
    const done = item.progress_done === null
      ? null
      : `${count(item.progress_done)}${item.progress_total === null ? '' : ` of ${count(item.progress_total)}`}`;
    showLine(item, { permalink: withParams({ line: `${item.id}.${item.position}`, q: null, level: null, entries: null }), isJobView: true,
      more: [['Progress', done], ['Number', count(item.seq)]] });
  }

  function drawJob(summary = job) {
    if (!summary) return;
    job = summary;
    chart.add(job);
    parts.runs.hidden = !job.job_type;
    parts.runs.href = `jobs${query({ job_type: job.job_type })}`;
    write(parts.runs, `Runs of ${job.job_type}`);
    parts.summary.replaceChildren(
      el('div', { class: 'progress-line' }, statusOf(job), hasBar(job) && bar(job),
        el('span', { class: 'number', text: saidProgress(job, rate.of(job)).join(' · ') })),
      facts([
        ['Type', job.job_type && write(el('span'), job.job_type)], ['Began', timeOf(job.first_at)],
        ['Ended', job.ended_at && timeOf(job.ended_at)],
        [isOpen(job) ? 'Runs for' : 'Took', runTime(job)],
        ['Entries', count(job.entries)],
        ['Trouble', troubles(job).length ? el('span', {}, ...troubles(job).flatMap(part => [part, ' '])) : 'none'],
      ]));
    chart.draw(job);
    drawCut();
  }

  /** Says which part of a long log is shown. */
  function drawCut() {
    const isCut = !filtered.isAny && !params().has('entries') && !params().has('line') && job.entries > lastEntries;
    if (parts.notice.classList.contains('bad')) return;
    if (opened) notice(parts.notice, ['Opened at its first error, ', timeOf(opened.timestamp, dayAndTime), '.',
      el('button', { type: 'button', text: 'Go to the end', on: { click: () => change({ entries: 'last' }) } })]);
    else if (isCut) notice(parts.notice, [
      `Opened with the last ${count(lastEntries)} of ${count(job.entries)} entries; scroll up for older ones.`,
      el('button', { type: 'button', text: 'Read all, from the beginning', on: { click: () => change({ entries: 'all' }) } })]);
    else notice(parts.notice);
  }

  /** Reads the job's summary, again and again while it runs. */
  async function watch() {
    if (!document.hidden) {
      try {
        const { job: summary } = await get(path, { ...own, tail: 0 }, gone.signal);
        if (parts.notice.classList.contains('bad')) notice(parts.notice);
        drawJob(summary);
        // The last entries may arrive a moment after the end: what the chart shows then is read once more.
        if (!isOpen(summary)) return setTimeout(() => gone.signal.aborted || readProgress(), every);
      } catch (error) {
        if (isAbort(error)) return undefined;
        if (error.status === 404) return undefined;
        if (error.status) notice(parts.notice, messageOf(error), true);
      }
    }

    return setTimeout(() => gone.signal.aborted || watch(), every);
  }

  /** Reads the progress over the whole job, whatever part of its log is shown. */
  async function readProgress() {
    try {
      const found = await get(`${path}/progress`, own, gone.signal);
      chart.set(found.items);
      drawJob(found.job);
    } catch (error) {
      if (!isAbort(error) && error.status !== 404) notice(parts.notice, messageOf(error), true);
    }
  }

  /** Begins the list: of a failed job at its first error, unless the address says something else. */
  async function begin(filter, { entries, line }) {
    const isPlain = Object.keys(filter).length === 0;
    const whole = { ...filter, ...own };
    const [, id, position] = /^(\d+)(?:\.(.+))?$/.exec(line) ?? [];
    const isTarget = item => String(item.id) === id;
    // A position says where to go on, and not which entry it is of: its text also depends on what was read before. Links that were made
    // before positions have the id alone, and older ones the position alone.
    if (position) return list.startAt(whole, position, isTarget);
    if (id) return list.start(whole, {}, { holds: true, target: isTarget });
    if (line) return list.startAt(whole, line);
    if (entries === 'all') return list.start(whole, {}, { holds: true });
    const error = isPlain && !entries ? await firstError() : undefined;
    if (gone.signal.aborted) return undefined;
    if (!error) return list.start(whole, { tail: lastEntries });
    opened = error;
    drawCut();
    const from = job.entries > lastEntries ? new Date(Date.parse(error.timestamp) - beforeError).toISOString() : undefined;
    return list.start(whole, { from }, { holds: true, target: item => item.id === error.id });
  }

  async function firstError() {
    try {
      const { job: summary } = await get(path, { ...own, tail: 0 }, gone.signal);
      if (!['failed', 'interrupted'].includes(summary.status) || summary.errors === 0) return undefined;
      job = summary;
      return (await get(path, { ...own, level: 'Error', limit: 1 }, gone.signal)).items[0];
    } catch {
      // The list itself shows why.
      return undefined;
    }
  }

  useFilters(filtered);
  bindValues(parts.lines);
  bindFilters(form, fields, gone.signal);
  parts.pause.addEventListener('click', () => list.togglePause());
  parts.wrap.addEventListener('click', () => setPref('wrap', !pref('wrap')));
  const drawWrap = () => {
    parts.wrap.setAttribute('aria-pressed', String(pref('wrap')));
    list.wrap(pref('wrap'));
  };
  onPref('wrap', drawWrap, gone.signal);
  onPref('zone', () => list.redraw(), gone.signal);
  onServer(() => drawJob(), gone.signal);
  drawWrap();
  watch();
  readProgress();

  return {
    update() {
      showFilters(form, fields);
      const filter = filtered.query();
      drawChips(parts.chips, filtered);
      const where = paramsObject(['entries', 'line']);
      parts.download.href = path + query({ ...own, ...filter, format: 'text' });
      const given = JSON.stringify([filter, where]);
      if (given === shown) return;
      shown = given;
      terms = termsOf(params().get('q'));
      parts.lines.classList.toggle('by-level', params().has('level'));
      closeDrawer();
      notice(parts.notice);
      opened = undefined;
      if (job) drawCut();
      begin(filter, where);
    },
    leave() {
      gone.abort();
      list.stop();
    },
    keys: {
      move: by => list.move(by),
      open: () => list.selected && open(list.selected),
      follow: () => list.follow(),
      pause: () => list.togglePause(),
      close: () => closeDrawer(),
    },
  };
}
