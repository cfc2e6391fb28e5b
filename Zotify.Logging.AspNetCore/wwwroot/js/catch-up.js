// How many lines came since a stream began or was seen again: whoever comes back to very many old ones wants the newest.

import { serverNow } from './server.js';

const most = 20_000;
// A last line that is older than this is not near the end, in milliseconds.
const longAgo = 10_000;

export class CatchUp {
  #lines = 0;

  constructor(signal) {
    document.addEventListener('visibilitychange', () => this.reset(), { signal });
  }

  reset() {
    this.#lines = 0;
  }

  /** Counts lines that came. Returns whether there are so many that the end is not near. */
  isFar(items) {
    this.#lines += items.length;
    return this.#lines > most && serverNow() - Date.parse(items.at(-1)?.timestamp) > longAgo;
  }
}
