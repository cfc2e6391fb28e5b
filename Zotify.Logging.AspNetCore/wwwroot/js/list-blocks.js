// The items of a list in blocks, whose heights are estimated until they are shown.

const size = 50;

export class ListBlocks {
  #blocks = [];
  #length = 0;
  #rowHeight = 20;

  get length() {
    return this.#length;
  }

  get items() {
    return this.#blocks.flatMap(block => block.items);
  }

  get first() {
    return this.#blocks[0]?.items[0];
  }

  get last() {
    return this.#blocks.at(-1)?.items.at(-1);
  }

  /** Appends items. `added(block, item, previous)` is called for each of them. */
  append(items, added) {
    for (const item of items) {
      let block = this.#blocks.at(-1);
      const previous = block?.items.at(-1);
      if (!block || block.items.length >= size) this.#blocks.push(block = { items: [], height: 0 });
      block.items.push(item);
      block.height += this.#rowHeight;
      added(block, item, previous);
    }

    this.#length += items.length;
  }

  /** Puts items before the others. Returns their height. */
  prepend(items) {
    const blocks = [];
    for (let at = 0; at < items.length; at += size) {
      const part = items.slice(at, at + size);
      blocks.push({ items: part, height: part.length * this.#rowHeight });
    }

    // What is before its first row changes how that row looks.
    if (this.#blocks[0]) undraw(this.#blocks[0]);
    this.#blocks.unshift(...blocks);
    this.#length += items.length;
    return blocks.reduce((sum, block) => sum + block.height, 0);
  }

  /** Removes the oldest blocks while enough items remain. Returns the height of what was removed. */
  trim(capacity) {
    let gone = 0;
    while (this.#blocks.length > 1 && this.#length - this.#blocks[0].items.length >= capacity) {
      const block = this.#blocks.shift();
      this.#length -= block.items.length;
      gone += block.height;
      undraw(block);
    }

    return gone;
  }

  clear() {
    this.#blocks = [];
    this.#length = 0;
  }

  /** Removes the rows of all blocks from the document. */
  undraw() {
    this.#blocks.forEach(undraw);
  }

  /** Places each block below the one before it. Returns the height of all. */
  layOut() {
    let offset = 0;
    for (const block of this.#blocks) {
      block.offset = offset;
      offset += block.height;
    }

    return offset;
  }

  /** The blocks between two offsets. The rows of all others are removed from the document. */
  between(top, bottom) {
    const seen = [];
    for (const block of this.#blocks) {
      if (block.offset < bottom && block.offset + block.height > top) seen.push(block);
      else if (block.element) undraw(block);
    }

    return seen;
  }

  /** Corrects the height of a block, and with it what is expected of others. */
  resize(block, height) {
    block.height = height;
    this.#rowHeight = height / block.items.length;
  }

  blockOf(item) {
    return this.#blocks.find(block => block.items.includes(item));
  }

  /** The item before the first one of a block. */
  before(block) {
    return this.#blocks[this.#blocks.indexOf(block) - 1]?.items.at(-1);
  }

  /** The first block after another one that is in the document. */
  nextDrawn(block) {
    return this.#blocks.slice(this.#blocks.indexOf(block) + 1).find(other => other.element);
  }

  /** The item one further on or back; undefined at the ends, and where the item is gone. */
  neighbour(item, by) {
    const at = this.#blocks.findIndex(block => block.items.includes(item));
    if (at < 0) return undefined;
    const place = this.#blocks[at].items.indexOf(item) + by;
    return place < 0 ? this.#blocks[at - 1]?.items.at(-1) : this.#blocks[at].items[place] ?? this.#blocks[at + 1]?.items[0];
  }

  /** The item at an offset. */
  at(offset) {
    const block = this.#blocks.find(one => one.offset + one.height > offset);
    return block?.items[Math.max(0, Math.floor((offset - block.offset) / block.height * block.items.length))];
  }
}

function undraw(block) {
  block.element?.remove();
  block.element = undefined;
}
