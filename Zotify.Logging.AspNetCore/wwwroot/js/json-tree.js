// A JSON value as a tree that opens and closes.

import { el } from './dom.js';
import { write } from './text.js';

const mostShown = 200;

/** `linkOf(path, value)` returns the address that a single value links to, or nothing. */
export function jsonTree(value, linkOf = () => undefined) {
  return el('ul', { class: 'tree' }, entries(value, [], linkOf));
}

function entries(value, path, linkOf) {
  const all = Object.entries(value);
  const shown = all.slice(0, mostShown).map(([name, child]) => entry(name, child, [...path, name], linkOf));
  if (all.length > mostShown) shown.push(el('li', { class: 'muted', text: `and ${all.length - mostShown} more` }));
  return shown;
}

function entry(name, value, path, linkOf) {
  const key = write(el('span', { class: 'key' }), name);
  if (value === null || typeof value !== 'object') return el('li', {}, key, ': ', leaf(value, path, linkOf));
  const size = Array.isArray(value) ? `[${value.length}]` : `{${Object.keys(value).length}}`;
  return el('li', {}, el('details', { open: path.length < 3 }, el('summary', {}, key, ' ', el('span', { class: 'muted', text: size })),
    el('ul', {}, entries(value, path, linkOf))));
}

function leaf(value, path, linkOf) {
  const shown = write(el('span', { class: `value ${value === null ? 'null' : typeof value}` }),
    typeof value === 'string' ? value : JSON.stringify(value));
  const href = linkOf(path, value);
  return href ? el('a', { href, title: 'Only events with this value' }, shown) : shown;
}
