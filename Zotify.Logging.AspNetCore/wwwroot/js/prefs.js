// The preferences that this browser remembers. Filters are not among them: they are in the address.

const defaults = { zone: 'local', wrap: false, keys: true, panel: 440, views: [], proof: null, signedIn: false };
const changes = new EventTarget();

/** A preference. */
export function pref(name) {
  try {
    return JSON.parse(localStorage.getItem(`zotify.${name}`)) ?? defaults[name];
  } catch {
    return defaults[name];
  }
}

/** Changes a preference. */
export function setPref(name, value) {
  try {
    localStorage.setItem(`zotify.${name}`, JSON.stringify(value));
  } catch {
    // A browser that stores nothing shows the page with its defaults.
  }

  changes.dispatchEvent(new Event(name));
}

/** Calls back on every change, until the signal is aborted. */
export function onPref(name, listener, signal) {
  changes.addEventListener(name, listener, { signal });
}
