// Counts over time as bars. A click on a bar, or dragging over several, filters by time; so do the arrow keys and Enter.

import { el } from './dom.js';
import { onPref } from './prefs.js';
import { count, minute, timeOf } from './time.js';

export class Histogram {
  #root;
  #onPick;
  #bars = [];
  #from;

  /** `onPick(from, to)` is called with the times that the user selects. */
  constructor(root, onPick, signal) {
    this.#root = root;
    this.#onPick = onPick;
    root.addEventListener('keydown', event => this.#press(event));
    onPref('zone', () => this.#bars.forEach(bar => this.#name(bar)), signal);
  }

  draw({ interval, items }) {
    const most = Math.max(1, ...items.map(item => item.count));
    const total = items.reduce((sum, item) => sum + item.count, 0);
    this.#bars = items.map((item, at) => this.#bar(item, at, most));
    this.#root.hidden = total === 0;
    if (total === 0) return this.#root.replaceChildren();
    return this.#root.replaceChildren(
      el('figcaption', {}, el('span', {}, el('b', { class: 'number', text: count(total) }), ` events, ${spoken(interval)} per bar`),
        el('span', { class: 'number muted', text: `highest ${count(most)}` })),
      el('div', { class: 'bars', role: 'group', 'aria-label': 'Bars: arrow keys move, Enter filters by time' }, this.#bars),
      el('div', { class: 'axis number' }, timeOf(items[0].from, minute), timeOf(items.at(-1).to, minute)));
  }

  #bar(item, at, most) {
    const fill = el('i');
    fill.style.height = item.count ? `${Math.max(4, item.count / most * 100)}%` : '0';
    const bar = el('button', { type: 'button', tabindex: at === 0 ? 0 : -1 }, fill);
    bar.addEventListener('pointerdown', event => {
      this.#from = at;
      // The other bars must get the pointer's events, too.
      event.target.releasePointerCapture(event.pointerId);
    });
    bar.addEventListener('pointerenter', event => event.buttons && this.#from !== undefined && this.#mark(this.#from, at));
    bar.addEventListener('click', event => event.detail === 0 && this.#pick(item, item));
    bar.addEventListener('pointerup', () => {
      if (this.#from === undefined) return;
      const [first, last] = [Math.min(this.#from, at), Math.max(this.#from, at)];
      this.#from = undefined;
      this.#pick(this.#bars[first].item, this.#bars[last].item);
    });
    bar.item = item;
    this.#name(bar);
    return bar;
  }

  #name(bar) {
    const { from, to, count: number } = bar.item;
    bar.title = bar.ariaLabel = `${minute(from)} to ${minute(to)}: ${count(number)} events`;
  }

  #pick(first, last) {
    this.#onPick(first.from, last.to);
  }

  #mark(from, to) {
    this.#bars.forEach((bar, at) => bar.classList.toggle('picked', at >= Math.min(from, to) && at <= Math.max(from, to)));
  }

  #press(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const at = this.#bars.indexOf(document.activeElement);
    const next = by && this.#bars[at + by];
    if (!next) return;
    event.preventDefault();
    this.#bars[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

function spoken(interval) {
  const [, number, unit] = /^(\d+)([hd])$/.exec(interval) ?? [];
  const name = unit === 'd' ? 'day' : 'hour';
  return number === undefined ? interval : number === '1' ? `1 ${name}` : `${number} ${name}s`;
}
