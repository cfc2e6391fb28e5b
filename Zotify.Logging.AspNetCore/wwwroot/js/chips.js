// The active filters. A click removes one.

import { el } from './dom.js';
import { change, params } from './router.js';
import { write } from './text.js';

/** Shows the address's filters that have a label. */
export function drawChips(root, labelOf) {
  const chips = [];
  for (const [name, value] of params()) {
    const label = labelOf(name);
    if (label === undefined) continue;
    const others = params().getAll(name).filter(one => one !== value);
    chips.push(el('button', {
      type: 'button', class: 'chip', 'aria-label': `${label} ${value}: remove this filter`,
      on: { click: () => change({ [name]: others, cursor: null }) },
    }, el('b', { text: label }), ' ', write(el('span'), value)));
  }

  root.replaceChildren(...chips);
}
