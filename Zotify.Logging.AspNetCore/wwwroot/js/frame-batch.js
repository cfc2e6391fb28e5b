// Collects what arrives until the next frame, so that a busy stream is drawn once a frame.

export class FrameBatch {
  #items = [];
  #isDue = false;
  #take;

  /** `take(items)` gets what arrived. */
  constructor(take) {
    this.#take = take;
  }

  get length() {
    return this.#items.length;
  }

  add(items) {
    this.#items = this.#items.concat(items);
    if (this.#isDue) return;
    this.#isDue = true;
    // A page that is not seen gets no frames.
    if (document.hidden) setTimeout(() => this.#flush());
    else requestAnimationFrame(() => this.#flush());
  }

  clear() {
    this.#items = [];
  }

  #flush() {
    const items = this.#items;
    this.#items = [];
    this.#isDue = false;
    this.#take(items);
  }
}
