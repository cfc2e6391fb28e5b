// Views that this browser keeps: a name and an address each. The address has every filter, so that it can be sent to others as well.

import { el } from './dom.js';
import { root } from './address.js';
import { showCard } from './handler-card.js';
import { pref, setPref } from './prefs.js';
import { write } from './text.js';

const mostViews = 50;

/** Opens the list at a button. */
export function showViews(button) {
  const saved = pref('views');
  const label = 'Name of this view';
  const name = el('input', { 'aria-label': label, placeholder: label, required: true, autocomplete: 'off' });
  const save = el('form', { class: 'actions', on: { submit: event => {
    event.preventDefault();
    const kept = saved.filter(view => view.name !== name.value.trim());
    setPref('views', [...kept, { name: name.value.trim(), address: addressNow() }].slice(-mostViews));
    showViews(button);
  } } }, name, el('button', { type: 'submit', text: 'Save' }));
  showCard(button, [
    el('h2', { text: 'Saved views' }),
    saved.length === 0 && el('p', { class: 'muted', 
      text: 'None yet. A view keeps the log and all filters. Only this browser has the list.' }),
    el('ul', { class: 'views' }, saved.map(view => el('li', {},
      write(el('a', { href: view.address, on: { click: () => document.getElementById('card').hidePopover() } }), view.name),
      el('button', { type: 'button', class: 'quiet', text: '×', 'aria-label': `Remove the view ${view.name}`, on: { click: () => {
        setPref('views', saved.filter(other => other !== view));
        showViews(button);
      } } })))),
    save].filter(part => part));
  name.focus();
}

/** The address below the page, without what belongs to one moment. */
function addressNow() {
  const { pathname, search } = location;
  const kept = new URLSearchParams(search);
  for (const passing of ['cursor', 'at', 'id', 'line']) kept.delete(passing);
  const text = kept.toString();
  return `./${pathname.slice(root.length)}${text && `?${text}`}`;
}
