// Reads the lines before the first one of a list, when that is about to be seen.

import { getLines, isAbort, messageOf } from './api.js';
import { toItem } from './log-item.js';
import { count, timeOf } from './time.js';

// So many lines are shown before a line that an address leads to.
const context = 100;

/** Reads the lines right before the line of a position. */
export async function linesBefore(path, params, position, signal) {
  const items = await getLines(path, { ...params, before: position, tail: context }, signal);
  return items.filter(item => item.event === undefined).map(item => toItem('line', item));
}

export class OlderLines {
  #list;
  #edge;
  #options;
  #params;
  #reading;
  /** Where the server's search stopped, where that is before the first line. */
  #stoppedAt;
  /** Whether the list begins where the log does. */
  #isBegun = false;

  /**
   * `edge` is where the user is told. `options` are `path` and its `own` parameters, `page` and `capacity` in lines, and
   * `advice` for more lines than these; `onLines()` is called for lines before, and `onSearch(time)` while nothing is found, with the time
   * that the search has reached, or null at its end.
   */
  constructor(list, edge, options) {
    this.#list = list;
    this.#edge = edge;
    this.#options = options;
  }

  /** Begins anew, with these filters. */
  reset(params) {
    this.stop();
    this.#params = params;
    this.reopen();
    this.#tell('');
  }

  /** The first lines of the list were taken away. */
  reopen() {
    this.#stoppedAt = undefined;
    this.#isBegun = false;
  }

  /** The server stopped its search before this position: it goes on there, also where no line was found yet. */
  searchOn(before) {
    this.#stoppedAt = before;
    this.readWhereMissing();
  }

  /** Whether a search that has found nothing yet goes on. */
  get isSearching() {
    return this.#reading !== undefined && this.#list.length === 0;
  }

  stop() {
    this.#reading?.abort();
    this.#reading = undefined;
  }

  async readWhereMissing() {
    const { first, isAtTop, length } = this.#list;
    if (this.#reading) return undefined;
    if (first ? !isAtTop : !this.#stoppedAt) return this.#tell('');
    if (this.#isBegun) return this.#begin();
    // What a gap tells of is gone.
    if (first?.kind === 'gap') return this.#begin();
    if (length + this.#options.page > this.#options.capacity)
      return this.#tell(`${count(length)} lines are loaded. ${this.#options.advice}`);
    const { path, page } = this.#options;
    const before = this.#stoppedAt ?? first.position;
    if (!before) return this.#begin();
    const reading = this.#reading = new AbortController();
    try {
      if (this.#stoppedAt) await this.#tellSearch(before, reading.signal);
      else this.#tell('Reading older lines …');
      const found = await getLines(path, { ...this.#params, before, tail: page }, reading.signal);
      // The live lines tell of sources that are away.
      const items = found.filter(item => item.event !== 'source');
      if (reading.signal.aborted) return undefined;
      this.#reading = undefined;
      this.#stoppedAt = items.find(item => item.event === 'incomplete')?.before;
      const lines = items.filter(item => item.event !== 'incomplete');
      if (lines.length > 0) this.#options.onLines();
      this.#list.prepend(lines.map(item => toItem('line', item)));
      if (items.length === 0) {
        this.#options.onSearch(null);
        return this.#begin();
      }

      return await this.readWhereMissing();
    } catch (error) {
      if (isAbort(error)) return undefined;
      this.#reading = undefined;
      return this.#tell(messageOf(error));
    }
  }

  /** Tells how far back the search has come: the time of the line there, whether it matches or not. */
  async #tellSearch(before, signal) {
    const { path, own } = this.#options;
    const line = (await getLines(path, { ...own, before, tail: 1 }, signal)).findLast(item => item.timestamp);
    this.#options.onSearch(line?.timestamp);
    this.#tell(line?.timestamp ? ['Searching older lines: back to ', timeOf(line.timestamp), ' …'] : 'Searching older lines …');
  }

  #begin() {
    this.#isBegun = true;
    this.#tell('The log begins here.');
  }

  #tell(content) {
    this.#edge.hidden = !content;
    this.#edge.replaceChildren(...[content].flat());
  }
}
