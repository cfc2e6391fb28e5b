// A list of any length, of which only the visible part is in the document. Rows may have any height, which is estimated until they are
// shown. When an estimate is corrected, the visible rows stay where they are.

import { ListBlocks } from './list-blocks.js';
import { ListSelection } from './list-selection.js';

const margin = 300;

export class VirtualList {
  #viewport;
  #canvas;
  #render;
  #separate;
  #blocks = new ListBlocks();
  #sticksToEnd = true;
  /** The offset that the list itself scrolled to. */
  #drawnAt = 0;
  #selection;

  /**
   * `render(item)` creates a row, `separate(item, previous)` what stands before it, or nothing; `onScroll(isByUser)` is called for every
   * scroll, `onOpen(item)` for the item that the user opens.
   */
  constructor(viewport, canvas, { render, separate, onScroll, onOpen }) {
    this.#viewport = viewport;
    this.#canvas = canvas;
    this.#render = render;
    this.#separate = separate;
    this.#selection = new ListSelection(viewport, canvas, () => this.#blocks.items);
    viewport.addEventListener('scroll', () => {
      const isByUser = Math.abs(viewport.scrollTop - this.#drawnAt) > 1;
      // The user's scroll wins over the offset that the list would scroll to by itself.
      onScroll(isByUser);
      this.draw();
    }, { passive: true });
    canvas.addEventListener('click', event => {
      const item = this.itemOf(event.target.closest('.row'));
      if (item && event.shiftKey && this.selected) return this.#selection.selectTo(item);
      // Selecting text does not count as a click.
      if (!item || String(getSelection())) return undefined;
      this.#selection.select(item);
      return onOpen(item);
    });
    new ResizeObserver(() => {
      const selected = canvas.querySelector('#selected-line');
      this.redraw();
      // A narrower list shows fewer rows, but the line that the user is looking at must stay visible.
      if (selected) this.reveal(this.selected);
    }).observe(viewport);
  }

  get length() {
    return this.#blocks.length;
  }

  get first() {
    return this.#blocks.first;
  }

  get last() {
    return this.#blocks.last;
  }

  get selected() {
    return this.#selection.selected;
  }

  get isAtTop() {
    return this.#viewport.scrollTop < margin;
  }

  get isAtEnd() {
    return this.#viewport.scrollHeight - this.#viewport.scrollTop - this.#viewport.clientHeight < 8;
  }

  /** Whether the list follows new rows at its end. */
  set sticksToEnd(value) {
    this.#sticksToEnd = value;
    if (value) this.draw();
  }

  append(items) {
    this.#blocks.append(items, (block, item, previous) => block.element?.append(...this.#row(item, previous)));
    this.draw();
  }

  prepend(items) {
    const height = this.#blocks.prepend(items);
    // The target must be in the document first.
    this.#canvas.style.height = `${this.#canvas.offsetHeight + height}px`;
    this.#viewport.scrollTop += height;
    this.draw();
  }

  /** Removes the oldest rows while enough remain. Returns whether there were any. */
  trim(capacity) {
    const gone = this.#blocks.trim(capacity);
    if (!gone) return false;
    if (!this.#sticksToEnd) this.#viewport.scrollTop -= gone;
    this.draw();
    return true;
  }

  clear() {
    this.#blocks.clear();
    this.#canvas.replaceChildren();
    this.#selection.select(undefined);
    this.draw();
  }

  /** Renders every row again, because rows look different now. The visible rows stay where they are. */
  redraw() {
    this.#blocks.undraw();
    this.draw();
  }

  /** The selected items: one, or those up to a second one. */
  get range() {
    return this.#selection.range;
  }

  itemOf(row) {
    return this.#selection.itemOf(row);
  }

  /** Selects the row that is this many further on, and scrolls it into view. */
  move(by) {
    const { selected } = this;
    if (!this.#blocks.blockOf(selected)) return this.reveal(by > 0 && !this.isAtEnd ? this.firstSeen : this.last);
    return this.reveal(this.#blocks.neighbour(selected, by) ?? selected);
  }

  /** Draws the visible rows. */
  draw() {
    // Each pass may show that blocks differ from their estimated heights, so that others become visible.
    for (let turn = 0; turn < 4; turn++) {
      const height = this.#blocks.layOut();
      // First the height, then the offset: the end is where the blocks that are there now end.
      this.#canvas.style.height = `${height}px`;
      if (this.#sticksToEnd) this.#viewport.scrollTop = this.#viewport.scrollHeight;
      if (!this.#place(height)) break;
    }

    this.#drawnAt = this.#viewport.scrollTop;
  }

  #place(height) {
    const top = this.#viewport.scrollTop - this.#canvas.offsetTop;
    const seen = this.#blocks.between(top - margin, top + this.#viewport.clientHeight + margin);
    for (const block of seen) {
      if (block.element) continue;
      block.element = document.createElement('div');
      block.element.className = 'block';
      block.element.role = 'presentation';
      const before = this.#blocks.before(block);
      block.element.append(...block.items.flatMap((item, at) => this.#row(item, at ? block.items[at - 1] : before)));
      // In the order of the lines, which is also the order for screen readers.
      this.#canvas.insertBefore(block.element, this.#blocks.nextDrawn(block)?.element ?? null);
    }

    return this.#measure(seen, top, height);
  }

  /** Corrects the heights of the blocks in the document, and moves them. Returns whether anything was corrected. */
  #measure(seen, top, height) {
    const heights = seen.map(block => block.element.offsetHeight);
    let moved = 0;
    let above = 0;
    seen.forEach((block, at) => {
      block.offset += moved;
      const change = heights[at] - block.height;
      if (change) {
        if (block.offset - moved + block.height <= top) above += change;
        moved += change;
        this.#blocks.resize(block, heights[at]);
      }

      block.element.style.transform = `translateY(${block.offset}px)`;
    });
    this.#canvas.style.height = `${height + moved}px`;
    if (above && !this.#sticksToEnd) this.#viewport.scrollTop += above;
    if (this.#sticksToEnd) this.#viewport.scrollTop = this.#viewport.scrollHeight;
    return moved !== 0;
  }

  /** The row, after what separates it from the row before. */
  #row(item, previous) {
    const row = this.#render(item);
    this.#selection.add(row, item);
    const separator = this.#separate(item, previous);
    return separator ? [separator, row] : [row];
  }

  /** The first item that is seen. */
  get firstSeen() {
    return this.#blocks.at(this.#viewport.scrollTop - this.#canvas.offsetTop);
  }

  /** Selects an item and scrolls it into view; `block` says where: nearest, or center. */
  reveal(item, block = 'nearest') {
    if (!item) return;
    this.#selection.select(item);
    const own = this.#blocks.blockOf(item);
    if (!own.element) {
      this.#viewport.scrollTop = own.offset + this.#canvas.offsetTop;
      this.draw();
    }

    [...own.element?.children ?? []].find(row => this.itemOf(row) === item)?.scrollIntoView({ block });
  }
}
