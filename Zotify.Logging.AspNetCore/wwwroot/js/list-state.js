// What a list of lines shows in place of lines: that it is being read or searched, is empty, or was refused.

import { el, state } from './dom.js';
import { timeOf } from './time.js';

export class ListState {
  element = el('div', { class: 'state' });
  #source;

  /** `source` shows the states that depend on the view: `empty(element)` and `refused(element, problem)`. */
  constructor(source) {
    this.#source = source;
  }

  hide() {
    state(this.element);
  }

  reading() {
    state(this.element, 'Reading …', '');
  }

  empty() {
    this.#source.empty(this.element);
  }

  refused(problem) {
    this.#source.refused(this.element, problem);
  }

  /** How far back a search has come, while nothing is found. `stop()` is called where the user ends it. */
  searching(reached, stop) {
    const run = () => {
      stop();
      this.empty();
    };
    state(this.element, 'Searching older lines …', reached ? ['No line matches back to ', timeOf(reached), ' so far.'] : '',
      { action: { text: 'Stop searching', run } });
  }
}
