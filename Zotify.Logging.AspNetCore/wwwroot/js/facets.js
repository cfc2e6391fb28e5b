// Filters of the audit events: their types with counts, and the users and sources of the shown events.

import { el } from './dom.js';
import { change, params } from './router.js';
import { write } from './text.js';
import { count } from './time.js';

const mostTypes = 15;

/** A facet: a list of values with checkboxes, and a field for any other value. `values` are `{ value, count }`, the count where known. */
export function facet(name, label, values, hint, filters) {
  const chosen = params().getAll(name);
  const known = values.map(({ value }) => value);
  const all = [...chosen.filter(value => !known.includes(value)).map(value => ({ value })), ...values];
  const most = Math.max(1, ...values.map(one => one.count ?? 0));
  const toggle = (value, isOn) => change({ [name]: isOn ? [...chosen, value] : chosen.filter(one => one !== value), cursor: null, at: null });
  const items = all.map(({ value, count: number }) => option(value, number, most, chosen.includes(value), toggle, () => filters.not(name, value)));
  const list = el('ul', {}, items.slice(0, mostTypes));
  const rest = items.slice(mostTypes);
  const more = rest.length > 0 && el('button', { type: 'button', class: 'link', text: `Show ${count(rest.length)} more`,
    on: { click: event => (list.append(...rest), event.target.remove()) } });
  const field = el('input', { placeholder: hint, 'aria-label': `Another ${label.toLowerCase()}`, autocomplete: 'off' });
  const other = el('form', { on: { submit: event => (event.preventDefault(), field.value.trim() && toggle(field.value.trim(), true)) } },
    field);
  return el('fieldset', {}, el('legend', { text: label }), list, more, other);
}

/** The values of a field among some events, the most frequent first. */
export function valuesOf(events, name) {
  const counts = new Map();
  for (const event of events) if (event[name]) counts.set(event[name], (counts.get(event[name]) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]).slice(0, mostTypes).map(([value]) => ({ value }));
}

function option(value, number, most, isChosen, toggle, exclude) {
  const bar = el('i');
  bar.style.transform = `scaleX(${(number ?? 0) / most})`;
  return el('li', {}, el('label', {},
    el('input', { type: 'checkbox', checked: isChosen, on: { change: event => toggle(value, event.target.checked) } }),
    write(el('span', { class: 'name', title: value }), value),
    number !== undefined && el('span', { class: 'number muted', text: count(number) })),
  el('button', { type: 'button', class: 'quiet', text: '≠', title: 'Exclude this', 'aria-label': `Exclude ${value}`, on: { click: exclude } }),
  number !== undefined && el('div', { class: 'share', 'aria-hidden': 'true' }, bar));
}
