// Lines of a log, live: what the stream brings is shown at once, or held while the user looks at something else, and nothing is lost
// either way. Older lines are read when the user scrolls up to where they are missing.

import { announce } from './announce.js';
import { getLines, isAbort } from './api.js';
import { el, state } from './dom.js';
import { isDrawerOpen } from './drawer.js';
import { daySeparator } from './day-separator.js';
import { HoldPill } from './hold-pill.js';
import { bindCopy } from './line-copy.js';
import { toItem } from './log-item.js';
import { OlderLines } from './older-lines.js';
import { serverNow } from './server.js';
import { LogStream } from './stream.js';
import { timeOf } from './time.js';
import { VirtualList } from './virtual-list.js';

const capacity = 100_000;
// What is held beyond this stays with the server, and is read from there on resuming.
const mostHeld = 10_000;
const page = 500;
// An answer that has begun brings its first lines within this, in milliseconds.
const firstLines = 250;
// Whoever follows the newest lines, and comes back to more than this many that are older than that many milliseconds, wants the newest.
const mostCaughtUp = 20_000;
const longAgo = 10_000;
// So many lines are shown before a line that an address leads to.
const context = 100;

export class LiveLines {
  #source;
  #list;
  #older;
  #params = {};
  #stream;
  /** The stream is stopped at its position, because enough is held. */
  #isSuspended = false;
  #arrived = [];
  #held = [];
  #isDue = false;
  /** The lines since the stream began or was seen again. */
  #caughtUp = 0;
  /** Which line to go to once it is there. */
  #target;
  #seeking = new AbortController();
  /** null: follows; 'look': the user looks at a place; 'pause': the user paused. */
  #hold = null;
  #viewport;
  #state = el('div', { class: 'state' });
  #pill = new HoldPill(() => this.follow());

