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
  /** The bars that are being selected, by their items: the first that was pressed, and the last that the pointer came to. */
  #drag;

  /** `noun` is what is counted; `onPick(from, to)` is called with the times that the user selects. */
  constructor(root, { noun, onPick, signal }) {
    this.#root = root;
    this.#noun = noun;
    this.#onPick = onPick;
    root.addEventListener('keydown', event => this.#press(event));
    // Anywhere, because the pointer may leave the bars.
    document.addEventListener('pointermove', event => this.#move(event.clientX), { signal });
    document.addEventListener('pointerup', () => this.#release(), { signal });
    document.addEventListener('pointercancel', () => this.#mark(this.#drag = undefined), { signal });
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
      if (event.button === 0) this.#drag = [item, item];
    });
    bar.addEventListener('click', event => event.detail === 0 && this.#pick(item, item));
    bar.item = item;
    this.#name(bar);
    return bar;
  }

  #name(bar) {
    const { from, to, count: number } = bar.item;
    const parts = levels.filter(level => bar.item[level] > 0).map(level => `${count(bar.item[level])} ${level}`);
    bar.title = bar.ariaLabel = `${minute(from)} to ${minute(to)}: ${[`${count(number)} ${this.#noun}`, ...parts].join(', ')}`;
  }

  /** `one` and `other` are the ends of what is selected, in any order. */
  #pick(one, other) {
    const [first, last] = Date.parse(one.from) <= Date.parse(other.from) ? [one, other] : [other, one];
    this.#onPick(first.from, last.to);
  }

  /** Extends the selection to the bar above or below the pointer, or to the first or last one where it is beside them. */
  #move(x) {
    if (!this.#drag || !this.#bars[0]?.isConnected) return;
    const { left, width } = this.#bars[0].parentElement.getBoundingClientRect();
    const at = Math.floor((x - left) / width * this.#bars.length);
    this.#drag[1] = this.#bars[Math.max(0, Math.min(at, this.#bars.length - 1))].item;
    this.#mark(this.#drag);
  }

  #release() {
    const drag = this.#drag;
    this.#mark(this.#drag = undefined);
    if (drag) this.#pick(...drag);
  }

  #mark(ends) {
    const times = ends?.map(item => Date.parse(item.from));
    const isPicked = ({ from }) => times !== undefined && Date.parse(from) >= Math.min(...times) && Date.parse(from) <= Math.max(...times);
    for (const bar of this.#bars) bar.classList.toggle('picked', isPicked(bar.item));
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
