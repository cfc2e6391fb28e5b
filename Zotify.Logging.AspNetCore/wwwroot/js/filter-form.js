// A form of filters whose fields are parameters of the address.

import { change, params } from './router.js';

const typing = 250;

/** Binds the fields of these names: what is typed goes to the address after a moment, what is chosen at once. */
export function bindFilters(form, names) {
  let timer;
  const apply = (field, options) => {
    clearTimeout(timer);
    change({ [field.name]: field.value.trim() || null, cursor: null }, options);
  };
  form.addEventListener('submit', event => event.preventDefault());
  for (const name of names) {
    const field = form.elements[name];
    field.addEventListener('change', () => apply(field));
    if (field.type !== 'search') continue;
    field.addEventListener('input', () => {
      clearTimeout(timer);
      // The first letter of a search is a step to go back from, further ones are not.
      timer = setTimeout(() => apply(field, { replace: params().has(name) }), typing);
    });
  }
}

/** Shows in the fields what the address says, but for the one that is being typed in. */
export function showFilters(form, names) {
  for (const name of names) {
    const field = form.elements[name];
    if (field !== document.activeElement || field.tagName === 'SELECT') field.value = params().get(name) ?? '';
  }
}
