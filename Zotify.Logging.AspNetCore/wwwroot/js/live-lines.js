// Lines of a log, live: what the stream brings is shown at once, or held while the user looks at something else, and nothing is lost
// either way. Older lines are read when the user scrolls up to where they are missing.

import { isAbort } from './api.js';
import { CatchUp } from './catch-up.js';
import { el } from './dom.js';
import { isDrawerOpen } from './drawer.js';
import { daySeparator } from './day-separator.js';
import { FrameBatch } from './frame-batch.js';
import { HeldLines } from './held-lines.js';
import { bindCopy } from './line-copy.js';
import { LineStream } from './line-stream.js';
import { ListHold } from './list-hold.js';
import { ListState } from './list-state.js';
import { linesBefore, OlderLines } from './older-lines.js';
import { VirtualList } from './virtual-list.js';

const [capacity, page] = [100_000, 500];
// An answer that has begun brings its first lines within this, in milliseconds.
const firstLines = 250;

export class LiveLines {
  #source;
  #list;
  #older;
  #params = {};
  #stream;
  #arrived = new FrameBatch(items => this.#flush(items));
  #held = new HeldLines();
  #caughtUp;
  /** Which line to go to once it is there. */
  #target;
  #seeking = new AbortController();
  #hold = new ListHold(() => this.follow(), kind => this.#source.onHold(kind, this.#list.firstSeen?.timestamp));
  #viewport;
  #state;

