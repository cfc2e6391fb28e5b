// The audit log: search, facets, counts over time, verification, export, and new events as they arrive.

import { get, isAbort, query, messageOf } from './api.js';
import { showEvent } from './audit-drawer.js';
import { bindProof } from './audit-proof.js';
import { hidesReads, withoutReads } from './audit-reads.js';
import { bindRows, drawRows } from './audit-table.js';
import { drawChips } from './chips.js';
import { el, notice, partsOf, state } from './dom.js';
import { closeDrawer, isDrawerOpen } from './drawer.js';
import { facet } from './facets.js';
import { Filters } from './filters.js';
import { bindFilters, showFilters } from './filter-form.js';
import { Histogram } from './histogram.js';
import { LiveEvents } from './live-events.js';
import { logs } from './address.js';
import { onPref } from './prefs.js';
import { change, params } from './router.js';
import { termsOf } from './text.js';
import { bindTimes, showTimes } from './time-range.js';
import { count, timeOf } from './time.js';
import { useFilters } from './value-menu.js';

const path = logs('audit');
const labels = { user_id: 'user', event_type: 'event', source_ip: 'source', trace_id: 'trace', instance: 'instance' };
const pageSize = 50;
// While new events arrive, the counts are read again after this, in milliseconds.
const countEvery = 30_000;

const narrow = matchMedia('(max-width: 900px)');

