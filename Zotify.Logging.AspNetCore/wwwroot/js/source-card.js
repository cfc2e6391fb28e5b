// The state of the application whose directory this program reads.

import { el } from './dom.js';
import { facts } from './drawer.js';
import { showCard } from './handler-card.js';
import { write } from './text.js';
import { count, timeOf } from './time.js';

const unknown = 'unknown';
const known = number => number === null ? unknown : count(number);

export function sourceCard({ writer, system_written_at: writtenAt, journals }, button) {
  showCard(button, [
    write(el('h2'), writer ?? 'No application has started yet'),
    facts([['System log', writtenAt ? timeOf(writtenAt) : unknown], ...journals.flatMap(journal => [
      [journal.name, `${known(journal.last_seq)} lines, ${known(journal.behind)} not in the database yet`],
      ['', journal.error && write(el('span'), journal.error)],
    ])]),
  ]);
}
