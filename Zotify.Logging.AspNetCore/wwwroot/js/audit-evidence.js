// The first bad line of the audit log beside the database's copy, field by field: the file's and the database's truth.

import { parse, stringify } from './digits.js';
import { facts, linkButton, showDrawer } from './drawer.js';
import { el } from './dom.js';
import { write } from './text.js';
import { count } from './time.js';

// What only one of them has.
const ofOne = ['journal', 'row_id'];

/** Shows them in the panel. */
export function showEvidence({ seq, line, row }, { file, reason }) {
  const written = fieldsOf(line);
  const names = [...new Set([...Object.keys(written ?? {}), ...Object.keys(row ?? {})])]
    .filter(name => !ofOne.includes(name) && (has(written?.[name]) || has(row?.[name])));
  const differing = names.filter(name => differs(name, written, row));
  return showDrawer(`Line ${count(seq)}`, [
    reason && el('p', { text: reason }),
    facts([['File', file && write(el('span', { class: 'mono' }), file)]]),
    el('table', { class: 'changed' },
      el('caption', { class: 'sr-only', text: 'The line in the file and the row in the database' }),
      el('thead', {}, el('tr', {}, ...['Field', 'In the file', 'In the database'].map(text => el('th', { scope: 'col', text })))),
      el('tbody', {}, [...differing, ...names.filter(name => !differing.includes(name))].map(name => pair(name, written, row, differing)))),
    line === null && el('p', { text: 'No line of the files has this number.' }),
    row === null && el('p', { text: 'The database has no row of this number.' }),
    row && el('p', { class: 'actions' }, linkButton('The event in the log', `audit?id=${row.id}`)),
    line !== null && el('h3', { text: 'The line as it is in the file' }),
    line !== null && write(el('pre', { tabindex: 0 }), line),
  ].filter(part => part));
}

function pair(name, written, row, differing) {
  const cell = (tag, value) => el('td', {}, write(el(differing.includes(name) ? tag : 'span'), shown(value)));
  return el('tr', {}, write(el('th', { scope: 'row' }), name), cell('del', written?.[name]), cell('ins', row?.[name]));
}

function fieldsOf(line) {
  try {
    return line === null ? null : parse(line);
  } catch {
    return null;
  }
}

/** The tables leave out what is empty, and may write a time with other digits. */
function differs(name, written, row) {
  if (!written || !row) return false;
  const [one, other] = [written[name], row[name]];
  if (name === 'timestamp') return Date.parse(one) !== Date.parse(other);
  return (has(one) || has(other)) && stringify(one ?? null) !== stringify(other ?? null);
}

const has = value => value !== undefined && value !== null;
const shown = value => !has(value) ? '–' : typeof value === 'string' ? value : stringify(value);
