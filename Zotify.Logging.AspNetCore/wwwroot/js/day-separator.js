// The line between days of a list.

import { el } from './dom.js';
import { serverNow } from './server.js';
import { day, timeOf } from './time.js';

/** The date, where a line is of another day than the one before it; for the first line, where it is not of today. */
export function daySeparator(item, previous) {
  if (!item.timestamp) return undefined;
  const before = previous ? previous.timestamp : serverNow();
  if (!before || day(item.timestamp) === day(before)) return undefined;
  return el('div', { class: 'day', role: 'presentation' }, timeOf(item.timestamp, day));
}
