// Filters of the audit events: the values of a field with counts, and a field for any other value.

import { el } from './dom.js';
import { change, params } from './router.js';
import { write } from './text.js';
import { count } from './time.js';

const mostShown = 12;

/** A facet: a list of values with checkboxes. `facet` is `{ values: [{ value, count }], others, complete }`. */
export function facet(name, label, found, hint, filters) {
  const { values = [], others = 0, complete } = found ?? {};
  const chosen = params().getAll(name);
  const known = values.map(({ value }) => value);
  const all = [...chosen.filter(value => !known.includes(value)).map(value => ({ value })), ...values];
  const most = Math.max(1, ...values.map(one => one.count));
  const toggle = (value, isOn) => isOn ? filters.only(name, value)
    : change({ [name]: chosen.filter(one => one !== value), cursor: null, at: null });
  const items = all.map(({ value, count: number }) =>
    option({ value, number, share: (number ?? 0) / most, isChosen: chosen.includes(value), isMore: complete === false }, toggle,
      () => filters.not(name, value)));
  const list = el('ul', {}, items.slice(0, mostShown));
  const rest = items.slice(mostShown);
  const more = rest.length > 0 && el('button', { type: 'button', class: 'link', text: `Show ${count(rest.length)} more`,
    on: { click: event => (list.append(...rest), event.target.remove()) } });
  const field = el('input', { placeholder: hint, 'aria-label': `Another ${label.toLowerCase()}`, autocomplete: 'off' });
  const other = el('form', { on: { submit: event => (event.preventDefault(), field.value.trim() && toggle(field.value.trim(), true)) } },
    field);
  return el('fieldset', {}, el('legend', { text: label }), list, more,
    others > 0 && el('p', { class: 'muted', text: `${count(others)} other${others === 1 ? '' : 's'}` }), other);
}

function option({ value, number, share, isChosen, isMore }, toggle, exclude) {
  const bar = el('i');
  bar.style.transform = `scaleX(${share})`;
  return el('li', {}, el('label', {},
    el('input', { type: 'checkbox', checked: isChosen, on: { change: event => toggle(value, event.target.checked) } }),
    write(el('span', { class: 'name', title: value }), value),
    number !== undefined && el('span', { class: 'number muted', text: `${count(number)}${isMore ? '+' : ''}` })),
  el('button', { type: 'button', class: 'quiet', text: '≠', title: 'Exclude this', 'aria-label': `Exclude ${value}`,
    on: { click: exclude } }),
  number !== undefined && el('div', { class: 'share', 'aria-hidden': 'true' }, bar));
}
