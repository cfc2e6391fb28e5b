// The table of audit events.

import { el } from './dom.js';
import { withParams } from './router.js';
import { write } from './text.js';
import { timeOf } from './time.js';
import { valueButton } from './value-menu.js';

/** Draws the rows. With `keepsRows`, existing rows stay, and only newer ones are added before them. */
export function drawRows(body, events, terms, keepsRows) {
  const known = keepsRows ? events.findIndex(event => event.id === body.firstElementChild?.dataset.id) : -1;
  if (known < 0) {
    body.replaceChildren(...events.map(event => auditRow(event, terms)));
    return;
  }

  const fresh = events.slice(0, known).map(event => auditRow(event, terms));
  for (const row of fresh) row.classList.add('fresh');
  body.prepend(...fresh);
  while (body.children.length > events.length) body.lastChild.remove();
}

const value = (name, shown) => shown && valueButton(name, shown);

/** A row. Its time links to the event in full. */
function auditRow(event, terms) {
  const link = el('a', { href: withParams({ id: event.id }) }, timeOf(event.timestamp),
    el('span', { class: 'sr-only', text: ` ${event.event_type} in full` }));
  return el('tr', { class: event.level, data: { id: event.id } },
    el('td', { class: 'mono when' }, link),
    el('td', { class: 'type' }, value('event_type', event.event_type)),
    el('td', { class: 'who' }, value('user_id', event.user_id)),
    el('td', { class: 'mono where' }, value('source_ip', event.source_ip)),
    write(el('td', { class: 'what' }), event.message ?? '', terms));
}

/** Opens a row by a click anywhere in it, and lets j and k move through the rows. */
export function bindRows(body) {
  body.addEventListener('click', event => {
    if (event.target.closest('a, button') || String(getSelection())) return;
    const link = event.target.closest('tr')?.querySelector('a');
    link?.focus({ preventScroll: true });
    link?.click();
  });
  return by => moveFocus([...body.querySelectorAll('tr a')], by);
}

/** Moves the focus by this many links. */
export function moveFocus(links, by) {
  const at = links.indexOf(document.activeElement);
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
