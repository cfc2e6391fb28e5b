// The selected rows of a list: one, or all from it to a second one.

export class ListSelection {
  #viewport;
  #canvas;
  #items = new WeakMap();
  #all;
  #selected;
  #range = [];

  /** `all()` gives every item of the list, in order. */
  constructor(viewport, canvas, all) {
    this.#viewport = viewport;
    this.#canvas = canvas;
    this.#all = all;
    // With Shift, a click selects rows, not their text.
    canvas.addEventListener('mousedown', event => event.shiftKey && this.#selected && event.preventDefault());
  }

  get selected() {
    return this.#selected;
  }

  get range() {
    return this.#range;
  }

  /** The item of a row. */
  itemOf(row) {
    return this.#items.get(row);
  }

  select(item) {
    this.#selected = item;
    this.#range = item ? [item] : [];
    if (!item) this.#viewport.removeAttribute('aria-activedescendant');
    this.#markAll();
  }

  /** Selects from the selected item to another one. */
  selectTo(item) {
    const all = this.#all();
    const [one, other] = [all.indexOf(this.#selected), all.indexOf(item)];
    this.#range = all.slice(Math.min(one, other), Math.max(one, other) + 1);
    this.#markAll();
  }

  /** Adds a new row. */
  add(row, item) {
    row.role = 'option';
    this.#items.set(row, item);
    this.#mark(row, item);
  }

  #markAll() {
    for (const row of this.#canvas.querySelectorAll('.row')) this.#mark(row, this.#items.get(row));
  }

  #mark(row, item) {
    row.ariaSelected = String(this.#range.includes(item));
    if (item === this.#selected) {
      row.id = 'selected-line';
      this.#viewport.setAttribute('aria-activedescendant', row.id);
    } else {
      row.removeAttribute('id');
    }
  }
}
