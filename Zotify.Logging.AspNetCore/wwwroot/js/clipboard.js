// Copies a text. The browser's own clipboard is there over HTTPS and on the machine itself only; elsewhere a field that nobody sees is
// selected and copied.

import { announce } from './announce.js';
import { el } from './dom.js';

/** Copies a text and announces whether it could. Returns that, too. */
export async function copyText(text) {
  const isCopied = await writeText(text) || copyField(text);
  announce(isCopied ? 'Copied.' : 'This browser does not let the page copy.');
  return isCopied;
}

async function writeText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function copyField(text) {
  const before = document.activeElement;
  const field = el('textarea', { class: 'sr-only', 'aria-hidden': 'true', readonly: true });
  field.value = text;
  document.body.append(field);
  field.focus({ preventScroll: true });
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  before?.focus({ preventScroll: true });
  return isCopied;
}
