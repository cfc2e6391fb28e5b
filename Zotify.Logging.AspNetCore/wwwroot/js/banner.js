// The line over the view that says that the server does not answer, and that what is shown is not up to date.

import { announce } from './announce.js';
import { el } from './dom.js';
import { awaySince, onServer } from './server.js';
import { dayAndTime, timeOf } from './time.js';

/** Shows it while the server does not answer. `retry()` asks the server at once. */
export function bindBanner(element, retry) {
  onServer(() => {
    const since = awaySince();
    element.hidden = since === undefined;
    document.body.classList.toggle('stale', since !== undefined);
    if (since === undefined) return announce('The server answers again.');
    const time = timeOf(new Date(since).toISOString(), dayAndTime);
    element.replaceChildren(
      el('span', {}, el('b', { text: 'The server has not answered since ' }, time), '. What you see is not up to date.'),
      el('span', { text: 'The page keeps trying.' }), el('button', { type: 'button', text: 'Try now', on: { click: retry } }));
    return announce('The server does not answer. What you see is not up to date.');
  });
}
