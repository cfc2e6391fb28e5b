// What can be done with a value of a log: show only items that have it, exclude them, or copy it.

import { copyText } from './clipboard.js';
import { el } from './dom.js';
import { phrase } from './filters.js';
import { change, params } from './router.js';
import { write } from './text.js';

let filters;

/** Says which filters the view has; a value of any other name becomes a term of the search. */
export function useFilters(viewFilters) {
  filters = viewFilters;
}

/** A button that shows a value, or an element for it, and opens its menu. */
export function valueButton(name, value, shown = undefined) {
  const button = el('button', { type: 'button', class: 'value', 'aria-haspopup': 'menu', title: 'Filter by this value',
    on: { click: event => (event.stopPropagation(), openMenu(event.currentTarget, name, String(value))) } });
  if (shown instanceof Node) button.append(shown);
  else write(button, shown ?? String(value));
  return button;
}

/** Opens the menu of a value at an element. */
export function openMenu(anchor, name, value) {
  const menu = document.getElementById('menu');
  const act = run => () => {
    menu.hidePopover();
    run();
  };
  const isKnown = name && filters?.has(name);
  const only = isKnown ? () => filters.only(name, value) : () => addTerm(phrase(value));
  const not = isKnown ? () => filters.not(name, value) : () => addTerm(`-${phrase(value)}`);
  const copy = () => copyText(value);
  menu.replaceChildren(
    write(el('p', { class: 'muted' }), value),
    item(name === 'level' ? `${value} and above` : 'Only this', act(only)), item('Not this', act(not)), item('Copy', act(copy)));
  menu.showPopover();
  const { left, bottom, top } = anchor.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${bottom + menu.offsetHeight + 8 > innerHeight ? top - menu.offsetHeight - 2 : bottom + 2}px`;
  menu.querySelector('button').focus();
  const back = anchor.matches('button') ? anchor : undefined;
  menu.addEventListener('beforetoggle', event => {
    if (event.newState === 'closed' && menu.contains(document.activeElement)) back?.focus();
  }, { once: true });
}

/** Lets a click on a marked part of a row open the menu of its value. */
export function bindValues(root) {
  root.addEventListener('click', event => {
    const part = event.target.closest('[data-filter]');
    if (!part || event.shiftKey || String(getSelection())) return;
    event.stopPropagation();
    openMenu(part, part.dataset.filter, part.dataset.value);
  }, { capture: true });
}

/** Lets the arrow keys move through the menu. */
export function bindMenu() {
  document.getElementById('menu').addEventListener('keydown', event => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    const items = [...event.currentTarget.querySelectorAll('button')];
    items.at((items.indexOf(document.activeElement) + by) % items.length).focus();
    event.preventDefault();
    event.stopPropagation();
  });
}

const item = (text, run) => el('button', { type: 'button', role: 'menuitem', text, on: { click: run } });

function addTerm(term) {
  change({ q: [params().get('q'), term].filter(part => part).join(' '), cursor: null, at: null, line: null });
}
