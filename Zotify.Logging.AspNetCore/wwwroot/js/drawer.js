// The panel at the side that shows one item in full. It is not a dialog: the page behind it stays usable.

import { announce } from './announce.js';
import { copyText } from './clipboard.js';
import { el } from './dom.js';
import { pref, setPref } from './prefs.js';

const narrowest = 280;
const step = 40;
let open;

/** Shows content under a title. `onClose` is called when the user closes it. */
export function showDrawer(title, content, onClose = () => {}) {
  const hadFocus = open?.element.contains(document.activeElement);
  const before = open?.before ?? document.activeElement;
  const top = open?.element.querySelector('.drawer-content').scrollTop;
  closeDrawer({ silently: true });
  const close = el('button',
    { type: 'button', class: 'quiet', 'aria-label': 'Close', title: 'esc', text: '✕', on: { click: () => closeDrawer() } });
  const element = el('aside', { class: 'drawer', 'aria-label': 'Details', tabindex: -1 }, handle(),
    el('header', {}, el('h2', {}, title), close),
    el('div', { class: 'drawer-content', tabindex: 0, role: 'group', 'aria-label': 'Content' }, ...content));
  (document.querySelector('main .body') ?? document.querySelector('main')).append(element);
  // A narrow window has a narrower panel; the width that was chosen is kept for a wider one.
  resize(pref('panel'));
  open = { element, onClose, before };
  if (top) element.querySelector('.drawer-content').scrollTop = top;
  if (hadFocus) close.focus();
  announce(`Details: ${element.querySelector('h2').textContent}`);
  return element;
}

/** Whether it is open. */
export const isDrawerOpen = () => open !== undefined;

/** Moves the focus into it, or from it back to where it was. Returns whether it is open. */
export function switchFocus() {
  if (!open) return false;
  if (!open.element.contains(document.activeElement)) {
    open.before = document.activeElement;
    open.element.querySelector('.drawer-content').focus();
  } else {
    document.activeElement.blur();
    if (open.before?.isConnected) open.before.focus();
  }

  return true;
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
  return el('dl', { class: 'facts' }, pairs.filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
    .map(([name, value]) => [el('dt', { text: name }), value instanceof Node ? el('dd', {}, value) : el('dd', { text: value })]));
}

/** A button that copies a text. */
export function copyButton(label, text) {
  const button = el('button', { type: 'button', text: label });
  button.addEventListener('click', async () => {
    button.textContent = await copyText(text) ? 'Copied' : 'Not copied';
  });
  return button;
}

/** A link that looks like a button. */
export const linkButton = (text, href) => el('a', { class: 'button', href, text });

/** The edge of the panel, by which it is made wider and narrower. */
function handle() {
  const element = el('div', { class: 'handle', role: 'separator', tabindex: 0, 'aria-orientation': 'vertical',
    'aria-label': 'Width of the details: arrow keys', 'aria-valuemin': narrowest, 'aria-valuemax': 1200 });
  element.addEventListener('pointerdown', event => {
    element.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  element.addEventListener('pointermove', event => element.hasPointerCapture(event.pointerId) && choose(innerWidth - event.clientX));
  element.addEventListener('keydown', event => {
    const by = { ArrowLeft: step, ArrowRight: -step }[event.key];
    if (!by) return;
    choose(element.parentElement.offsetWidth + by);
    event.preventDefault();
  });
  return element;
}

/** Makes it as wide as the user wants, and keeps that. */
const choose = width => setPref('panel', resize(width));

/** Returns the width that fits. */
function resize(width) {
  const fitting = Math.round(Math.max(narrowest, Math.min(width, innerWidth * 0.7)));
  document.documentElement.style.setProperty('--panel', `${fitting}px`);
  document.querySelector('.handle')?.setAttribute('aria-valuenow', fitting);
  return fitting;
}
