// Copies lines as text with their dates: those of a text selection over several rows, or those from the selected row to one that is
// clicked with Shift.

import { announce } from './announce.js';
import { itemText } from './log-item.js';
import { count } from './time.js';

/** Binds the copying of a list's rows. `list` is a VirtualList, `viewport` its element. */
export function bindCopy(viewport, list, signal) {
  document.addEventListener('copy', event => {
    if (event.target.matches?.('input, textarea')) return;
    const items = selectedItems(viewport, list);
    if (items.length === 0) return;
    event.clipboardData.setData('text/plain', items.map(itemText).join('\n'));
    event.preventDefault();
    announce(`${count(items.length)} line${items.length === 1 ? '' : 's'} copied.`);
  }, { signal });
}

function selectedItems(viewport, list) {
  const selection = getSelection();
  if (selection.isCollapsed) return viewport.contains(document.activeElement) || list.range.length > 1 ? list.range : [];
  const rows = [...viewport.querySelectorAll('.row')].filter(row => selection.containsNode(row, true));
  // A part of one row is copied as it is.
  return rows.length > 1 ? rows.map(row => list.itemOf(row)).filter(item => item) : [];
}
