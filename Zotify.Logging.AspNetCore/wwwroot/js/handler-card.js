// The numbers of a handler, in a card above the strip.

import { el } from './dom.js';
import { facts } from './drawer.js';
import { write } from './text.js';
import { count, timeOf } from './time.js';

const reasons = { queue_full: 'queue full', handler_failed: 'handler failed', already_shutdown: 'already shut down', feedback: 'feedback' };

export function handlerCard(handler, button) {
  const { queue, dropped, behind, database_error: databaseError, last_error: error } = handler;
  const fill = el('i');
  fill.style.transform = `scaleX(${Math.min(1, queue.length / queue.capacity)})`;
  showCard(button, [
    el('h2', {}, el('span', { class: `dot ${handler.state}` }), `${handler.name}: ${handler.state}`),
    el('div', { class: 'meter', role: 'img', 'aria-label': 'Queue usage' }, fill),
    facts([
      ['Queue', `${count(queue.length)} of ${count(queue.capacity)} records`],
      ['Written', count(handler.written)],
      ['Retried', handler.retried ? count(handler.retried) : null],
      ['Refused by the database', handler.rejected ? count(handler.rejected) : null],
      ['Dropped', Object.entries(dropped).filter(([, some]) => some).map(([reason, some]) => `${count(some)} ${reasons[reason]}`)
        .join(', ') || '0'],
      ['Not in the database yet', `${count(behind)} records`],
      ['Database error', databaseError && write(el('span'), databaseError)],
      ['Last error', error && write(el('span'), error.message)],
      ['Last error at', error && timeOf(error.at)],
    ])]);
}

/** Shows a card above a button of the strip. */
export function showCard(button, content) {
  const card = document.getElementById('card');
  card.replaceChildren(...content);
  const { left, top, bottom } = button.getBoundingClientRect();
  card.style.left = `${Math.max(8, Math.min(left, innerWidth - 416))}px`;
  // Below a button at the top of the page, above one at its bottom.
  const isAtTop = top < innerHeight / 2;
  card.style.top = isAtTop ? `${bottom + 6}px` : 'auto';
  card.style.bottom = isAtTop ? 'auto' : `${innerHeight - top + 6}px`;
  if (!card.matches(':popover-open')) card.showPopover();
}
