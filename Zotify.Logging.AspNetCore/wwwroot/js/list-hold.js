// The button over a list that is held: how many new lines there are, and the way to them.

import { el } from './dom.js';
import { count } from './time.js';

export class HoldPill {
  element;

  /** `onClick()` is called by a click. */
  constructor(onClick) {
    this.element = el('button', { type: 'button', class: 'pill', hidden: true, on: { click: onClick } });
  }

  /** `hold` is null, `look` or `pause`; `lines` are held, and `hasMore` of them are with the server. */
  draw({ hold, lines, hasMore, isEmpty }) {
    const { element } = this;
    element.hidden = hold === null || isEmpty;
    element.classList.toggle('paused', hold === 'pause');
    const held = lines === 0 ? '' : `${count(lines)}${hasMore ? '+' : ''} new line${lines === 1 ? '' : 's'}`;
    const text = hold === 'pause' ? `Paused${held && `: ${held}`}` : `${held || 'To the newest'} ↓`;
    if (element.textContent !== text) element.textContent = text;
  }
}
