// The system log, live.

import { drawChips } from './chips.js';
import { el, notice, partsOf, state } from './dom.js';
import { closeDrawer } from './drawer.js';
import { bindTimes, showTimes } from './time-range.js';
import { get, isAbort } from './api.js';
import { bindFilters, showFilters } from './filter-form.js';
import { Filters } from './filters.js';
import { showLine } from './line-panel.js';
import { Histogram } from './histogram.js';
import { gapRow, lineRow, sourceRow } from './line-row.js';
import { LiveLines } from './live-lines.js';
import { logs } from './address.js';
import { onPref, pref, setPref } from './prefs.js';
import { query } from './api.js';
import { change, params, paramsObject } from './router.js';
import { SourceNotice } from './source-notice.js';
import { showCaughtUp, showConnection, showHeld } from './strip.js';
import { termsOf } from './text.js';
import { dateTime, momentOf, typedTime } from './time.js';
import { bindValues, useFilters } from './value-menu.js';

const firstLines = 500;
const labels = { category: 'category', trace_id: 'trace', job_id: 'job', instance: 'instance', level: 'level' };
// The counts are read again after this, in milliseconds, while the newest lines are followed.
const countEvery = 30_000;
const fields = ['q', 'level', 'category'];
const mostCategories = 200;
/** What stands between lines. */
const rows = { gap: gapRow, source: sourceRow };

export function systemView(root) {
  const { wrap, pause, chips, notice: message, lines, download, custom, histogram: figure } = partsOf(root);
  const form = root.querySelector('form');
  const gone = new AbortController();
  const categories = new Set();
  const instances = new Set();
  const sources = new SourceNotice(message);
  let terms = [];
  const histogram = new Histogram(figure, { noun: 'lines', signal: gone.signal,
    onPick: (from, to) => change({ from, to, since: null, line: null }) });

  const list = new LiveLines(lines, {
    label: 'Lines of the system log',
    path: logs('system/stream'),
    skips: true,
    advice: 'Narrow them, or go to a time, to see older ones.',
    signal: gone.signal,
    row: item => rows[item.kind]?.(item) ?? lineRow(item, terms, { hasCategory: true }),
    onItems: items => {
      items.forEach(learn);
      sources.take(items);
    },
    onOpen: open,
    onHold: (hold, time) => {
      pause.setAttribute('aria-pressed', String(hold === 'pause'));
      pause.textContent = hold === 'pause' ? 'Resume' : 'Pause';
      showHeld(hold, time);
    },
    onState: connection => {
      showConnection(connection);
      if (connection.kind !== 'live') return;
      notice(message);
      sources.reset();
    },
    onCaughtUp: showCaughtUp,
    empty: element => isFiltered()
      ? state(element, 'No line matches', ['New matching lines appear here automatically.',
        params().has('job_id') && ' A line of text has no job: lines have one where Logging:Zotify:Handlers:System:Format is Json.']
        .filter(part => part),
        { action: { text: 'Clear the filters', run: clear } })
      : state(element, 'The log is empty', 'New lines appear here as soon as the application logs them.'),
    refused: (element, problem) => state(element, 'The server refused these filters', problem.message,
      { isBad: true, action: { text: 'Clear the filters', run: clear } }),
  });

  function learn({ category, instance }) {
    if (instance) instances.add(instance);
    // The name of the only instance says nothing.
    if (instances.size > 1) lines.classList.add('by-instance');
    if (!category || categories.has(category) || categories.size >= mostCategories) return;
    categories.add(category);
    root.querySelector('#categories').append(el('option', { value: category }));
  }

  function open(item) {
    if (rows[item.kind]) return;
    showLine(item, { permalink: `./?line=${encodeURIComponent(item.position)}` });
  }

  const filtered = new Filters(labels);
  const isFiltered = () => filtered.isAny || params().has('since');
  const clear = () => filtered.clear('since');

  function goTo(event) {
    const field = event.target;
    const time = field.value.trim() ? typedTime(field.value) : null;
    const isWrong = field.value.trim() !== '' && time === null;
    field.setAttribute('aria-invalid', String(isWrong));
    if (isWrong) notice(message,
      'Go to: a duration back from now (15m, 2h, 7d), a time (14:30), or a date and time (2026-11-23 14:30) is expected.', true);
    else change({ since: time, line: null });
  }

  useFilters(filtered);
  bindValues(lines);
  bindFilters(form, fields, gone.signal);
  bindTimes(form, custom);
  form.elements.since.addEventListener('change', goTo);
  pause.addEventListener('click', () => list.togglePause());
  wrap.addEventListener('click', () => setPref('wrap', !pref('wrap')));
  const drawWrap = () => {
    wrap.setAttribute('aria-pressed', String(pref('wrap')));
    list.wrap(pref('wrap'));
  };
  onPref('wrap', drawWrap, gone.signal);
  onPref('zone', () => {
    list.redraw();
    showSince();
    showTimes(form, custom);
  }, gone.signal);
  drawWrap();

  function showSince() {
    const since = params().get('since');
    const isTime = since && !/^\d+[smhd]$/.test(since) && !Number.isNaN(momentOf(since));
    form.elements.since.value = isTime ? dateTime(since) : since ?? '';
  }

  /** Where the list begins: at the time that it was sent to, but not before the range. */
  const beginning = (since, [from] = []) => from === undefined || momentOf(since) > momentOf(from) ? since : from;

  /** Reads how many lines there are over time. */
  async function readCounts(filter) {
    counting.abort();
    counting = new AbortController();
    const { signal } = counting;
    try {
      // What a hidden tab leaves out is read when it is shown.
      if (document.hidden) document.addEventListener('visibilitychange', () => document.hidden || readCounts(filter), { signal });
      else histogram.draw(await get(logs('system/histogram'), filter, signal));
    } catch (error) {
      if (!isAbort(error)) figure.hidden = true;
    }

    if (!filter.to) setTimeout(() => signal.aborted || readCounts(filter), countEvery);
  }

  let counting = new AbortController();
  let shown;
  return {
    update() {
      showFilters(form, fields);
      showTimes(form, custom);
      const { since, line } = paramsObject(['since', 'line']);
      const filter = filtered.query();
      const from = since ? beginning(since, filter.from) : filter.from;
      download.href = logs('system/stream') + query({ ...filter, from, follow: false });
      const given = JSON.stringify([since, line, filter]);
      if (given === shown) return;
      shown = given;
      terms = termsOf(params().get('q'));
      lines.classList.toggle('by-level', params().has('level'));
      showSince();
      form.elements.since.removeAttribute('aria-invalid');
      notice(message);
      closeDrawer();
      drawChips(chips, filtered);
      if (line) list.startAt(filter, line);
      else if (since) list.start(filter, { from }, { holds: true });
      else list.start(filter, { tail: firstLines });
      readCounts(filter);
    },
    leave() {
      gone.abort();
      counting.abort();
      list.stop();
    },
    keys: {
      move: by => list.move(by),
      open: () => list.selected && open(list.selected),
      follow: () => params().has('line') || params().has('since') ? change({ line: null, since: null }) : list.follow(),
      pause: () => list.togglePause(),
      close: () => closeDrawer(),
    },
  };
}
