// The panel at the side that shows one item in full. It is not a dialog: the page behind it stays usable.

import { el } from './dom.js';

let open;

/** Shows content under a title. `onClose` is called when the user closes it. */
export function showDrawer(title, content, onClose = () => {}) {
  const hadFocus = open?.element.contains(document.activeElement);
  const before = open?.before ?? document.activeElement;
  closeDrawer({ silently: true });
  const close = el('button',
    { type: 'button', class: 'quiet', 'aria-label': 'Close', title: 'esc', text: '✕', on: { click: () => closeDrawer() } });
  const element = el('aside', { class: 'drawer', 'aria-label': 'Details', tabindex: -1 }, el('header', {}, el('h2', {}, title), close),
    el('div', { tabindex: 0, role: 'group', 'aria-label': 'Content' }, ...content));
  document.querySelector('main').append(element);
  open = { element, onClose, before };
  if (hadFocus) close.focus();
  return element;
}

/** Closes it. Returns whether it was open. */
export function closeDrawer({ silently = false } = {}) {
  if (!open) return false;
  const { element, onClose, before } = open;
  open = undefined;
  const hadFocus = element.contains(document.activeElement);
  element.remove();
  if (silently) return true;
  if (hadFocus && before?.isConnected) before.focus();
  onClose();
  return true;
}

/** A list of names and values. Missing values are left out. */
export function facts(pairs) {
  return el('dl', { class: 'facts' }, pairs.filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => [el('dt', { text: name }), value instanceof Node ? el('dd', {}, value) : el('dd', { text: value })]));
}

/** A button that copies a text. */
export function copyButton(label, text) {
  const button = el('button', { type: 'button', text: label });
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  });
  return button;
}
