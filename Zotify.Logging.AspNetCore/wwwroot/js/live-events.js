// New audit events as they arrive, added before the page that was read.

import { logs } from './address.js';
import { LogStream } from './stream.js';
import { showCaughtUp, showConnection } from './strip.js';

const mostShown = 500;
const every = 150;

export class LiveEvents {
  #handlers;
  #stream;
  #seen = [];
  #before;
  #page;
  #isDue = false;

  /**
   * `onReady()` when events arrive from now on, `onLost()` where the page of events has to be read anew, `onEvents()` for new ones, which
   * `merge` returns, `onRefused(problem)`.
   */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  start(filters) {
    this.stop();
    let isReady = false;
    this.#stream = new LogStream(logs('audit/stream'), { ...filters, tail: 0 }, {
      batch: events => this.#take(events),
      caughtUp: showCaughtUp,
      state: connection => {
        showConnection(connection);
        if (connection.kind === 'refused') this.#handlers.onRefused(connection.problem);
        if (connection.kind !== 'live' || isReady) return;
        isReady = true;
        this.#handlers.onReady();
      },
    }).start();
  }

  stop() {
    if (this.#stream) showConnection({ kind: 'idle' });
    this.#stream?.stop();
    this.#stream = undefined;
    this.#seen = [];
    this.#before = undefined;
  }

  /** A page that was read, after the new events that are not in it. */
  merge(items) {
    // A page that was read anew has all that came before it was asked for.
    if (items !== this.#page) this.#seen = this.#seen.filter(event => !this.#before?.has(event));
    if (items !== this.#page) this.#before = undefined;
    this.#page = items;
    const ids = new Set(items.map(item => item.id));
    return [...this.#seen.filter(event => !ids.has(event.id)), ...items];
  }

  #take(events) {
    const fresh = events.filter(({ kind }) => kind === 'line').map(({ data }) => data).reverse();
    this.#seen = [...fresh, ...this.#seen];
    const isLost = events.some(({ kind }) => kind === 'gap' || kind === 'incomplete') || this.#seen.length > mostShown;
    if (isLost && !this.#before) {
      this.#before = new Set(this.#seen);
      this.#handlers.onLost();
    }

    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      if (this.#stream) this.#handlers.onEvents();
    }, every);
  }
}
