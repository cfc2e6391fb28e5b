// The strip at the bottom: how the handlers are, read every few seconds, and how the view's connection is.

import { get, Problem } from './api.js';
import { announce } from './announce.js';
import { el } from './dom.js';
import { handlerCard } from './handler-card.js';
import { clock, count, duration } from './time.js';

const every = 3000;
// Fewer are on their way at any time.
const manyBehind = 1000;
const texts = { connecting: 'Connecting …', live: 'Live', ended: 'Ended', refused: 'Refused', idle: 'Connected', held: 'Held', away: 'Disconnected' };
let timer;
let shown = { kind: 'idle' };
let caughtUp = '';
let isServerAway = false;

/** Begins to read the handlers' state, until stopped. */
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

/** Shows how the view's stream is: its state, or idle for a view without one. */
export function showConnection(connection) {
  if (connection.kind === 'away' && shown.kind !== 'away') announce('The connection is lost. The page connects again by itself.');
  // What was caught up is news for as long as the same stream lives.
  if (connection.kind === 'connecting' || connection.kind === 'idle') caughtUp = '';
  shown = connection;
  draw();
}

/** Shows what was logged while the stream was away. */
export function showCaughtUp({ lines, ms }) {
  caughtUp = `Live again since ${clock(new Date().toISOString()).slice(0, 8)}: after ${duration(ms)}, ${lines === 0 ? 'nothing was missed' : `${count(lines)} missed line${lines === 1 ? '' : 's'} read`}`;
  announce(caughtUp);
  draw();
}

function draw() {
  const [dot, text] = document.getElementById('connection').children;
  const kind = isServerAway && shown.kind === 'idle' ? 'away' : shown.kind;
  const words = kind === 'away' ? `Disconnected; connecting again${shown.wait ? ` in ${duration(shown.wait)}` : ' …'}` : kind === 'live' && caughtUp ? caughtUp : texts[kind];
  dot.className = `dot ${kind === 'idle' ? 'live' : kind === 'refused' ? 'failing' : kind}`;
  text.textContent = words;
  text.parentElement.title = words;
  document.getElementById('connection').dataset.kind = kind;
}

async function read() {
  const own = timer = setTimeout(() => {});
  // Not after the strip was stopped, or started again.
  try {
    if (!document.hidden) {
      const { items, pending } = await get('/api/logs/handlers');
      if (timer !== own) return;
      drawHandlers(items, pending);
    }

    isServerAway = false;
  } catch (fault) {
    isServerAway = !(fault instanceof Problem);
  }

  if (timer !== own) return;
  draw();
  timer = setTimeout(read, every);
}

function drawHandlers(handlers, pending) {
  const list = document.getElementById('handlers');
  const items = handlers.map(item);
  if (pending.length) items.push(el('li', {}, el('button', { type: 'button', class: 'warn', title: pending.join('\n'), text: `${count(pending.length)} changed settings wait for the next start` })));
  items.forEach((made, at) => {
    const button = list.children[at]?.firstChild;
    if (!button || button.name !== made.firstChild.name) return list.children[at]?.replaceWith(made) ?? list.append(made);
    // The button itself stays: it may have the focus.
    button.replaceChildren(...made.firstChild.childNodes);
    return button.handler = made.firstChild.handler;
  });
  while (list.children.length > items.length) list.lastChild.remove();
}

function item(handler) {
  const dropped = Object.values(handler.dropped).reduce((sum, some) => sum + some, 0) - handler.dropped.own_echo;
  const button = el('button', { type: 'button', name: handler.name, title: `${handler.name}: ${handler.state}`, on: { click: () => handlerCard(button.handler, button) } },
    el('span', { class: `dot ${handler.state}` }),
    el('b', { text: handler.name }),
    el('span', { class: 'sr-only', text: `${handler.state},` }),
    el('span', { class: 'detail number', text: `queue ${count(handler.queue.length)}` }),
    (handler.lag.records >= manyBehind || handler.lag.error) && el('span', { class: 'detail warn number', text: `lag ${count(handler.lag.records)}` }),
    dropped > 0 && el('span', { class: 'detail warn number', text: `dropped ${count(dropped)}` }));
  button.handler = handler;
  return el('li', {}, button);
}
