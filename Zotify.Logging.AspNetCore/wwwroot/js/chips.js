// The active filters. A click removes one.

import { el } from './dom.js';
import { change, params } from './router.js';
import { write } from './text.js';

/** Shows the address's filters with these names (names to labels). A name that ends with a dot matches all names with that prefix. */
export function drawChips(root, labels) {
  const chips = [];
  for (const [name, value] of params()) {
    const label = labels[name] ?? (name.startsWith('details.') && labels['details.'] ? name : undefined);
    if (label === undefined) continue;
    const others = params().getAll(name).filter(one => one !== value);
    chips.push(el('button', {
      type: 'button', class: 'chip', 'aria-label': `${label} ${value}: remove this filter`,
      on: { click: () => change({ [name]: others, cursor: null }) },
    }, el('b', { text: label }), ' ', write(el('span'), value)));
  }

  root.replaceChildren(...chips);
}
