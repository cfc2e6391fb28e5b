// A list of any length, of which only the visible part is in the document. Rows may have any height. They are kept in blocks, whose heights
// are estimated until they are shown. When an estimate is corrected, the visible rows stay where they are.

import { ListSelection } from './list-selection.js';

const blockSize = 50;
const margin = 300;

export class VirtualList {
  #viewport;
  #canvas;
  #render;
  #separate;
  #blocks = [];
  #length = 0;
  #rowHeight = 20;
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
    this.#selection = new ListSelection(viewport, canvas, () => this.#blocks.flatMap(block => block.items));
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
    return this.#length;
  }

  get first() {
    return this.#blocks[0]?.items[0];
  }

  get last() {
    return this.#blocks.at(-1)?.items.at(-1);
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
    for (const item of items) {
      let block = this.#blocks.at(-1);
      const previous = block?.items.at(-1);
      if (!block || block.items.length >= blockSize) this.#blocks.push(block = { items: [], height: 0 });
      block.items.push(item);
      block.height += this.#rowHeight;
      if (block.element) block.element.append(...this.#row(item, previous));
    }

    this.#length += items.length;
    this.draw();
  }

  prepend(items) {
    const blocks = [];
    for (let at = 0; at < items.length; at += blockSize) {
      const part = items.slice(at, at + blockSize);
      blocks.push({ items: part, height: part.length * this.#rowHeight });
    }

    // What is before its first row changes how that row looks.
    this.#blocks[0]?.element?.remove();
    if (this.#blocks[0]) this.#blocks[0].element = undefined;
    this.#blocks.unshift(...blocks);
    this.#length += items.length;
    const height = blocks.reduce((sum, block) => sum + block.height, 0);
    // The target must be in the document first.
    this.#canvas.style.height = `${this.#canvas.offsetHeight + height}px`;
    this.#viewport.scrollTop += height;
    this.draw();
  }

  /** Removes the oldest blocks while enough rows remain. */
  trim(capacity) {
    let gone = 0;
    while (this.#blocks.length > 1 && this.#length - this.#blocks[0].items.length >= capacity) {
      const block = this.#blocks.shift();
      this.#length -= block.items.length;
      gone += block.height;
      block.element?.remove();
    }

    if (!gone) return false;
    if (!this.#sticksToEnd) this.#viewport.scrollTop -= gone;
    this.draw();
    return true;
  }

  clear() {
    this.#blocks = [];
    this.#length = 0;
    this.#canvas.replaceChildren();
    this.#selection.select(undefined);
    this.draw();
  }

  /** Renders every row again, because rows look different now. The visible rows stay where they are. */
  redraw() {
    for (const block of this.#blocks) {
      block.element?.remove();
      block.element = undefined;
    }

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
    const at = selected ? this.#blocks.findIndex(block => block.items.includes(selected)) : -1;
    if (at < 0) return this.reveal(by > 0 && !this.isAtEnd ? this.firstSeen : this.last);
    const place = this.#blocks[at].items.indexOf(selected) + by;
    const item = place < 0 ? this.#blocks[at - 1]?.items.at(-1) : this.#blocks[at].items[place] ?? this.#blocks[at + 1]?.items[0];
    return this.reveal(item ?? selected);
  }

  /** Draws the visible rows. */
  draw() {
    // Each pass may show that blocks differ from their estimated heights, so that others become visible.
    for (let turn = 0; turn < 4; turn++) {
      const height = this.#layOut();
      // First the height, then the offset: the end is where the blocks that are there now end.
      this.#canvas.style.height = `${height}px`;
      if (this.#sticksToEnd) this.#viewport.scrollTop = this.#viewport.scrollHeight;
      if (!this.#place(height)) break;
    }

    this.#drawnAt = this.#viewport.scrollTop;
  }

  /** Returns the height of all blocks. */
  #layOut() {
    let offset = 0;
    for (const block of this.#blocks) {
      block.offset = offset;
      offset += block.height;
    }

    return offset;
  }

  #place(height) {
    const top = this.#viewport.scrollTop - this.#canvas.offsetTop;
    const bottom = top + this.#viewport.clientHeight;
    const seen = [];
    for (const block of this.#blocks) {
      if (block.offset < bottom + margin && block.offset + block.height > top - margin) seen.push(block);
      else if (block.element) {
        block.element.remove();
        block.element = undefined;
      }
    }

    for (const block of seen) {
      if (block.element) continue;
      block.element = document.createElement('div');
      block.element.className = 'block';
      block.element.role = 'presentation';
      const before = this.#blocks[this.#blocks.indexOf(block) - 1]?.items.at(-1);
      block.element.append(...block.items.flatMap((item, at) => this.#row(item, at ? block.items[at - 1] : before)));
      this.#insert(block);
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
        block.height = heights[at];
        this.#rowHeight = block.height / block.items.length;
      }

      block.element.style.transform = `translateY(${block.offset}px)`;
    });
    this.#canvas.style.height = `${height + moved}px`;
    if (above && !this.#sticksToEnd) this.#viewport.scrollTop += above;
    if (this.#sticksToEnd) this.#viewport.scrollTop = this.#viewport.scrollHeight;
    return moved !== 0;
  }

  /** In the order of the lines, which is also the order for screen readers. */
  #insert(block) {
    const next = this.#blocks.slice(this.#blocks.indexOf(block) + 1).find(other => other.element);
    this.#canvas.insertBefore(block.element, next?.element ?? null);
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
    const top = this.#viewport.scrollTop - this.#canvas.offsetTop;
    const block = this.#blocks.find(one => one.offset + one.height > top);
    return block?.items[Math.max(0, Math.floor((top - block.offset) / block.height * block.items.length))];
  }

  /** Selects an item and scrolls it into view; `block` says where: nearest, or center. */
  reveal(item, block = 'nearest') {
    if (!item) return;
    this.#selection.select(item);
    const own = this.#blocks.find(one => one.items.includes(item));
    if (!own.element) {
      this.#viewport.scrollTop = own.offset + this.#canvas.offsetTop;
      this.draw();
    }

    [...own.element?.children ?? []].find(row => this.itemOf(row) === item)?.scrollIntoView({ block });
  }
}