  /** `source`: `label`, `path`, `signal`, `row(item)`, `skips` (`follow` may leave lines out), `empty()`, `refused(problem)`, what
    OlderLines needs, `onOpen(item)`, `onHold(hold, time)`, `onState(state)`, `onCaughtUp(missed)`, `onItems(items)`, `onEnd(data)`. */
  constructor(root, source) {
    this.#source = source;
    const canvas = el('div', { class: 'canvas', role: 'presentation' });
    const edge = el('p', { class: 'edge', hidden: true });
    this.#viewport = el('div', { class: 'viewport', role: 'listbox', tabindex: 0, 'aria-label': source.label }, canvas);
    this.#state = new ListState(source);
    this.#caughtUp = new CatchUp(source.signal);
    root.replaceChildren(this.#viewport, edge, this.#state.element, this.#hold.element);
    this.#list = new VirtualList(this.#viewport, canvas, {
      render: source.row,
      separate: daySeparator,
      onScroll: isByUser => this.#scrolled(isByUser),
      onOpen: item => {
        this.#look();
        source.onOpen(item);
      },
    });
    this.#stream = new LineStream(source.path, {
      items: items => (source.onItems?.(items), this.#arrived.add(items)),
      end: data => source.onEnd(data),
      incomplete: ({ before }) => this.#older.searchOn(before),
      state: connection => this.#connection(connection),
      begun: () => this.#begun(),
      caughtUp: missed => source.onCaughtUp(missed),
    });
    this.#older = new OlderLines(this.#list, edge, {
      ...source, page, capacity, onLines: () => this.#reveal(), onSearch: reached => this.#searching(reached) });
    bindCopy(this.#viewport, this.#list, source.signal);
  }

  get selected() {
    return this.#list.selected;
  }

  /**
   * Begins anew: `params` filter, `first` says where (`tail`, or `from` and `to`). `holds` shows the first lines, not the last.
   * `target(item)` says to which line to go.
   */
  start(params, first, { holds = false, target } = {}) {
    this.#clear(params);
    this.#target = target;
    this.#setHold(holds ? 'look' : null);
    this.#stream.start({ ...params, ...first });
  }

  /** Begins anew at the line of this position, with those around it. `isTarget(item)` knows the line. */
  async startAt(params, position, isTarget = item => item.position === position) {
    this.#clear(params);
    this.#setHold('look');
    try {
      const lines = await linesBefore(this.#source.path, params, position, this.#seeking.signal);
      const next = lines.at(-1)?.position;
      this.#target = isTarget;
      this.#show(lines);
      // Without a line before it, it is among the log's first ones.
      this.#stream.start(next ? params : { from: new Date(0).toISOString(), ...params }, next);
    } catch (error) {
      if (!isAbort(error)) this.#connection({ kind: 'refused', problem: error });
    }
  }

  #clear(params) {
    this.stop();
    this.#params = params;
    this.#arrived.clear();
    this.#held.clear();
    this.#caughtUp.reset();
    this.#list.clear();
    this.#older.reset(params);
    this.#viewport.hidden = true;
    this.#state.reading();
  }

  stop() {
    this.#stream.stop();
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

  move(by) {
    this.#look();
    if (by > 0 && this.#list.selected === this.#list.last) this.#release(page);
    this.#list.move(by);
    if (isDrawerOpen() && this.#list.selected) this.#source.onOpen(this.#list.selected);
  }

  togglePause() {
    if (this.#hold.kind === 'pause') this.resume();
    else this.#setHold('pause');
  }

  /** Shows what was held, and goes on from there. */
  resume() {
    this.#setHold(null);
    this.#release(Infinity);
  }

  /** Goes to the newest line. What lies between, where it is too much, is read when it is scrolled up to. */
  follow() {
    if (this.#stream.isSuspended && this.#source.skips) this.start(this.#params, { tail: page });
    else this.resume();
  }

  #look() {
    if (this.#hold.kind === null) this.#setHold('look');
  }

  #flush(items) {
    const isFar = this.#caughtUp.isFar(items);
    // What lies between is read on scrolling up.
    if (isFar && this.#hold.kind === null && this.#source.skips) return this.start(this.#params, { tail: page });
    if (this.#hold.kind === null) this.#show(items);
    else this.#keep(items);
    return this.#drawPill();
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

    this.#hold.tell();
    // Lines before the first would move the place to which the list goes.
    if (!this.#target) this.#older.readWhereMissing();
  }

  #reveal() {
    this.#state.hide();
    this.#viewport.hidden = false;
  }

  #keep(items) {
    this.#held.add(items);
    // Before anything is seen, there is no place to be kept.
    if (this.#target) this.#release(Infinity);
    else if (this.#list.length === 0) this.#release(page);
    if (this.#held.isFull && !this.#stream.isSuspended) this.#stream.suspend();
  }

  /** Shows some of what is held, the oldest first, and lets the stream go on where it was stopped for that. */
  #release(most) {
    this.#show(this.#held.take(most));
    if (this.#stream.isSuspended && this.#held.hasRoom) this.#stream.goOn(this.#params);
    this.#drawPill();
  }

  #scrolled(isByUser) {
    if (isByUser && this.#list.length > 0) {
      if (!this.#list.isAtEnd) {
        this.#look();
      } else if (this.#hold.kind === 'look') {
        this.#release(page);
        if (this.#held.length === 0 && !this.#stream.isSuspended) this.#setHold(null);
      }
    }

    this.#hold.tell();
    this.#older.readWhereMissing();
  }

  /** Tells how far back a search has come, while nothing is found. */
  #searching(reached) {
    if (this.#list.length > 0) return;
    if (reached === null) this.#state.empty();
    else this.#state.searching(reached, () => this.#older.stop());
  }

  #setHold(kind) {
    this.#list.sticksToEnd = kind === null;
    this.#hold.kind = kind;
    this.#drawPill();
  }

  #drawPill() {
    const lines = this.#held.length;
    this.#hold.draw({ lines, hasMore: this.#stream.isSuspended, isEmpty: this.#list.length === 0 && lines === 0 });
  }

  #connection(connection) {
    this.#source.onState(connection);
    if (connection.kind === 'ended') this.#begun();
    if (connection.kind !== 'refused') return;
    this.#viewport.hidden = true;
    this.#state.refused(connection.problem);
  }

  /** What there is already comes from here on. */
  #begun() {
    setTimeout(() => {
      if (this.#older.isSearching) return;
      if (this.#list.length + this.#held.length + this.#arrived.length === 0) this.#state.empty();
    }, firstLines);
  }
}
