// Whether a list follows its newest lines or is held, and the button over a list that is held: how many new lines there are, and the way
// to them.

import { announce } from './announce.js';
import { el } from './dom.js';
import { count } from './time.js';

export class ListHold {
  element;
  #kind = null;
  #told;

  /** `follow()` is called by a click on the button, and `told(kind)` tells of the hold. */
  constructor(follow, told) {
    this.element = el('button', { type: 'button', class: 'pill', hidden: true, on: { click: follow } });
    this.#told = told;
  }

  /** null: follows; 'look': the user looks at a place; 'pause': the user paused. */
  get kind() {
    return this.#kind;
  }

  set kind(kind) {
    if (kind !== this.#kind) {
      this.#kind = kind;
      announce(kind === null ? 'Following the newest lines.' : kind === 'pause' ? 'Paused.' : 'Held at the line that you look at.');
    }

    this.#told(kind);
  }

  /** Tells which time the user looks at. */
  tell() {
    if (this.#kind !== null) this.#told(this.#kind);
  }

  /** `lines` are held, and `hasMore` of them are with the server. */
  draw({ lines, hasMore, isEmpty }) {
    const { element } = this;
    const isPaused = this.#kind === 'pause';
    element.hidden = this.#kind === null || isEmpty;
    element.classList.toggle('paused', isPaused);
    const held = lines === 0 ? '' : `${count(lines)}${hasMore ? '+' : ''} new line${lines === 1 ? '' : 's'}`;
    const text = isPaused ? `Paused${held && `: ${held}`}` : `${held || 'To the newest'} ↓`;
    if (element.textContent !== text) element.textContent = text;
  }
}
