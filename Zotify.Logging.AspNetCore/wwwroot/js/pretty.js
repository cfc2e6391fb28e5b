// Lays a text of a log out for reading: over lines, SQL by its clauses, and JSON as a tree.

import { parse } from './digits.js';
import { el } from './dom.js';
import { jsonTree } from './json-tree.js';
import { write } from './text.js';

const sqlBegin = /^\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH)\b/i;
const words = ['FROM', 'WHERE', 'GROUP BY', 'HAVING', 'ORDER BY', 'LIMIT', 'OFFSET', 'FETCH NEXT', 'UNION(?: ALL)?', 'VALUES', 'SET',
  'RETURNING', '(?:LEFT |RIGHT |INNER |CROSS |OUTER )*JOIN', 'ON CONFLICT'];
const clauses = new RegExp(`\\s+(${words.join('|')})\\b`, 'gi');
const long = 60;
const windowsPath = /\b[A-Za-z]:\\/;

/** A text over lines, and the JSON in it. `isEscaped`: the system log has the ends of lines in a message as `\n`. */
export function laidOut(text, { isEscaped = false } = {}) {
  const whole = isEscaped && !windowsPath.test(text) ? text.replaceAll(/\\r\\n|\\n/g, '\n').replaceAll('\\t', '\t') : text;
  const json = jsonIn(whole);
  return [write(el('div', { class: 'whole-message', tabindex: 0, role: 'group', 'aria-label': 'Message' }), byClauses(whole)),
    json && el('h3', { text: 'JSON in the message' }), json && jsonTree(json)];
}

/** SQL of one line, with each clause on a line of its own. Texts in quotes stay as they are. */
export function byClauses(text) {
  if (!sqlBegin.test(text) || text.length < long || text.trim().includes('\n')) return text;
  return text.split(/('(?:[^']|'')*'|"(?:[^"]|"")*")/).map((part, at) => at % 2 ? part : part.replace(clauses, '\n$1')).join('');
}

function jsonIn(text) {
  const from = text.search(/[{[]/);
  if (from < 0 || !/[}\]]\s*$/.test(text)) return undefined;
  try {
    const value = parse(text.slice(from));
    return typeof value === 'object' && Object.keys(value).length > 0 ? value : undefined;
  } catch {
    return undefined;
  }
}
