// What an event changed: the values before and after, side by side.

import { stringify } from './digits.js';
import { el } from './dom.js';
import { write } from './text.js';

const before = /^(old|previous|before)[_-]?(.*)$/i;
const after = ['new', 'current', 'after'];

/** A table of the pairs `old_value` and `new_value`, also `old_x` and `new_x`, in an event's details; nothing where there are none. */
export function changedValues(details) {
  const rows = pairs(details ?? {}).flatMap(({ name, old, fresh }) => differences(name, old, fresh));
  if (rows.length === 0) return undefined;
  return el('table', { class: 'changed' },
    el('caption', { class: 'sr-only', text: 'What changed' }),
    el('thead', {}, el('tr', {}, ...['What', 'Before', 'After'].map(text => el('th', { scope: 'col', text })))),
    el('tbody', {}, rows.map(({ name, old, fresh }) => el('tr', {}, write(el('th', { scope: 'row' }), name),
      el('td', {}, write(el('del'), shown(old))), el('td', {}, write(el('ins'), shown(fresh)))))));
}

function pairs(details) {
  return Object.keys(details).flatMap(key => {
    const [, , name] = before.exec(key) ?? [];
    if (name === undefined) return [];
    const other = Object.keys(details).find(one => after.some(word => plain(one) === plain(word + name)));
    return other === undefined ? [] : [{ name: plain(name) === '' ? 'value' : name, old: details[key], fresh: details[other] }];
  });
}

/** A name without case, `_` and `-`. */
const plain = name => name.toLowerCase().replace(/[_-]/g, '');

/** Of two objects, only the names whose values differ. */
function differences(name, old, fresh) {
  if (!isObject(old) || !isObject(fresh)) return [{ name, old, fresh }];
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .filter(key => stringify(old[key]) !== stringify(fresh[key]))
    .flatMap(key => differences(plain(name) === 'value' ? key : `${name}.${key}`, old[key], fresh[key]));
}

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 0;
const shown = value => value === undefined ? '–' : typeof value === 'string' ? value : stringify(value);
