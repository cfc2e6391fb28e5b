// The audit log: search, facets, counts over time, verification, export, and new events as they arrive.

import { get, isAbort, query, messageOf } from './api.js';
import { showEvent } from './audit-drawer.js';
import { bindProof } from './audit-proof.js';
import { bindRows, drawRows } from './audit-table.js';
import { drawChips } from './chips.js';
import { notice, partsOf, state } from './dom.js';
import { closeDrawer, isDrawerOpen } from './drawer.js';
import { facet, valuesOf } from './facets.js';
import { Filters } from './filters.js';
import { bindFilters, showFilters } from './filter-form.js';
import { Histogram } from './histogram.js';
import { LiveEvents } from './live-events.js';
import { logs } from './address.js';
import { onPref } from './prefs.js';
import { change, params } from './router.js';
import { termsOf } from './text.js';
import { bindTimes, showTimes } from './time-range.js';
import { count } from './time.js';
import { useFilters } from './value-menu.js';

const path = logs('audit');
const labels = { user_id: 'user', event_type: 'event', source_ip: 'source', trace_id: 'trace', instance: 'instance' };
const narrow = matchMedia('(max-width: 900px)');

export function auditView(root) {
  const parts = partsOf(root);
  const form = root.querySelector('form');
  const gone = new AbortController();
  const move = bindRows(parts.rows);
  const histogram = new Histogram(parts.histogram, (from, to) => change({ from, to, cursor: null, at: null, live: null }), gone.signal);
  const live = new LiveEvents({ onEvents: () => drawPage({ keepsRows: true }), onReady: search,
    onRefused: showRefused });
  let reading = new AbortController();
  let page = { items: [] };
  let types = [];
  let shown = {};
  let lacksCounts = false;

  const filtered = new Filters(labels, { hasDetails: true });
  const filters = () => filtered.query();
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
      { isBad: true, action: error.status === 400 ? { text: 'Clear the filters', run: clear } : { text: 'Try again', run: search } });
  }

  /** Reads the values of the facets. They depend only on the time and the types. */
  async function readCounts({ from, to, event_type }, signal) {
    const [found, bars] = await Promise.allSettled([get(`${path}/event-types`, { from, to }, signal),
      get(`${path}/histogram`, { from, to, event_type }, signal)]);
    if (signal.aborted) return;
    types = found.status === 'fulfilled' ? found.value.items.map(({ event_type: value, count: number }) => ({ value, count: number })) : [];
    drawFacets();
    if (bars.status === 'fulfilled') histogram.draw(bars.value);
    else parts.histogram.hidden = true;
  }

  function drawPage({ keepsRows = false } = {}) {
    const { next_cursor: next, prev_cursor: prev, complete, behind } = page;
    const items = live.merge(page.items);
    drawRows(parts.rows, items, termsOf(params().get('q')), keepsRows);
    markRow(params().get('id'));
    parts.box.hidden = items.length === 0;
    parts.next.disabled = !next;
    parts.prev.disabled = !prev && !params().has('cursor');
    parts.shown.textContent = items.length ? `${count(items.length)} events on this page` : '';
    notice(parts.notice, complete === false
      ? `The database is ${count(behind)} records behind the journals: the newest events may be missing here.`
      : null);
    const isFiltered = Object.keys(filters()).length > 0;
    if (items.length) state(parts.state);
    else if (isFiltered) state(parts.state, 'No event matches', 'Choose a longer time or remove a filter.',
      { action: { text: 'Clear the filters', run: clear } });
    else state(parts.state, 'There is no audit event yet', 'Log one with an event named user.…, config.… or audit.…, and it appears here.');
    drawFacets();
  }

  function drawFacets() {
    // A field that is being edited stays.
    if (parts.facets.contains(document.activeElement) && document.activeElement.matches('input:not([type="checkbox"])')) return;
    parts.facets.replaceChildren(
      facet('event_type', 'Event type', types, 'user.*, 1001', filtered),
      facet('user_id', 'User', valuesOf(page.items, 'user_id'), 'another user', filtered),
      facet('source_ip', 'Source', valuesOf(page.items, 'source_ip'), 'another address', filtered));
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
  parts.order.addEventListener('click', () => change({ order: order() === 'asc' ? null : 'asc', cursor: null, live: null }));
  parts.next.addEventListener('click', () => turn(page.next_cursor));
  parts.prev.addEventListener('click', () => turn(page.prev_cursor ?? null));
  onPref('zone', () => {
    drawPage();
    showTimes(form, parts.custom);
  }, gone.signal);
  parts['facets-box'].open = !narrow.matches;

  function turn(cursor) {
    change({ cursor, live: null, id: null });
    parts.results.scrollTop = 0;
  }

  return {
    async update() {
      const id = params().get('id');
      const asked = JSON.stringify([filters(), params().get('cursor'), order(), isLive()]);
      showFilters(form, ['q']);
      showTimes(form, parts.custom);
      parts.live.setAttribute('aria-pressed', String(isLive()));
      parts['order-cell'].ariaSort = order() === 'asc' ? 'ascending' : 'descending';
      for (const format of ['csv', 'ndjson']) parts[format].href = path + query({ ...filters(), order: order(), format });
      const before = shown;
      shown = { asked, id };
      if (asked !== before.asked) {
        parts.box.ariaBusy = 'true';
        drawChips(parts.chips, filtered);
        if (isLive()) live.start(filters());
        else live.stop();
        lacksCounts = true;
        if (!isLive()) await search();
      }

      if (id !== before.id) await openEvent(id);
    },
    leave() {
      gone.abort();
      reading.abort();
      live.stop();
    },
    keys: { move: by => isDrawerOpen() ? moveOpen(by) : move(by), open: () => move(1), follow: toggleLive, pause: toggleLive, close: () => closeDrawer() },
  };
}
