// A form of filters whose fields are parameters of the address.

import { change, isHistoryStep, params } from './router.js';

const typing = 250;

/** Binds the fields with these names. Typed text changes the address after a moment, a choice at once. */
export function bindFilters(form, names, signal) {
  let timer;
  const apply = (field, options) => {
    clearTimeout(timer);
    change({ [field.name]: field.value.trim() || null, cursor: null, at: null, line: null }, options);
  };
  // What was typed before a step back is not a change after it.
  addEventListener('popstate', () => clearTimeout(timer), { signal });
  // Nor is it a filter of another view.
  signal?.addEventListener('abort', () => clearTimeout(timer));
  form.addEventListener('submit', event => event.preventDefault());
  for (const name of names) {
    const field = form.elements[name];
    field.addEventListener('change', () => apply(field));
    if (field.type !== 'search') continue;
    field.addEventListener('input', () => {
      clearTimeout(timer);
      // Only the first letter of a search adds an entry to the browser's history.
      timer = setTimeout(() => apply(field, { replace: params().has(name) }), typing);
    });
  }
}

/** Shows the address's values in the fields, except in the one that is being typed into. */
export function showFilters(form, names) {
  for (const name of names) {
    const field = form.elements[name];
    if (field !== document.activeElement || field.tagName === 'SELECT' || isHistoryStep()) field.value = params().get(name) ?? '';
  }
}