export function auditView(root) {
  const parts = partsOf(root);
  const form = root.querySelector('form');
  const gone = new AbortController();
  const move = bindRows(parts.rows);
  const histogram = new Histogram(parts.histogram, { noun: 'events', signal: gone.signal,
    onPick: (from, to) => change({ from, to, cursor: null, at: null, live: null }) });
  const live = new LiveEvents({ onEvents: () => drawPage({ keepsRows: true }), onReady: search, onLost: search,
    onRefused: showRefused });
  let reading = new AbortController();
  let page = { items: [] };
  let facets = {};
  /** How many events match: `events` were counted, when `shown` were shown. */
  let total;
  let counting;
  let shown = {};
  let lacksCounts = false;

  const filtered = new Filters(labels, { hasDetails: true });
  const filters = () => hidesReads() ? withoutReads(filtered.query()) : filtered.query();
  const order = () => params().get('order') ?? undefined;
  // A range that has an end has no new events.
  const isLive = () => params().get('live') === 'true' && !params().has('cursor') && !params().has('to') && order() !== 'asc';

  /** Reads the page of events that the address selects. */
  async function search() {
    reading.abort();
    const { signal } = reading = new AbortController();
    parts.box.ariaBusy = 'true';
    try {
      page = await get(path, { ...filters(), order: order(), cursor: params().get('cursor') }, signal);
      drawPage();
    } catch (error) {
      if (isAbort(error)) return;
      showRefused(error);
    }

    parts.box.ariaBusy = 'false';
    // After the events: the server takes counts that come with a reading for the same look at the log.
    if (lacksCounts) readCounts(filters(), gone.signal);
    lacksCounts = false;
  }

  /** Shows why there are no events. Those of other filters go. */
  function showRefused(error) {
    page = { items: [] };
    drawPage();
    parts.box.ariaBusy = 'false';
    state(parts.state, 'The events could not be read', messageOf(error),
      { isBad: true, action: error.status === 400 ? { text: 'Clear the filters', run: () => filtered.clear('order') }
        : { text: 'Try again', run: search } });
  }

  /** Reads the counts under all filters: of values, and over time. */
  async function readCounts(filter, signal) {
    clearTimeout(counting);
    // Those that arrive meanwhile may not be among the counted ones.
    const { length } = live.merge(page.items);
    const [found, bars] = await Promise.allSettled([get(`${path}/facets`, filter, signal), get(`${path}/histogram`, filter, signal)]);
    if (signal.aborted || JSON.stringify(filter) !== JSON.stringify(filters())) return;
    clearTimeout(counting);
    counting = setTimeout(recount, countEvery);
    facets = found.status === 'fulfilled' ? Object.fromEntries(found.value.items.map(item => [item.field, item])) : {};
    drawFacets();
    total = undefined;
    if (bars.status === 'fulfilled')
      total = { events: histogram.draw(bars.value), isMore: bars.value.complete === false, shown: length };
    else parts.histogram.hidden = true;
    drawShown();
  }

  /** Counts again where new events have arrived. */
  function recount() {
    if (gone.signal.aborted || !isLive()) return;
    if (!document.hidden && live.merge(page.items).length !== total?.shown) readCounts(filters(), gone.signal);
    else counting = setTimeout(recount, countEvery);
  }

  /** How many events are before the page that is shown; the first page has none before it. */
  const before = () => params().has('cursor') && /^\d{1,15}$/.test(params().get('at')) ? Number(params().get('at')) : 0;

  /** Says which of how many events are shown: 51–100 of 14,900. */
  function drawShown() {
    const { length } = live.merge(page.items);
    const first = before() + 1;
    const all = total && total.events + (isLive() ? length - total.shown : 0);
    const of = total === undefined ? '' : ` of ${count(Math.max(all, first + length - 1))}${total.isMore ? '+' : ''}`;
    parts.shown.textContent = length && order() !== undefined && params().has('cursor') && !params().has('at') ? ''
      : length ? `${count(first)}–${count(first + length - 1)}${of}` : '';
  }

  function drawPage({ keepsRows = false } = {}) {
    const { next_cursor: next, prev_cursor: prev, complete, behind } = page;
    const items = live.merge(page.items);
    drawRows(parts.rows, items, termsOf(params().get('q')), keepsRows);
    markRow(params().get('id'));
    parts.box.hidden = items.length === 0;
    parts.next.disabled = !next;
    parts.prev.disabled = !prev && !params().has('cursor');
    drawShown();
    if (page.searched_to) showSearched(items.length, page.searched_to, next);
    else notice(parts.notice, complete === false
      ? `The database is ${count(behind)} records behind: the newest events may be missing here.`
      : null);
    if (items.length) state(parts.state);
    else if (page.searched_to) state(parts.state, 'No event matches so far', ['The search has come back to ', timeOf(page.searched_to), '.'],
      { action: { text: 'Search on', run: () => turn(next, 0) } });
    else if (filtered.isAny) state(parts.state, 'No event matches', 'Choose a longer time or remove a filter.',
      { action: { text: 'Clear the filters', run: clear } });
    else state(parts.state, 'There is no audit event yet',
      ['Log one with an event named user.…, config.… or audit.…, and it appears here.', hidesReads() ? ' Readings of this log are hidden.' : '']);
    drawFacets();
  }

  /** Says how far back a search has come that stopped because going on would have taken long. */
  function showSearched(found, time, next) {
    notice(parts.notice, found === 0 ? null : ['Searched back to ', timeOf(time), '; older events may match, too.',
      el('button', { type: 'button', text: 'Search on', on: { click: () => turn(next, page.items.length) } })]);
  }

  function drawFacets() {
    // A field that is being edited stays.
    if (parts.facets.contains(document.activeElement) && document.activeElement.matches('input:not([type="checkbox"])')) return;
    parts.facets.replaceChildren(
      facet('event_type', 'Event type', facets.event_type, 'user.*, 1001', filtered),
      facet('user_id', 'User', facets.user_id, 'another user', filtered),
      facet('source_ip', 'Source', facets.source_ip, 'another address', filtered),
      ...(facets.instance?.values.length > 1 ? [facet('instance', 'Instance', facets.instance, 'another instance', filtered)] : []));
  }

  /** Shows the event before or after the open one. */
  function moveOpen(by) {
    const rows = [...parts.rows.children];
    const next = rows[rows.findIndex(row => row.dataset.id === params().get('id')) + by];
    if (!next) return;
    next.scrollIntoView({ block: 'nearest' });
    change({ id: next.dataset.id }, { replace: true });
  }

  function markRow(id) {
    for (const row of parts.rows.children) row.classList.toggle('opened', row.dataset.id === id);
  }

  async function openEvent(id) {
    markRow(id);
    if (!id) return closeDrawer({ silently: true });
    try {
      const event = live.merge(page.items).find(one => one.id === id) ?? await get(`${path}/${encodeURIComponent(id)}`, {}, gone.signal);
      return showEvent(event, () => change({ id: null }));
    } catch (error) {
      return isAbort(error) || notice(parts.notice, messageOf(error), true);
    }
  }

  const clear = () => filtered.clear();
  const toggleLive = () => change(isLive() ? { live: null } : { live: 'true', to: null, cursor: null, at: null, order: null });
  useFilters(filtered);
  bindFilters(form, ['q'], gone.signal);
  bindTimes(form, parts.custom);
  bindProof(parts.verify, parts.proof, gone.signal);
  parts.live.addEventListener('click', toggleLive);
  parts.order.addEventListener('click', () => change({ order: order() === 'asc' ? null : 'asc', cursor: null, at: null, live: null }));
  parts.next.addEventListener('click', () => turn(page.next_cursor, page.items.length));
  parts.prev.addEventListener('click', () => turn(page.prev_cursor ?? null, -pageSize));
  parts.reads.addEventListener('click', () => change({ reads: hidesReads() ? 'shown' : null, cursor: null, at: null }));
  onPref('zone', () => {
    drawPage();
    showTimes(form, parts.custom);
  }, gone.signal);
  parts['facets-box'].open = !narrow.matches;

  function turn(cursor, by) {
    const at = Math.max(0, before() + by);
    change({ cursor, at: cursor === null || at === 0 ? null : at, live: null, id: null });
    parts.results.scrollTop = 0;
  }

  return {
    async update() {
      const id = params().get('id');
      const asked = JSON.stringify([filters(), params().get('cursor'), order(), isLive()]);
      showFilters(form, ['q']);
      showTimes(form, parts.custom);
      parts.reads.setAttribute('aria-pressed', String(!hidesReads()));
      parts.live.setAttribute('aria-pressed', String(isLive()));
      parts['order-cell'].ariaSort = order() === 'asc' ? 'ascending' : 'descending';
      for (const format of ['csv', 'ndjson']) parts[format].href = path + query({ ...filters(), order: order(), format });
      const last = shown;
      shown = { asked, id };
      if (asked !== last.asked) {
        parts.box.ariaBusy = 'true';
        drawChips(parts.chips, filtered);
        if (isLive()) live.start(filters());
        else live.stop();
        lacksCounts = true;
        clearTimeout(counting);
        if (!isLive()) await search();
      }

      if (id !== last.id) await openEvent(id);
    },
    leave() {
      gone.abort();
      clearTimeout(counting);
      reading.abort();
      live.stop();
    },
    keys: {
      move: by => isDrawerOpen() ? moveOpen(by) : move(by),
      open: () => move(1),
      follow: toggleLive,
      pause: toggleLive,
      close: () => closeDrawer(),
    },
  };
}
