// The keys of the page. A view defines what move, open, follow, pause and close do in it.

import { switchFocus } from './drawer.js';
import { pref } from './prefs.js';
import { go } from './router.js';

const sequence = 1200;
const places = { s: './', a: 'audit', j: 'jobs' };
let view = {};
let goAt = -Infinity;

/** The actions of the keys in the current view. */
export function setKeys(keys) {
  view = keys ?? {};
}

/** Starts listening. */
export function listen(showHelp) {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (press(event, showHelp)) event.preventDefault();
  });
}

/** Returns whether the key had an action. */
function press(event, showHelp) {
  const { key, target } = event;
  const isTyping = target.matches('input:not([type="checkbox"]), select, textarea');
  // The browser itself closes a card or a menu, and gives the focus back.
  if (target.closest('[popover]') || (key === 'Escape' && document.querySelector(':popover-open'))) return false;
  if (key === 'Escape') return isTyping ? (target.blur(), true) : view.close?.() ?? false;
  if (isTyping) return false;
  if (key === 'F6') return switchFocus();
  const by = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (by && target.closest('.viewport, tbody, .job-list')) return run(view.move, by);
  if (key === 'Enter') return !target.matches('a, button, summary, input') && run(view.open);
  if (!pref('keys')) return false;
  const isAfterG = event.timeStamp - goAt < sequence;
  goAt = key === 'g' ? event.timeStamp : -Infinity;
  if (isAfterG && places[key]) return go(places[key]), true;
  switch (key) {
    case '/': return search();
    case '?': return showHelp(), true;
    case 'j': return run(view.move, 1);
    case 'k': return run(view.move, -1);
    case 'f': return run(view.follow);
    // On a button, the space bar presses it.
    case ' ': return !target.matches('button, summary, input') && run(view.pause);
    default: return false;
  }
}

function run(action, argument) {
  action?.(argument);
  return action !== undefined;
}

function search() {
  const field = document.querySelector('main input[type="search"]');
  field?.focus();
  field?.select();
  return field !== null;
}
