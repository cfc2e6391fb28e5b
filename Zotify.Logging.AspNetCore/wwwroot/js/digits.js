// JSON with the digits that were sent. A number of JavaScript has 53 bits, and forgets the zeros at the end of a decimal.

// Chosen anew by each load of the page: no text of a log can have it.
const mark = `\u0000${crypto.getRandomValues(new Uint32Array(4)).join('-')} `;
const escaped = JSON.stringify(mark).slice(1, -1);

// Most texts have no such number, and are read at the full speed.
const doubtful = /[:,[]\s*-?(?:\d{16}|\d+[.eE])/;
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const marked = new RegExp(`"${escaped.replace('\\', '\\\\')}([^"]*)"`, 'g');

/** A number that JavaScript would change, as it was written. */
export class Digits {
  #text;

  constructor(text) {
    this.#text = text;
  }

  toString() {
    return this.#text;
  }

  toJSON() {
    return mark + this.#text;
  }
}

/** Reads JSON; numbers that JavaScript would change are `Digits`. */
export function parse(text) {
  if (!doubtful.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(tokens, token => changes(token) ? `"${escaped}${token}"` : token), (_, value) =>
    typeof value === 'string' && value.startsWith(mark) ? new Digits(value.slice(mark.length)) : value);
}

/** Writes JSON; `Digits` are numbers again. */
export const stringify = (value, space) => JSON.stringify(value, null, space).replace(marked, '$1');

const changes = token => token[0] !== '"' && String(Number(token)) !== token;
