// The stream of a list of lines. It can be stopped at its position for a while, because enough is held.

import { toItem } from './log-item.js';
import { LogStream } from './stream.js';

export class LineStream {
  #path;
  #handlers;
  #stream;
  #isSuspended = false;

  /**
   * `handlers`: `items(items)`, `end(data)`, `incomplete(data)`, and `state`, `begun` and `caughtUp` of a LogStream.
   */
  constructor(path, handlers) {
    this.#path = path;
    this.#handlers = handlers;
  }

  get isSuspended() {
    return this.#isSuspended;
  }

  /** Begins at a position, or where the parameters say. */
  start(params, position = undefined) {
    this.#isSuspended = false;
    const { state, begun, caughtUp } = this.#handlers;
    this.#stream = new LogStream(this.#path, params, { batch: events => this.#take(events), state, begun, caughtUp }, position).start();
  }

  suspend() {
    this.#isSuspended = true;
    this.#stream?.stop();
  }

  /** Goes on where it was suspended. */
  goOn(params) {
    this.start(params, this.#stream.position);
  }

  stop() {
    this.#stream?.stop();
    this.#stream = undefined;
    this.#isSuspended = false;
  }

  #take(events) {
    for (const { kind, data } of events) {
      if (kind === 'end') this.#handlers.end(data);
      if (kind === 'incomplete') this.#handlers.incomplete(data);
    }

    this.#handlers.items(events.filter(({ kind }) => kind !== 'end' && kind !== 'incomplete')
      .map(({ kind, data }) => toItem(kind, data)));
  }
}
