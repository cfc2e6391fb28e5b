// The processes that write logs, and when each was seen last.

import { get, Problem } from './api.js';
import { el } from './dom.js';
import { showCard } from './handler-card.js';
import { logs } from './address.js';
import { serverNow } from './server.js';
import { write } from './text.js';
import { count, dayAndTime, duration, timeOf } from './time.js';

// Who has been gone for longer is no news any more, in milliseconds.
const news = 86_400_000;
const dots = { running: 'running', gone: 'failing' };
const changes = new EventTarget();
let known = [];

/** All of them. */
export const instances = () => known;

/** Those that were not seen for 30 seconds, and did not stop. */
export const goneInstances = () =>
  known.filter(({ state, seen_at: seenAt }) => state === 'gone' && serverNow() - Date.parse(seenAt) < news);

/** Calls back after each reading. */
export const onInstances = listener => changes.addEventListener('change', listener);

/** Reads them; while the database cannot be read, nothing is known. */
export async function readInstances(signal) {
  try {
    setInstances((await get(logs('instances'), {}, signal)).items);
  } catch (error) {
    if (error instanceof Problem) setInstances([]);
  }
}

/** Sets them, or forgets them where nobody reads them any more. */
export function setInstances(items) {
  known = items;
  changes.dispatchEvent(new Event('change'));
}

/** Shows when each was seen, in a card. */
export function instancesCard(items, button) {
  showCard(button, [el('h2', { text: 'Instances' }), el('ul', { class: 'instances' }, items.map(instance => el('li', {},
    el('span', { class: `dot ${dots[instance.state] ?? ''}` }), write(el('b'), instance.instance), el('span', { class: 'muted' }, about(instance)))))]);
}

function about({ state, seen_at: seenAt, stopped_at: stoppedAt, version, running_jobs: jobs }) {
  const runs = jobs > 0 ? `, ${jobsOf(jobs)} ${state === 'running' ? 'running' : 'stalled'}` : '';
  const release = version ? `, version ${version}` : '';
  if (state === 'stopped') return ['stopped ', timeOf(stoppedAt, dayAndTime), runs, release];
  if (state === 'gone') return ['not seen since ', timeOf(seenAt, dayAndTime), runs, release];
  return [`running, seen ${duration(serverNow() - Date.parse(seenAt))} ago`, runs, release];
}

/** 1 job, 2 jobs. */
export const jobsOf = number => `${count(number)} job${number === 1 ? '' : 's'}`;