  /** `source`: `label`, `path`, `hasOlder`, `signal`, `row(item)`, `empty()` and `refused(problem)`; its handlers are `onOpen(item)`,
    `onHold(hold, time)`, `onState(state)`, `onCaughtUp(missed)`, `onItems(items)`, `onEnd(data)`. */
  constructor(root, source) {
    this.#source = source;
    const canvas = el('div', { class: 'canvas', role: 'presentation' });
    const edge = el('p', { class: 'edge', hidden: true });
    this.#viewport = el('div', { class: 'viewport', role: 'listbox', tabindex: 0, 'aria-label': source.label }, canvas);
    root.replaceChildren(this.#viewport, edge, this.#state, this.#pill.element);
    this.#list = new VirtualList(this.#viewport, canvas, {
      render: source.row,
      separate: daySeparator,
      onScroll: isByUser => this.#scrolled(isByUser),
      onOpen: item => {
        this.#look();
        source.onOpen(item);
      },
    });
    this.#older = new OlderLines(this.#list, edge, {
      path: source.path, page, capacity, onLines: () => this.#reveal(), onSearch: reached => this.#searching(reached) });
    bindCopy(this.#viewport, this.#list, source.signal);
    document.addEventListener('visibilitychange', () => { this.#caughtUp = 0; }, { signal: source.signal });
  }

  get selected() {
    return this.#list.selected;
  }

  get length() {
    return this.#list.length;
  }

  /**
   * Begins anew: `params` filter, `first` says where (`tail`, or `from` and `to`). `holds` shows the first lines, not the last.
   * `target(item)` says to which line to go.
   */
  start(params, first, { holds = false, target } = {}) {
    this.#clear(params);
    this.#target = target;
    this.#setHold(holds ? 'look' : null);
    this.#listen({ ...params, ...first });
  }

  /** Begins anew at the line of this position, with those around it. */
  async startAt(params, position) {
    this.#clear(params);
    this.#setHold('look');
    this.#target = item => item.position === position;
    try {
      const before = await getLines(this.#source.path, { ...params, before: position, tail: context }, this.#seeking.signal);
      const lines = before.filter(item => item.event === undefined);
      if (lines.length) this.#show(lines.map(item => toItem('line', item)));
      // Without a line before it, it is among the log's first ones.
      this.#listen(lines.length ? params : { ...params, from: new Date(0).toISOString() }, lines.at(-1)?.position);
    } catch (error) {
      if (!isAbort(error)) this.#connection({ kind: 'refused', problem: error });
    }
  }

  #clear(params) {
    this.stop();
    this.#params = params;
    this.#arrived = [];
    this.#held = [];
    this.#caughtUp = 0;
    this.#list.clear();
    this.#older.reset(this.#source.hasOlder ? params : null);
    this.#viewport.hidden = true;
    state(this.#state, 'Reading …', '');
  }

  stop() {
    this.#stream?.stop();
    this.#stream = undefined;
    this.#isSuspended = false;
    this.#seeking.abort();
    this.#seeking = new AbortController();
    this.#target = undefined;
    this.#older.stop();
  }

  redraw() {
    this.#list.redraw();
  }

  wrap(wraps) {
    this.#viewport.classList.toggle('wrap', wraps);
    this.#list.redraw();
  }

  focus() {
    this.#viewport.focus({ preventScroll: true });
  }

  move(by) {
    this.#look();
    if (by > 0 && this.#list.selected === this.#list.last) this.#release(page);
    this.#list.move(by);
    if (isDrawerOpen() && this.#list.selected) this.#source.onOpen(this.#list.selected);
  }

  togglePause() {
    if (this.#hold === 'pause') this.resume();
    else this.#setHold('pause');
  }

  /** Shows what was held, and goes on from there. */
  resume() {
    this.#setHold(null);
    this.#release(Infinity);
  }

  /** Goes to the newest line. What lies between, where it is too much, is read when it is scrolled up to. */
  follow() {
    if (this.#isSuspended && this.#source.hasOlder) this.start(this.#params, { tail: page });
    else this.resume();
  }

  #look() {
    if (this.#hold === null) this.#setHold('look');
  }

  #listen(params, position) {
    this.#isSuspended = false;
    this.#stream = new LogStream(this.#source.path, params, {
      batch: events => this.#take(events),
      state: connection => this.#connection(connection),
      begun: () => this.#begun(),
      caughtUp: missed => this.#source.onCaughtUp(missed),
    }, position).start();
  }

  #take(events) {
    const items = events.filter(({ kind }) => kind !== 'end' && kind !== 'incomplete').map(({ kind, data }) => toItem(kind, data));
    for (const { kind, data } of events) {
      if (kind === 'end') this.#source.onEnd(data);
      if (kind === 'incomplete') this.#older.searchOn(data.before);
    }

    this.#source.onItems?.(items);
    this.#arrived = this.#arrived.concat(items);
    if (this.#isDue) return;
    this.#isDue = true;
    // A page that is not seen gets no frames.
    if (document.hidden) setTimeout(() => this.#flush());
    else requestAnimationFrame(() => this.#flush());
  }

  #flush() {
    this.#isDue = false;
    const items = this.#arrived;
    this.#arrived = [];
    this.#caughtUp += items.length;
    if (this.#isFarBehind(items.at(-1))) return this.start(this.#params, { tail: page });
    if (this.#hold === null) this.#show(items);
    else this.#keep(items);
    return this.#drawPill();
  }

  /** Whether so much was logged while the tab was not seen that its end is not near. What lies between is read on scrolling up. */
  #isFarBehind(last) {
    return this.#hold === null && this.#source.hasOlder && this.#caughtUp > mostCaughtUp
      && serverNow() - Date.parse(last?.timestamp) > longAgo;
  }

  #show(items) {
    if (items.length === 0) return;
    this.#reveal();
    this.#list.append(items.slice(-capacity));
    if (this.#list.trim(capacity)) this.#older.reopen();
    const found = this.#target && items.find(this.#target);
    if (found) {
      this.#target = undefined;
      this.#list.reveal(found, 'center');
    }

    this.#tellHold();
    this.#older.readWhereMissing();
  }

  #reveal() {
    state(this.#state);
    this.#viewport.hidden = false;
  }

  #keep(items) {
    this.#held = this.#held.concat(items);
    // Before anything is seen, there is no place to be kept.
    if (this.#target) this.#release(Infinity);
    else if (this.#list.length === 0) this.#release(page);
    if (this.#held.length < mostHeld || this.#isSuspended) return;
    this.#isSuspended = true;
    this.#stream.stop();
  }

  /** Shows some of what is held, the oldest first, and lets the stream go on where it was stopped for that. */
  #release(most) {
    this.#show(this.#held.splice(0, most));
    if (this.#isSuspended && this.#held.length < mostHeld / 2) this.#listen(this.#params, this.#stream.position);
    this.#drawPill();
  }

  #scrolled(isByUser) {
    if (isByUser && this.#list.length > 0) {
      if (!this.#list.isAtEnd) {
        this.#look();
      } else if (this.#hold === 'look') {
        this.#release(page);
        if (this.#held.length === 0 && !this.#isSuspended) this.#setHold(null);
      }
    }

    this.#tellHold();
    this.#older.readWhereMissing();
  }

  /** Tells which time the user looks at. */
  #tellHold() {
    if (this.#hold !== null) this.#source.onHold(this.#hold, this.#list.firstSeen?.timestamp);
  }

  /** Tells how far back a search has come, while nothing is found. */
  #searching(reached) {
    if (this.#list.length > 0) return;
    if (reached === null) return void this.#source.empty(this.#state);
    state(this.#state, 'Searching older lines …', reached ? ['No line matches back to ', timeOf(reached), ' so far.'] : '',
      { action: { text: 'Stop searching', run: () => (this.#older.stop(), this.#source.empty(this.#state)) } });
  }

  #setHold(hold) {
    if (hold !== this.#hold) {
      this.#hold = hold;
      announce(hold === null ? 'Following the newest lines.' : hold === 'pause' ? 'Paused.' : 'Held at the line that you look at.');
    }

    this.#list.sticksToEnd = hold === null;
    this.#source.onHold(hold, this.#list.firstSeen?.timestamp);
    this.#drawPill();
  }

  #drawPill() {
    const lines = this.#held.length;
    this.#pill.draw({ hold: this.#hold, lines, hasMore: this.#isSuspended, isEmpty: this.#list.length === 0 && lines === 0 });
  }

  #connection(connection) {
    this.#source.onState(connection);
    if (connection.kind === 'refused') {
      this.#viewport.hidden = true;
      this.#source.refused(this.#state, connection.problem);
    } else if (connection.kind === 'ended') {
      this.#begun();
    }
  }

  /** What there is already comes from here on. */
  #begun() {
    setTimeout(() => {
      if (this.#older.isSearching) return;
      if (this.#list.length + this.#held.length + this.#arrived.length === 0) this.#source.empty(this.#state);
    }, firstLines);
  }
}
