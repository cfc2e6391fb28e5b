// Counts the lines that were logged while a connection was down: they arrive after it, and are older by the server's clock. Where some of
// them were deleted meanwhile, a gap says so.

const settle = 1000;

export class Missed {
  #since;
  #until;
  #report;
  #lines = 0;
  #isGap = false;
  #timer;

  /** `report({ lines, ms, isGap })` is called once, when the missed lines have had time to arrive. */
  constructor(lostAt, date, report) {
    this.#since = performance.now() - lostAt;
    this.#until = date ? Date.parse(date) : Date.now();
    this.#report = report;
    this.#timer = setTimeout(() => this.tell(), settle);
  }

  count(events) {
    for (const { kind, data } of events) {
      if (kind === 'line' && Date.parse(data.timestamp) < this.#until) this.#lines++;
      this.#isGap ||= kind === 'gap';
    }
  }

  tell() {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#report?.({ lines: this.#lines, ms: this.#since, isGap: this.#isGap });
  }
}
