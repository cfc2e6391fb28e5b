// The items of the strip: a button with a dot for each handler, source and watch, which opens its card.

import { showBadLine } from './audit-proof.js';
import { el } from './dom.js';
import { handlerCard, showCard } from './handler-card.js';
import { goneInstances, instances, instancesCard } from './instances.js';
import { awaySince, serverNow } from './server.js';
import { sourceCard } from './source-card.js';
import { write } from './text.js';
import { count, dayAndTime, duration, timeOf } from './time.js';

// Normally, fewer records than this are on their way to the database.
export const manyBehind = 1000;
// An application that wrote nothing for this long may be gone, in milliseconds.
const longSilence = 30_000;

export function handlerItem(handler) {
  const dropped = droppedOf(handler);
  const state = handler.database_error && handler.state === 'running' ? 'waiting' : handler.state;
  return item(handler.name, state, handlerCard, handler, [
    el('span', { class: 'detail number', text: `queue ${count(handler.queue.length)}` }),
    (handler.behind >= manyBehind || handler.database_error) && behindDetail(handler.behind),
    dropped > 0 && el('span', { class: 'detail warn number', text: `dropped ${count(dropped)}` }),
  ]);
}

export const droppedOf = ({ dropped }) => Object.values(dropped).reduce((sum, some) => sum + some, 0) - dropped.feedback;

/** Which instances were seen, where there are several. */
export function instancesItem() {
  const [running, gone] = ['running', 'gone'].map(state => instances().filter(instance => instance.state === state).length);
  return item('Instances', goneInstances().length ? 'failing' : 'running', instancesCard, instances(),
    [el('span', { class: `detail number ${goneInstances().length ? 'warn' : ''}`, text: `${count(running)} of ${count(running + gone)} seen` })]);
}

/** The delivery of alerts. */
export function alertsItem(alerts) {
  const card = (about, button) => showCard(button, [el('h2', { text: 'Alerts' }),
    el('p', { text: `${count(about.sent)} delivered and ${count(about.failed)} given up since the start; ${count(about.pending)} wait.` }),
    about.error && write(el('p', { class: 'mono' }), about.error)]);
  return item('Alerts', alerts.error ? 'waiting' : 'running', card, alerts,
    [alerts.pending > 0 && el('span', { class: 'detail number', text: `${count(alerts.pending)} wait` })]);
}

/** The last proof of the audit log. */
export function proofItem({ status, at, text }) {
  const show = () => {
    document.getElementById('card').hidePopover();
    showBadLine();
  };
  const card = (_, button) => showCard(button, [el('h2', { text: 'Last proof of the audit log' }), el('p', { text }),
    el('p', {}, 'Checked at ', timeOf(at), '. ', el('a', { href: 'audit', text: 'Audit log' })),
    ['broken', 'truncated'].includes(status)
      && el('p', { class: 'actions' }, el('button', { type: 'button', text: 'Verify now and show the line', on: { click: show } }))]
    .filter(part => part));
  const state = { valid: 'running', unknown: 'waiting' }[status] ?? 'failing';
  return item('Proof', state, card, null, [el('span', { class: 'detail' }, `${status} `, timeOf(at, dayAndTime))]);
}

/** Files and database do not tell whether the application runs, but when it wrote the last time. */
export function sourceItem(source, at) {
  const behind = source.journals.reduce((sum, journal) => sum + (journal.behind ?? 0), 0);
  const writtenAt = [source.system_written_at, ...source.journals.map(journal => journal.written_at)]
    .filter(time => time).map(time => Date.parse(time));
  const silence = writtenAt.length ? serverNow() - Math.max(...writtenAt) : Infinity;
  const isSilent = silence > longSilence;
  const isFailing = source.journals.some(journal => journal.error);
  return item(`Source ${at + 1}`, isFailing ? 'failing' : isSilent ? 'silent' : 'running', sourceCard, source, [
    isSilent && el('span', { class: 'detail warn number',
      text: silence === Infinity ? 'wrote nothing yet' : `wrote nothing for ${duration(silence)}` }),
    behind >= manyBehind && behindDetail(behind)]);
}

function behindDetail(records) {
  return el('span', { class: 'detail warn number', text: `behind ${count(records)}` });
}

export function pendingItem(keys) {
  const card = (names, button) => showCard(button, [el('h2', { text: 'Changed settings that wait for the next start' }),
    el('ul', { class: 'mono' }, names.map(name => write(el('li'), name)))]);
  return item(`${count(keys.length)} pending restart`, 'waiting', card, keys, []);
}

function item(name, reported, open, about, details) {
  const state = awaySince() === undefined ? reported : 'unknown';
  const title = state === 'unknown' ? `${name}: unknown, the server does not answer` : `${name}: ${state}`;
  const button = el('button', { type: 'button', name, title, on: { click: () => open(button.about, button) } },
    el('span', { class: `dot ${state}` }), el('b', { text: name }), el('span', { class: 'sr-only', text: ` ${state}, ` }), details);
  button.about = about;
  return el('li', {}, button);
}
