// The notice that a source of the stream is away.

import { notice } from './dom.js';
import { dayAndTime, timeOf } from './time.js';

export class SourceNotice {
  #element;
  #away = new Map();

  constructor(element) {
    this.#element = element;
  }

  /** A stream begins, and tells anew which sources are away. */
  reset() {
    this.#away.clear();
  }

  take(items) {
    const changes = items.filter(({ kind }) => kind === 'source');
    if (changes.length === 0) return;
    for (const { name, state, reason, since } of changes) {
      if (state === 'away') this.#away.set(name, { reason, since });
      else this.#away.delete(name);
    }

    notice(this.#element, [...this.#away].flatMap(([name, { reason, since }]) =>
      [`${name} has been away since `, timeOf(since, dayAndTime), `: ${reason}. Its lines follow when it is back. `]));
  }
}
