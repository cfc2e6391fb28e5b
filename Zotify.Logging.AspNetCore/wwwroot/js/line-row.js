// Rows of the lists of lines.

import { el } from './dom.js';
import { shortLevel } from './log-item.js';
import { write } from './text.js';
import { clock, dateTime, otherZone, timeOf } from './time.js';

const categoryWidth = 24;
const mostShortened = 1000;

/** A row: time, level, the instance, the category if requested, the message, and the first line of an exception. */
export function lineRow(item, terms, { hasCategory }) {
  const row = document.createElement('div');
  row.className = `row ${item.level ?? ''}`;
  const at = part(row, 'at', item.timestamp ? clock(item.timestamp) : '');
  if (item.timestamp) at.title = `${dateTime(item.timestamp)}\n${otherZone(item.timestamp)}`;
  filterBy(part(row, 'level', shortLevel(item.level)), 'level', item.level);
  if (hasCategory) {
    const instance = part(row, 'instance', item.instance);
    instance.title = item.late ? `${item.instance}: this line arrived late` : item.instance ?? '';
    instance.classList.toggle('late', item.late === true);
    filterBy(instance, 'instance', item.instance);
    const category = write(part(row, 'from', ''), shortCategory(item.category ?? ''), terms);
    category.title = item.category ?? '';
    filterBy(category, 'category', item.category);
  }

  write(part(row, 'line-message', ''), item.message ?? item.line ?? '', terms);
  if (item.exception) row.append(trouble(item.exception, terms));
  return row;
}

/** A row that reports missing lines. */
export function gapRow(gap) {
  const row = document.createElement('div');
  row.className = 'row gap';
  row.append(gap.instance ? `Lines of ${gap.instance} are missing here: they were deleted.` : 'Lines are missing here: they were deleted.', ...gap.from_time ? [' After ', timeOf(gap.from_time)] : [],
    ...gap.to_time ? [' before ', timeOf(gap.to_time)] : []);
  return row;
}

/** A row that reports that a source went or came. */
export function sourceRow({ name, reason }) {
  const row = document.createElement('div');
  row.className = 'row gap';
  row.append(reason ? `${name} is away: ${reason}.` : `${name} is back.`);
  return row;
}

/** Lets a click on a part of a row open the menu of its value. */
function filterBy(element, name, value) {
  if (!value) return;
  element.dataset.filter = name;
  element.dataset.value = value;
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
