// The lines that arrived while the list is held. What is held beyond a limit stays with the server, and is read from there later.

const most = 10_000;

export class HeldLines {
  #items = [];

  get length() {
    return this.#items.length;
  }

  get isFull() {
    return this.#items.length >= most;
  }

  /** Whether enough was taken, so that the stream may bring more. */
  get hasRoom() {
    return this.#items.length < most / 2;
  }

  add(items) {
    this.#items = this.#items.concat(items);
  }

  /** Takes some of them, the oldest first. */
  take(count) {
    return this.#items.splice(0, count);
  }

  clear() {
    this.#items = [];
  }
}
