// Counts over time as bars. A click on a bar, or dragging over several, filters by time; so do the arrow keys and Enter.

import { el } from './dom.js';
import { onPref } from './prefs.js';
import { count, minute, timeOf } from './time.js';

const units = { m: 'minute', h: 'hour', d: 'day' };
// From the top of a bar to its bottom. What is neither is of a lower level.
const levels = ['critical', 'error', 'warning'];

export class Histogram {
  #root;
  #noun;
  #onPick;
  #bars = [];
  #from;

  /** `noun` is what is counted; `onPick(from, to)` is called with the times that the user selects. */
  constructor(root, { noun, onPick, signal }) {
    this.#root = root;
    this.#noun = noun;
    this.#onPick = onPick;
    root.addEventListener('keydown', event => this.#press(event));
    onPref('zone', () => this.#bars.forEach(bar => this.#name(bar)), signal);
  }

  /** Draws the counts. Returns how many there are. */
  draw({ interval, items, complete, searched_to: searchedTo }) {
    const focused = this.#bars.indexOf(document.activeElement);
    const most = Math.max(1, ...items.map(item => item.count));
    const total = items.reduce((sum, item) => sum + item.count, 0);
    this.#bars = items.map((item, at) => this.#bar(item, at, most));
    this.#root.hidden = total === 0;
    if (total === 0) {
      this.#root.replaceChildren();
      return 0;
    }

    this.#root.replaceChildren(
      el('figcaption', {}, el('span', {}, el('b', { class: 'number', text: `${count(total)}${complete === false ? '+' : ''}` }),
        ` ${this.#noun}, ${spoken(interval)} per bar`,
        complete === false && searchedTo ? [', counted back to ', timeOf(searchedTo, minute)] : ''),
      el('span', { class: 'number muted', text: `highest ${count(most)}` })),
      el('div', { class: 'bars', role: 'group', 'aria-label': 'Bars: arrow keys move, Enter filters by time' }, this.#bars),
      el('div', { class: 'axis number' }, timeOf(items[0].from, minute), timeOf(items.at(-1).to, minute)));
    this.#bars[focused]?.focus();
    return total;
  }

  #bar(item, at, most) {
    const bar = el('button', { type: 'button', tabindex: at === 0 ? 0 : -1 }, column(item, most));
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
    const parts = levels.filter(level => bar.item[level] > 0).map(level => `${count(bar.item[level])} ${level}`);
    bar.title = bar.ariaLabel = `${minute(from)} to ${minute(to)}: ${[`${count(number)} ${this.#noun}`, ...parts].join(', ')}`;
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

/** A column of parts, one for each level that stands out. */
function column(item, most) {
  const whole = el('i');
  whole.style.height = item.count ? `${Math.max(4, item.count / most * 100)}%` : '0';
  for (const level of levels.filter(name => item[name] > 0)) {
    const part = el('s', { class: level });
    part.style.height = `${Math.max(8, item[level] / item.count * 100)}%`;
    whole.append(part);
  }

  return whole;
}

function spoken(interval) {
  const [, number, unit] = /^(\d+)([mhd])$/.exec(interval) ?? [];
  if (number === undefined) return interval;
  return `${number} ${units[unit]}${number === '1' ? '' : 's'}`;
}
