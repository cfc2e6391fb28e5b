// Shows an audit event in full.

import { stringify } from './digits.js';
import { copyButton, facts, showDrawer } from './drawer.js';
import { el } from './dom.js';
import { jsonTree } from './json-tree.js';
import { jobAddress } from './router.js';
import { write } from './text.js';
import { count, otherZone, timeOf } from './time.js';

const mono = text => text && write(el('span', { class: 'mono' }), text);
const link = (text, href) => el('a', { class: 'button', href, text });

export function showEvent(event, onClose) {
  const only = (name, value) => `audit?${new URLSearchParams({ [name]: value })}`;
  const job = jobOf(event);
  return showDrawer(write(el('span'), event.event_type), [
    el('div', { class: 'whole-message' }, write(el('span'), event.message ?? '')),
    el('p', { class: 'actions' },
      event.trace_id && link('System lines of this trace', `/?trace_id=${event.trace_id}`),
      event.trace_id && link('Events of this trace', only('trace_id', event.trace_id)),
      job && link('The job', jobAddress(job)),
      event.user_id && link('Events of this user', only('user_id', event.user_id)),
      copyButton('Copy as JSON', stringify(event, 2))),
    facts([
      ['Time', timeOf(event.timestamp)],
      ['', otherZone(event.timestamp)],
      ['User', mono(event.user_id)],
      ['Source', mono(event.source_ip)],
      ['Level', event.level],
      ['Category', mono(event.category)],
      ['Event number', event.event_id],
      ['Instance', mono(event.instance)],
      ['Trace', mono(event.trace_id)],
      ['Span', mono(event.span_id)],
    ]),
    ...tree('Details', event.details, (path, value) => value !== null && only(detailName(path), String(value))),
    ...tree('Scope', event.scope),
    ...(event.exception ? [el('h3', { text: 'Exception' }), write(el('pre', { tabindex: 0 }), event.exception)] : []),
    el('h3', { text: 'Hash chain' }),
    facts([
      ['Journal line', count(event.seq)],
      ['Journal', mono(event.journal)],
      ['Hash', mono(event.hash)],
      ['Key', mono(event.key_id)],
      ['Id', mono(event.id)],
    ]),
  ], onClose);
}

/** The parameter of a detail: its names in brackets, of which a `]` is written twice. */
const detailName = path => `details${path.map(name => `[${name.replaceAll(']', ']]')}]`).join('')}`;

/** The job that an event names, in a detail or a value of a scope with that name. */
export function jobOf({ details, scope }) {
  const named = Object.entries({ ...scope, ...details })
    .find(([name, value]) => typeof value === 'string' && /(^|_)(job|jobid)$/i.test(name.replace(/[-]/g, '_').replace(/_id$/i, '')));
  return named?.[1];
}

function tree(title, value, linkOf) {
  return value && Object.keys(value).length ? [el('h3', { text: title }), jsonTree(value, linkOf)] : [];
}
