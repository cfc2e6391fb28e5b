// The strip at the bottom: the handlers' states, read every few seconds, and the state of the view's connection.

import { get, Problem } from './api.js';
import { announce } from './announce.js';
import { el } from './dom.js';
import { goneInstances, instances, readInstances, setInstances } from './instances.js';
import { logs } from './address.js';
import { onPref, pref } from './prefs.js';
import { awaySince, onServer, serverNow } from './server.js';
import { alertsItem, droppedOf, handlerItem, instancesItem, manyBehind, pendingItem, proofItem, sourceItem } from './strip-items.js';
import { count, dayAndTime, duration } from './time.js';

const every = 3000;
// An instance is seen every 10 seconds, so they are read less often: once in this many turns.
const instancesEvery = 3;
// An answer that takes longer is none.
const patience = 5000;
const texts = { connecting: 'Connecting …', live: 'Live', ended: 'Ended', refused: 'Refused', idle: 'Connected', held: 'Held',
  away: 'Disconnected' };
let timer;
let turn = 0;
let shown = { kind: 'idle' };
let handlers;
let held;
let caughtUp = () => '';

onServer(() => {
  if (timer === undefined) return;
  drawHandlers();
  draw();
});
onPref('zone', draw);
onPref('proof', () => timer !== undefined && drawHandlers());

/** Starts reading the handlers' states, until stopped. */
export function startStrip() {
  stopStrip();
  turn = 0;
  read();
}

/** Reads them at once. */
export function readNow() {
  if (timer !== undefined) startReading();
}

export function stopStrip() {
  clearTimeout(timer);
  timer = undefined;
  handlers = undefined;
  setInstances([]);
  document.getElementById('handlers').replaceChildren();
  document.getElementById('health').hidden = true;
  showConnection({ kind: 'idle' });
}

/** Shows the state of the view's stream, or idle for a view without one. */
export function showConnection(connection) {
  const isLost = connection.kind === 'away' && shown.kind !== 'away';
  if (isLost) announce('The connection is lost. The page reconnects automatically.');
  // The message about missed lines stays as long as the same stream.
  if (connection.kind === 'connecting' || connection.kind === 'idle') caughtUp = () => '';
  if (connection.kind === 'idle') held = undefined;
  shown = connection;
  draw();
  if (isLost) readNow();
}

/** Shows which time the user looks at, where the list is held there; nothing where it follows. */
export function showHeld(hold, time) {
  held = hold === null ? undefined : { hold, time };
  draw();
}

/** Shows what was logged while the stream was disconnected. */
export function showCaughtUp({ lines, ms, isGap }) {
  const missed = isGap ? 'some of what was logged meanwhile was deleted' : lines === 0 ? 'nothing was missed' : `${count(lines)} missed line${lines === 1 ? '' : 's'} read`;
  const at = serverNow();
  caughtUp = () => `Live again since ${dayAndTime(at)}, after ${duration(ms)}: ${missed}`;
  announce(caughtUp());
  draw();
}

function draw() {
  const [dot, text] = document.getElementById('connection').children;
  const kind = awaySince() !== undefined && shown.kind === 'idle' ? 'away' : shown.kind;
  const isHeld = held && (kind === 'live' || kind === 'ended');
  const message = kind === 'away'
    ? `Disconnected; reconnecting${shown.wait ? ` in ${duration(shown.wait)}` : ' …'}`
    : isHeld ? `${held.hold === 'pause' ? 'Paused' : 'Held'}${held.time ? ` at ${dayAndTime(held.time)}` : ''}`
      : kind === 'live' && caughtUp() ? caughtUp() : texts[kind];
  dot.className = `dot ${isHeld ? 'held' : kind === 'idle' ? 'live' : kind === 'refused' ? 'failing' : kind}`;
  text.textContent = message;
  text.parentElement.title = message;
  document.getElementById('connection').dataset.kind = kind;
}

function startReading() {
  clearTimeout(timer);
  read();
}

