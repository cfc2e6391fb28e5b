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
  #params = null;
  #reading;
  /** Where the server's search stopped, where that is before the first line. */
  #stoppedAt;
  /** Whether the list begins where the log does. */
  #isBegun = false;

  /**
   * `edge` is where the user is told. `options` are `path`, `page` and `capacity` in lines; `onLines()` is called for lines before, and
   * `onSearch(time)` while nothing is found, with the time that the search has reached, or null at its end.
   */
  constructor(list, edge, options) {
    this.#list = list;
    this.#edge = edge;
    this.#options = options;
  }

  /** Begins anew, with these filters; null where there is nothing older to be read. */
  reset(params) {
    this.stop();
    this.#params = params;
    this.#stoppedAt = undefined;
    this.#isBegun = params === null;
    this.#tell('');
  }

  /** The first lines of the list were taken away. */
  reopen() {
    this.#stoppedAt = undefined;
    this.#isBegun = this.#params === null;
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
    if (this.#isBegun) return this.#tell(this.#params ? 'The log begins here.' : '');
    // What a gap tells of is gone.
    if (first?.kind === 'gap') return this.#begin();
    if (length + this.#options.page > this.#options.capacity)
      return this.#tell(`${count(length)} lines are loaded. Narrow them, or go to a time, to see older ones.`);
    const reading = this.#reading = new AbortController();
    try {
      const { path, page } = this.#options;
      const before = this.#stoppedAt ?? first.position;
      if (this.#stoppedAt) await this.#tellSearch(before, reading.signal);
      else this.#tell('Reading older lines …');
      const read = await getLines(path, { ...this.#params, before, tail: page }, reading.signal);
      // The live lines tell of sources that are away.
      const items = read.filter(item => item.event !== 'source');
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
    const [line] = await getLines(this.#options.path, { before, tail: 1 }, signal);
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
