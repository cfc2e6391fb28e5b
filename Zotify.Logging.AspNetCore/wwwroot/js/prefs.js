// The preferences that this browser remembers. Filters are not among them: they are in the address.

import { root } from './address.js';

// What belongs to the application: several may have their pages on one host. All else is the user's taste, the same on each page.
const ofApplication = ['views', 'proof', 'signedIn'];
const defaults = { zone: 'local', wrap: false, keys: true, panel: 440, views: [], proof: null, signedIn: false };
const changes = new EventTarget();

const keyOf = name => ofApplication.includes(name) ? `zotify.${root}.${name}` : `zotify.${name}`;

/** A preference. */
export function pref(name) {
  try {
    // Earlier versions kept one list of views for the whole host.
    const earlier = name === 'views' ? localStorage.getItem('zotify.views') : null;
    return JSON.parse(localStorage.getItem(keyOf(name)) ?? earlier) ?? defaults[name];
  } catch {
    return defaults[name];
  }
}

/** Changes a preference. */
export function setPref(name, value) {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    // A browser that stores nothing shows the page with its defaults.
  }

  changes.dispatchEvent(new Event(name));
}

/** Calls back on every change, until the signal is aborted. */
export function onPref(name, listener, signal) {
  changes.addEventListener(name, listener, { signal });
}
