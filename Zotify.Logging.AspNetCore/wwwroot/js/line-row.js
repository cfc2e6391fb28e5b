// Rows of the lists of lines, and the panel that shows one of them in full.

import { copyButton, facts, showDrawer } from './drawer.js';
import { el } from './dom.js';
import { shortLevel } from './log-item.js';
import { write } from './text.js';
import { clock, dateTime, otherZone, timeOf } from './time.js';

const categoryWidth = 24;
const mostShortened = 1000;

/** A row: time, level, the category if requested, the message, and the first line of an exception. */
export function lineRow(item, terms, { hasCategory }) {
  const row = document.createElement('div');
  row.className = `row ${item.level ?? ''}`;
  const at = part(row, 'at', item.timestamp ? clock(item.timestamp) : '');
  if (item.timestamp) at.title = `${dateTime(item.timestamp)}\n${otherZone(item.timestamp)}`;
  part(row, 'level', shortLevel(item.level));
  if (hasCategory) write(part(row, 'from', ''), shortCategory(item.category ?? ''), terms).title = item.category ?? '';
  write(part(row, 'line-message', ''), item.message ?? item.line ?? '', terms);
  if (item.exception) row.append(trouble(item.exception, terms));
  return row;
}

/** A row that reports missing lines. */
export function gapRow(gap) {
  const row = document.createElement('div');
  row.className = 'row gap';
  row.append('Lines are missing here: they were deleted.', ...gap.from_time ? [' After ', timeOf(gap.from_time)] : [],
    ...gap.to_time ? [' before ', timeOf(gap.to_time)] : []);
  return row;
}

/** Shows a line in full. `links` lead to related items. */
export function showLine(item, { links = [], more = [], onClose } = {}) {
  const text = [item.timestamp, item.level, item.trace_id, item.category, item.message, item.exception].filter(part => part).join(' ');
  return showDrawer('Line', [
    el('div', { class: 'whole-message' }, write(el('span'), item.message ?? item.line ?? '')),
    el('p', { class: 'actions' }, ...links, copyButton('Copy', text)),
    facts([
      ['Time', item.timestamp && timeOf(item.timestamp)],
      ['', item.timestamp && otherZone(item.timestamp)],
      ['Level', item.level],
      ['Category', item.category && write(el('span', { class: 'mono' }), item.category)],
      ['Event', [item.event_id, item.event_name].filter(part => part).join(' ')],
      ['Trace', item.trace_id && el('span', { class: 'mono', text: item.trace_id })],
      ...more,
    ]),
    ...(item.exception ? [el('h3', { text: 'Exception' }), write(el('pre', { tabindex: 0 }), item.exception)] : []),
  ], onClose);
}

function trouble(exception, terms) {
  const lines = exception.split('\n');
  const element = write(el('span', { class: 'trouble' }), lines[0], terms);
  if (lines.length > 1) element.append(el('small', { text: `  and ${lines.length - 1} more lines` }));
  return element;
}

function part(row, name, text) {
  const element = document.createElement('span');
  element.className = name;
  if (text) element.textContent = text;
  row.append(element);
  return element;
}

const shortened = new Map();

/** A category whose first names are shortened to a letter until it fits: Z.L.Web.Demo.LibrarySync. */
function shortCategory(category) {
  let short = shortened.get(category);
  if (short !== undefined) return short;
  const names = category.split('.');
  for (let at = 0; at < names.length - 1 && names.join('.').length > categoryWidth; at++) names[at] = names[at].slice(0, 1);
  short = names.join('.');
  if (shortened.size < mostShortened) shortened.set(category, short);
  return short;
}