async function read() {
  const own = timer = setTimeout(() => {});
  // Not after the strip was stopped or started again.
  try {
    if (!document.hidden) {
      const signal = AbortSignal.timeout(patience);
      if (turn++ % instancesEvery === 0) readInstances(signal);
      const answer = await get(logs('handlers'), {}, signal);
      if (timer !== own) return;
      handlers = answer;
    }
  } catch (error) {
    // The strip shows the last states as unknown while the server does not answer.
    if (error instanceof Problem && timer === own) handlers = undefined;
  }

  if (timer !== own) return;
  if (!document.hidden) drawHandlers();
  draw();
  timer = setTimeout(read, every);
}

/** Says at the top whether all is well, and otherwise what is not. A click shows where. */
function drawHealth() {
  const button = document.getElementById('health');
  const [trouble] = handlers ? troublesNow() : [];
  button.hidden = handlers === undefined && awaySince() === undefined;
  const state = awaySince() !== undefined ? 'unknown' : trouble ? trouble.state : 'running';
  const text = awaySince() !== undefined ? 'No answer' : trouble?.text ?? wellText();
  button.ariaLabel = text;
  button.replaceChildren(el('span', { class: `dot ${state}` }), el('span', { text }));
  button.onclick = () => document.querySelector(`#handlers button[name="${CSS.escape(trouble?.name ?? 'System')}"]`)?.click();
}

/** All is well, and with whom, where there are several. */
function wellText() {
  const running = instances().filter(instance => instance.state === 'running').length;
  return running > 1 ? `All is well · ${count(running)} instances` : 'All is well';
}

/** What is not well, the worst first. */
function troublesNow() {
  const found = handlers.items.flatMap(handler => {
    const { name, state, behind, database_error: error } = handler;
    const dropped = droppedOf(handler);
    return [state === 'failing' && { name, state: 'failing', text: `${name} cannot be written` },
      error && { name, state: 'failing', text: `${name} does not reach the database` },
      dropped > 0 && { name, state: 'waiting', text: `${name} dropped ${count(dropped)}` },
      behind >= manyBehind && { name, state: 'waiting', text: `${name} is ${count(behind)} behind` }].filter(trouble => trouble);
  });
  const gone = goneInstances();
  if (gone.length) found.unshift({ name: 'Instances', state: 'failing',
    text: gone.length > 1 ? `${count(gone.length)} instances are gone` : `${gone[0].instance} is gone` });
  const { error: undelivered } = handlers.alerts ?? {};
  if (undelivered) found.push({ name: 'Alerts', state: 'waiting', text: 'Alerts are not delivered' });
  const proof = lastProof();
  if (['broken', 'truncated'].includes(proof?.status))
    found.unshift({ name: 'Proof', state: 'failing', text: `The audit log is ${proof.status}` });
  return found.sort((one, other) => (one.state === 'failing' ? 0 : 1) - (other.state === 'failing' ? 0 : 1));
}

function drawHandlers() {
  drawHealth();
  const list = document.getElementById('handlers');
  const { items: known = [], pending = [], sources = [] } = handlers ?? {};
  const items = [...known.map(handlerItem), ...sources.map(sourceItem)];
  if (handlers && (instances().length > 1 || goneInstances().length)) items.push(instancesItem());
  if (pending.length) items.push(pendingItem(pending));
  if (handlers && lastProof()) items.push(proofItem(lastProof()));
  if (handlers?.alerts) items.push(alertsItem(handlers.alerts));
  items.forEach((made, at) => {
    const button = list.children[at]?.firstChild;
    if (!button || button.name !== made.firstChild.name) return list.children[at]?.replaceWith(made) ?? list.append(made);
    // Keep the button itself, because it may have the focus.
    button.replaceChildren(...made.firstChild.childNodes);
    button.title = made.firstChild.title;
    return button.about = made.firstChild.about;
  });
  while (list.children.length > items.length) list.lastChild.remove();
}

/** The newest proof of the audit log: by the server itself, or the one that this browser asked for. */
function lastProof() {
  const kept = pref('proof');
  // One of another log says nothing: the server may have been started again with another directory.
  const own = kept?.journal === handlers?.audit_journal ? kept : null;
  const proof = handlers?.proof;
  if (!proof || (own && Date.parse(own.at) > Date.parse(proof.at))) return own;
  const text = proof.reason ?? `Everything up to line ${count(proof.through_seq ?? 0)} is as it was written.`;
  return { status: proof.status, at: proof.at, text };
}
