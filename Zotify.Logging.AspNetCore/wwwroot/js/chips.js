// The active filters. Each can be turned off and on, turned around, and removed.

import { hasOpposite, isNot } from './filters.js';
import { el } from './dom.js';
import { write } from './text.js';
import { momentOf, timeOf } from './time.js';

/** Shows the filters of the address that have a label. */
export function drawChips(root, filters) {
  const chips = filters.chips.map(chip => drawChip(chip, filters));
  if (chips.length > 1)
    chips.push(el('button', { type: 'button', class: 'link', text: 'Clear all', on: { click: () => filters.clear() } }));
  // The focus stays where it was: at the same place among the buttons.
  const at = [...root.querySelectorAll('button')].indexOf(document.activeElement);
  root.replaceChildren(...chips);
  if (at >= 0) [...root.querySelectorAll('button')].at(Math.min(at, root.querySelectorAll('button').length - 1))?.focus();
}

function drawChip(chip, filters) {
  const { name, value, isOff } = chip;
  const label = filters.labelOf(name);
  const excludes = isNot(name);
  const text = `${label} ${excludes ? 'is not ' : ''}${value}`;
  const relation = excludes ? 'not ' : '';
  return el('span', { class: `chip ${excludes ? 'not' : ''} ${isOff ? 'off' : ''}`, role: 'group', 'aria-label': text },
    el('button', { type: 'button', 'aria-pressed': String(!isOff), title: isOff ? 'Turn on' : 'Turn off',
      on: { click: () => filters.toggle(chip) } },
      el('b', { text: `${label} ` }), relation && el('em', { text: relation }), shownValue(chip)),
    hasOpposite(name) && el('button', { type: 'button', title: titleOf(name), 'aria-label': `${text}: turn around`,
      text: excludes ? '=' : '≠', on: { click: () => filters.negate(chip) } }),
    el('button', { type: 'button', title: 'Remove', 'aria-label': `${text}: remove this filter`, text: '×',
      on: { click: () => filters.remove(chip) } }));
}

function titleOf(name) {
  if (isNot(name)) return name === 'level.not' ? 'Show this and above' : 'Show only this';
  return name === 'level' ? 'Exclude this and above' : 'Exclude this';
}

const units = { s: 'second', m: 'minute', h: 'hour', d: 'day' };

/** A value as people read it: a lowest level has those above it, and a time is in the time zone that is shown. */
function shownValue({ name, value }) {
  if (name === 'level') return write(el('span'), `${value} and above`);
  if (hasOpposite(name)) return write(el('span'), value);
  const [, number, unit] = /^(\d+)([smhd])$/.exec(value) ?? [];
  if (unit) return el('span', { text: `${number} ${units[unit]}${number === '1' ? '' : 's'} ago` });
  return Number.isNaN(momentOf(value)) ? write(el('span'), value) : el('span', {}, timeOf(value));
}
