// A JSON value as a tree that opens and closes.

import { Digits } from './digits.js';
import { el } from './dom.js';
import { write } from './text.js';
import { valueButton } from './value-menu.js';

const mostShown = 200;

/**
 * Each single value has a menu of filters. `nameOf(path)` gives the name of the filter by a value at this path; without it, the value is
 * searched for. The elements of a list go by the list's name; what is in a list of lists has no path.
 */
export function jsonTree(value, nameOf = () => undefined) {
  return el('ul', { class: 'tree' }, entries(value, [], nameOf, { depth: 0, isInList: false }));
}

function entries(value, path, nameOf, { depth, isInList }) {
  const isList = Array.isArray(value);
  const all = Object.entries(value);
  const shown = all.slice(0, mostShown).map(([name, child]) => {
    const own = isList ? (isInList ? undefined : path) : path && [...path, name];
    return entry(name, child, own, nameOf, { depth: depth + 1, isInList: isList });
  });
  if (all.length > mostShown) shown.push(el('li', { class: 'muted', text: `and ${all.length - mostShown} more` }));
  return shown;
}

function entry(name, value, path, nameOf, place) {
  const key = write(el('span', { class: 'key' }), name);
  if (value === null || typeof value !== 'object' || value instanceof Digits) return el('li', {}, key, ': ', leaf(value, path, nameOf));
  const size = Array.isArray(value) ? `[${value.length}]` : `{${Object.keys(value).length}}`;
  return el('li', {}, el('details', { open: place.depth < 3 }, el('summary', {}, key, ' ', el('span', { class: 'muted', text: size })),
    el('ul', {}, entries(value, path, nameOf, place))));
}

function leaf(value, path, nameOf) {
  const kind = value === null ? 'null' : value instanceof Digits ? 'number' : typeof value;
  const shown = write(el('span', { class: `value ${kind}` }), typeof value === 'string' ? value : String(value));
  return value === null ? shown : valueButton(path && nameOf(path), value, shown);
}
