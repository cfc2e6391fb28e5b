// The filters that are in force, each to be taken away by a click.

import { el } from './dom.js';
import { change, params } from './router.js';
import { write } from './text.js';

/** Shows the address's filters of these names (names to labels); a name that ends with a dot stands for all that begin so. */
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
