// A job's progress over time as a line, with its warnings and errors as ticks below.

import { el, svg } from './dom.js';
import { clock, count, duration } from './time.js';

const width = 1000;
const height = 100;

export class ProgressChart {
  #root;
  #caption = el('figcaption');
  #picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  #axis = el('div', { class: 'axis number' });
  #points = [];
  #scale;
  #text = '';

  constructor(root) {
    this.#root = root;
    root.append(this.#caption, this.#picture, this.#axis);
    this.#picture.addEventListener('pointermove', event => this.#read(event));
    this.#picture.addEventListener('pointerleave', () => { this.#caption.textContent = this.#text; });
  }

  draw(job, { points, troubles }) {
    const from = Date.parse(job.first_at);
    const to = Math.max(from + 1000, job.status === 'running' ? Date.now() : Date.parse(job.last_at));
    const most = Math.max(1, job.progress_total ?? 0, points.at(-1)?.done ?? 0);
    this.#root.hidden = points.length === 0;
    if (points.length === 0) return;
    this.#points = points;
    this.#scale = { from, to };
    const x = at => ((at - from) / (to - from) * width).toFixed(1);
    const y = done => (height - 4 - done / most * (height - 10)).toFixed(1);
    const line = `M0,${y(0)}${points.map(({ at, done }) => `L${x(at)},${y(done)}`).join('')}`;
    const last = x(points.at(-1).at);
    this.#picture.replaceChildren(
      svg('line', { class: 'goal', x1: 0, x2: width, y1: y(most), y2: y(most) }),
      svg('path', { class: 'area', d: `${line}L${last},${height}L0,${height}Z` }),
      svg('path', { class: 'line', d: line }),
      ...troubles.map(({ at, level }) => svg('line', { class: `trouble ${level}`, x1: x(at), x2: x(at), y1: height - 9, y2: height })));
    this.#axis.replaceChildren(el('span', { text: clock(job.first_at).slice(0, 8) }), el('span', { text: duration(to - from) }),
      el('span', { text: clock(new Date(to).toISOString()).slice(0, 8) }));
    this.#text = `Progress over time: ${count(points.at(-1).done)}${job.progress_total ? ` of ${count(job.progress_total)}` : ''}`;
    if (!this.#picture.matches(':hover')) this.#caption.textContent = this.#text;
  }

  #read(event) {
    const { left, width: wide } = this.#picture.getBoundingClientRect();
    const at = this.#scale.from + (event.clientX - left) / wide * (this.#scale.to - this.#scale.from);
    const point = this.#points.findLast(one => one.at <= at) ?? this.#points[0];
    this.#caption.textContent = `${clock(new Date(point.at).toISOString())}: ${count(point.done)}`;
  }
}
