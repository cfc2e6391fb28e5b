// A job's progress over time as a line, with its warnings and errors as ticks below.

import { el, svg } from './dom.js';
import { isOpen } from './job-progress.js';
import { serverNow } from './server.js';
import { count, dayAndTime, duration, timeOf } from './time.js';

const width = 1000;
const height = 100;

export class ProgressChart {
  #root;
  #caption = el('figcaption');
  #picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  #axis = el('div', { class: 'axis number' });
  #points = [];
  #troubles = [];
  #last;
  #scale;
  #text = '';

  constructor(root) {
    this.#root = root;
    root.append(this.#caption, this.#picture, this.#axis);
    this.#picture.addEventListener('pointermove', event => this.#read(event));
    this.#picture.addEventListener('pointerleave', () => { this.#caption.textContent = this.#text; });
  }

  /** Sets the progress over the whole job, as the server sampled it. */
  set(items) {
    this.#points = items.filter(item => item.progress_done !== null)
      .map(item => ({ at: Date.parse(item.timestamp), done: Number(item.progress_done) }));
    this.#troubles = items.flatMap(item => {
      const at = Date.parse(item.timestamp);
      return [item.errors > 0 && { at, level: 'Error' }, item.warnings > 0 && { at, level: 'Warning' }].filter(trouble => trouble);
    });
  }

  /** Adds what the job's summary says now. */
  add(job) {
    const at = Date.parse(job.last_at);
    if (this.#last?.errors < job.errors) this.#troubles.push({ at, level: 'Error' });
    else if (this.#last?.warnings < job.warnings) this.#troubles.push({ at, level: 'Warning' });
    this.#last = job;
    if (job.progress_done === null) return;
    const point = { at, done: Number(job.progress_done) };
    if (this.#points.at(-1)?.at < at || this.#points.length === 0) this.#points.push(point);
    else this.#points[this.#points.length - 1] = point;
  }

  draw(job) {
    const from = Date.parse(job.first_at);
    const to = isOpen(job) ? Math.max(from + 1000, serverNow()) : Math.max(from + 1, Date.parse(job.last_at));
    const points = this.#points;
    const most = Math.max(1, Number(job.progress_total ?? 0), ...points.map(({ done }) => done));
    this.#root.hidden = points.length === 0;
    if (points.length === 0) return;
    this.#scale = { from, to };
    const x = at => ((at - from) / (to - from) * width).toFixed(1);
    const y = done => (height - 4 - done / most * (height - 10)).toFixed(1);
    const line = `M0,${y(0)}${points.map(({ at, done }) => `L${x(at)},${y(done)}`).join('')}`;
    const last = x(points.at(-1).at);
    this.#picture.replaceChildren(
      svg('line', { class: 'goal', x1: 0, x2: width, y1: y(most), y2: y(most) }),
      svg('path', { class: 'area', d: `${line}L${last},${height}L0,${height}Z` }),
      svg('path', { class: 'line', d: line }),
      ...this.#troubles.map(({ at, level }) =>
        svg('line', { class: `trouble ${level}`, x1: x(at), x2: x(at), y1: height - 9, y2: height })));
    this.#axis.replaceChildren(timeOf(job.first_at, dayAndTime), el('span', { text: duration(to - from) }),
      timeOf(new Date(to).toISOString(), dayAndTime));
    this.#text = `Progress over time: ${count(points.at(-1).done)}${job.progress_total ? ` of ${count(job.progress_total)}` : ''}`;
    if (!this.#picture.matches(':hover')) this.#caption.textContent = this.#text;
  }

  #read(event) {
    const { left, width: wide } = this.#picture.getBoundingClientRect();
    const at = this.#scale.from + (event.clientX - left) / wide * (this.#scale.to - this.#scale.from);
    const point = this.#points.findLast(one => one.at <= at) ?? this.#points[0];
    this.#caption.textContent = `${dayAndTime(new Date(point.at).toISOString())}: ${count(point.done)}`;
  }
}
