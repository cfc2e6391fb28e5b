// A job: its progress, its progress over time, and its log, live.

import { get, isAbort, messageOf } from './api.js';
import { el, notice, partsOf, state } from './dom.js';
import { closeDrawer, facts } from './drawer.js';
import { bindFilters, showFilters } from './filter-form.js';
import { bar, Rate, runTime, saidProgress, statusOf, troubles } from './job-progress.js';
import { jsonTree } from './json-tree.js';
import { gapRow, lineRow, showLine } from './line-row.js';
import { LiveLines } from './live-lines.js';
import { logs } from './address.js';
import { onPref, pref, setPref } from './prefs.js';
import { ProgressChart } from './progress-chart.js';
import { ProgressSeries } from './progress-series.js';
import { change, paramsObject } from './router.js';
import { LogStream } from './stream.js';
import { showCaughtUp, showConnection } from './strip.js';
import { write, termsOf } from './text.js';
import { count, timeOf } from './time.js';

const every = 1000;
const lastEntries = 10_000;
const filters = ['q', 'level'];

export function jobView(root, { id }) {
  const parts = partsOf(root);
  const form = root.querySelector('form');
  const gone = new AbortController();
  const path = logs(`jobs/${encodeURIComponent(id)}`);
  const chart = new ProgressChart(parts.chart);
  const rate = new Rate();
  let series = new ProgressSeries();
  let unfiltered;
  let job;
  let terms = [];
  let shown;
  write(parts.name, id);

  const list = new LiveLines(parts.lines, {
    label: `Log of the job ${id}`,
    path: `${path}/stream`,
    hasOlder: false,
    row: item => item.kind === 'gap' ? gapRow(item) : lineRow(item, terms, { hasCategory: false }),
    onItems: items => unfiltered || series.add(items),
    onOpen: open,
    onEnd: ended => drawJob(ended),
    onHold: hold => {
      parts.pause.setAttribute('aria-pressed', String(hold === 'pause'));
      parts.pause.textContent = hold === 'pause' ? 'Resume' : 'Pause';
    },
    onState: showConnection,
    onCaughtUp: showCaughtUp,
    empty: element => state(element, 'No entry matches', 'New matching entries appear here automatically.',
      { action: { text: 'Clear the filters', run: clear } }),
    refused: (element, problem) => problem.status === 404
      ? state(element, 'There is no such job', 'It may have been deleted by retention. The list shows all existing jobs.',
        { isBad: true, action: { text: 'Show the jobs', run: () => parts.back.click() } })
      : state(element, 'The server refused these filters', problem.message,
        { isBad: true, action: { text: 'Clear the filters', run: clear } }),
  });

  const clear = () => change({ q: null, level: null });

  function open(item) {
    const properties = item.properties && Object.keys(item.properties).length ? jsonTree(item.properties) : null;
    const links = item.trace_id ? [el('a', { class: 'button', href: `./?trace_id=${item.trace_id}`, text: 'System lines of this trace' }),
      el('a', { class: 'button', href: `audit?trace_id=${item.trace_id}`, text: 'Audit events of this trace' })] : [];
    const done = item.progress_done === null
      ? null
      : `${count(item.progress_done)}${item.progress_total === null ? '' : ` of ${count(item.progress_total)}`}`;
    showLine(item, { links,
      more: [['Progress', done], ['Instance', item.instance], ['Journal line', count(item.seq)], ['Properties', properties]] });
  }

  function drawJob(summary) {
    job = summary;
    parts.summary.replaceChildren(
      el('div', { class: 'progress-line' }, statusOf(job), bar(job),
        el('span', { class: 'number', text: saidProgress(job, rate.of(job)).join(' · ') })),
      facts([
        ['Type', job.job_type && write(el('span'), job.job_type)], ['Began', timeOf(job.first_at)],
        [job.status === 'running' ? 'Runs for' : 'Took', runTime(job)],
        ['Entries', count(job.entries)],
        ['Trouble', troubles(job).length ? el('span', {}, ...troubles(job).flatMap(part => [part, ' '])) : 'none'],
      ]));
    chart.draw(job, series);
    const isCut = paramsObject(['entries']).entries !== 'all' && job.entries > lastEntries;
    parts.notice.hidden = !isCut;
    if (isCut) parts.notice.replaceChildren(`Only the last ${count(lastEntries)} of ${count(job.entries)} entries are shown.`,
      el('button', { type: 'button', text: 'Show all', on: { click: () => change({ entries: 'all' }) } }));
  }

  async function watch() {
    let isOver = false;
    try {
      const { job: summary } = await get(path, { tail: 0 }, gone.signal);
      drawJob(summary);
      isOver = summary.status !== 'running';
    } catch (error) {
      if (isAbort(error)) return;
      if (error.status !== 404) notice(parts.notice, messageOf(error), true);
    }

    // Its last entries may arrive a moment after its end.
    setTimeout(() => gone.signal.aborted || (isOver ? drawJob(job) : watch()), every);
  }

  bindFilters(form, filters);
  parts.pause.addEventListener('click', () => list.togglePause());
  parts.wrap.addEventListener('click', () => setPref('wrap', !pref('wrap')));
  const drawWrap = () => {
    parts.wrap.setAttribute('aria-pressed', String(pref('wrap')));
    list.wrap(pref('wrap'));
  };
  onPref('wrap', drawWrap, gone.signal);
  onPref('zone', () => {
    list.redraw();
    if (job) drawJob(job);
  }, gone.signal);
  drawWrap();
  watch();

  return {
    update() {
      showFilters(form, filters);
      const filter = paramsObject(filters);
      const tail = paramsObject(['entries']).entries === 'all' ? undefined : lastEntries;
      const given = JSON.stringify([filter, tail]);
      if (given === shown) return;
      shown = given;
      terms = termsOf(filter.q);
      closeDrawer();
      unfiltered?.stop();
      unfiltered = undefined;
      series = new ProgressSeries();
      // The chart shows the whole job, whatever the filters of the log.
      if (Object.keys(filter).length) {
        const whole = series;
        unfiltered = new LogStream(`${path}/stream`, { tail: lastEntries },
          { state() {}, batch: events => whole.add(events.filter(({ kind }) => kind === 'line').map(({ data }) => data)) }).start();
      }

      list.start(filter, { tail });
    },
    leave() {
      gone.abort();
      unfiltered?.stop();
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
