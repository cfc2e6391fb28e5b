// The strip at the bottom: the handlers' states, read every few seconds, and the state of the view's connection.

import { get, Problem } from './api.js';
import { announce } from './announce.js';
import { el } from './dom.js';
import { handlerCard, showCard } from './handler-card.js';
import { logs } from './address.js';
import { sourceCard } from './source-card.js';
import { write } from './text.js';
import { clock, count, duration } from './time.js';

const every = 3000;
// Normally, fewer records than this are on their way to the database.
const manyBehind = 1000;
const texts = { connecting: 'Connecting …', live: 'Live', ended: 'Ended', refused: 'Refused', idle: 'Connected', held: 'Held',
  away: 'Disconnected' };
let timer;
let shown = { kind: 'idle' };
let caughtUp = '';
let isServerAway = false;

/** Starts reading the handlers' states, until stopped. */
export function startStrip() {
  stopStrip();
  read();
}

export function stopStrip() {
  clearTimeout(timer);
  timer = undefined;
  document.getElementById('handlers').replaceChildren();
  showConnection({ kind: 'idle' });
}

/** Shows the state of the view's stream, or idle for a view without one. */
export function showConnection(connection) {
  if (connection.kind === 'away' && shown.kind !== 'away') announce('The connection is lost. The page reconnects automatically.');
  // The message about missed lines stays as long as the same stream.
  if (connection.kind === 'connecting' || connection.kind === 'idle') caughtUp = '';
  shown = connection;
  draw();
}

/** Shows what was logged while the stream was disconnected. */
export function showCaughtUp({ lines, ms }) {
  const missed = lines === 0 ? 'nothing was missed' : `${count(lines)} missed line${lines === 1 ? '' : 's'} read`;
  caughtUp = `Live again since ${clock(new Date().toISOString()).slice(0, 8)}, after ${duration(ms)}: ${missed}`;
  announce(caughtUp);
  draw();
}

function draw() {
  const [dot, text] = document.getElementById('connection').children;
  const kind = isServerAway && shown.kind === 'idle' ? 'away' : shown.kind;
  const message = kind === 'away'
    ? `Disconnected; reconnecting${shown.wait ? ` in ${duration(shown.wait)}` : ' …'}`
    : kind === 'live' && caughtUp ? caughtUp : texts[kind];
  dot.className = `dot ${kind === 'idle' ? 'live' : kind === 'refused' ? 'failing' : kind}`;
  text.textContent = message;
  text.parentElement.title = message;
  document.getElementById('connection').dataset.kind = kind;
}

async function read() {
  const own = timer = setTimeout(() => {});
  // Not after the strip was stopped or started again.
  try {
    if (!document.hidden) {
      const { items, pending, sources } = await get(logs('handlers'));
      if (timer !== own) return;
      drawHandlers(items, sources ?? [], pending);
    }

    isServerAway = false;
  } catch (error) {
    isServerAway = !(error instanceof Problem);
  }

  if (timer !== own) return;
  draw();
  timer = setTimeout(read, every);
}

function drawHandlers(handlers, sources, pending) {
  const list = document.getElementById('handlers');
  const items = [...handlers.map(handlerItem), ...sources.map(sourceItem)];
  if (pending.length) items.push(pendingItem(pending));
  items.forEach((made, at) => {
    const button = list.children[at]?.firstChild;
    if (!button || button.name !== made.firstChild.name) return list.children[at]?.replaceWith(made) ?? list.append(made);
    // Keep the button itself, because it may have the focus.
    button.replaceChildren(...made.firstChild.childNodes);
    return button.about = made.firstChild.about;
  });
  while (list.children.length > items.length) list.lastChild.remove();
}

function handlerItem(handler) {
  const dropped = Object.values(handler.dropped).reduce((sum, some) => sum + some, 0) - handler.dropped.feedback;
  return item(handler.name, handler.state, handlerCard, handler, [
    el('span', { class: 'detail number', text: `queue ${count(handler.queue.length)}` }),
    (handler.behind >= manyBehind || handler.database_error) && behindDetail(handler.behind),
    dropped > 0 && el('span', { class: 'detail warn number', text: `dropped ${count(dropped)}` }),
  ]);
}

function sourceItem(source, at) {
  const behind = source.journals.reduce((sum, journal) => sum + (journal.behind ?? 0), 0);
  const isFailing = source.journals.some(journal => journal.error);
  return item(`Source ${at + 1}`, isFailing ? 'failing' : 'running', sourceCard, source, [behind >= manyBehind && behindDetail(behind)]);
}

function behindDetail(records) {
  return el('span', { class: 'detail warn number', text: `behind ${count(records)}` });
}

function pendingItem(keys) {
  const card = (names, button) => showCard(button, [el('h2', { text: 'Changed settings that wait for the next start' }),
    el('ul', { class: 'mono' }, names.map(name => write(el('li'), name)))]);
  return item(`${count(keys.length)} pending restart`, 'waiting', card, keys, []);
}

function item(name, state, open, about, details) {
  const button = el('button', { type: 'button', name, title: `${name}: ${state}`, on: { click: () => open(button.about, button) } },
    el('span', { class: `dot ${state}` }), el('b', { text: name }), el('span', { class: 'sr-only', text: `${state},` }), details);
  button.about = about;
  return el('li', {}, button);
}
