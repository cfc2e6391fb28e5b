// The line over the view that says that the server does not answer, or that another instance is gone: what is shown is not up to date.

import { announce } from './announce.js';
import { el } from './dom.js';
import { goneInstances, jobsOf, onInstances } from './instances.js';
import { awaySince, onServer } from './server.js';
import { write } from './text.js';
import { dayAndTime, timeOf } from './time.js';

/** What the user has hidden: an instance and when it was seen last. */
const hidden = new Set();
const keyOf = ({ instance, seen_at: seenAt }) => `${instance} ${seenAt}`;

/** Shows it while the server does not answer, and while an instance is gone. `retry()` asks the server at once. */
export function bindBanner(element, retry) {
  let said = '';

  function draw() {
    const since = awaySince();
    const gone = goneInstances().filter(instance => !hidden.has(keyOf(instance)));
    document.body.classList.toggle('stale', since !== undefined);
    element.hidden = since === undefined && gone.length === 0;
    const shows = since !== undefined ? 'away' : gone.map(keyOf).join();
    if (shows === said) return;
    const wasAway = said === 'away';
    said = shows;
    element.replaceChildren(...(since !== undefined ? ofServer(since) : ofInstances(gone)));
    if (since !== undefined) announce('The server does not answer. What you see is not up to date.');
    else if (gone.length) announce(element.firstChild.textContent);
    else if (wasAway) announce('The server answers again.');
  }

  const ofServer = since => [
    el('span', {}, el('b', { text: 'The server has not answered since ' }, timeOf(new Date(since).toISOString(), dayAndTime)),
      '. What you see is not up to date.'),
    el('span', { text: 'The page keeps trying.' }), el('button', { type: 'button', text: 'Try now', on: { click: retry } })];

  const ofInstances = gone => [
    el('span', {}, gone.map(instance => [write(el('b'), instance.instance), ' has not been seen since ',
      timeOf(instance.seen_at, dayAndTime), instance.running_jobs > 0 ? `, ${jobsOf(instance.running_jobs)} stalled. ` : '. ']),
    'It crashed, or does not reach the database.'),
    el('button', { type: 'button', text: 'Hide', on: { click: () => {
      for (const instance of gone) hidden.add(keyOf(instance));
      draw();
    } } })];

  onServer(draw);
  onInstances(draw);
}
