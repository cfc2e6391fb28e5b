// A job's progress over time, in as few points as a chart can show.

const mostPoints = 2000;

export class ProgressSeries {
  points = [];
  troubles = [];
  #step = 1;
  #skipped = 0;

  /** Adds entries, in order. */
  add(entries) {
    for (const { timestamp, level, progress_done: done } of entries) {
      const at = Date.parse(timestamp);
      if (level === 'Warning' || level === 'Error' || level === 'Critical') this.#keepTrouble(at, level);
      if (done !== null && done !== undefined) this.#keep({ at, done });
    }
  }

  #keep(point) {
    // The last point is always the newest.
    if (this.#skipped++ % this.#step === 0 || this.points.length === 0) this.points.push(point);
    else this.points[this.points.length - 1] = point;
    if (this.points.length < mostPoints) return;
    this.points = this.points.filter((_, at) => at % 2 === 0 || at === this.points.length - 1);
    this.#step *= 2;
  }

  #keepTrouble(at, level) {
    if (this.troubles.length < mostPoints) this.troubles.push({ at, level });
  }
}
