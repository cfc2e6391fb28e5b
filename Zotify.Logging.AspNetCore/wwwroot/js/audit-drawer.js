// Shows an audit event in full.

import { query } from './api.js';
import { Digits, stringify } from './digits.js';
import { copyButton, facts, linkButton, showDrawer } from './drawer.js';
import { el } from './dom.js';
import { detailName } from './filters.js';
import { changedValues } from './before-after.js';
import { jsonTree } from './json-tree.js';
import { laidOut } from './pretty.js';
import { jobAddress, withParams } from './router.js';
import { write } from './text.js';
import { count, otherZone, timeOf } from './time.js';
import { valueButton } from './value-menu.js';

const mono = text => text && write(el('span', { class: 'mono' }), text);

export function showEvent(event, onClose) {
  const job = jobOf(event);
  const value = (name, shown) => shown && valueButton(name, shown);
  return showDrawer(write(el('span'), event.event_type), [
    ...laidOut(event.message ?? ''),
    el('p', { class: 'actions' },
      event.trace_id && linkButton('System lines of this trace', `./?trace_id=${event.trace_id}`),
      job && linkButton('The job', jobAddress(job)),
      job && linkButton('System lines of this job', `./${query({ job_id: job })}`),
      copyButton('Copy as JSON', stringify(event, 2)),
      copyButton('Copy link', new URL(withParams({ id: event.id }), document.baseURI).href)),
    changedValues(event.details),
    facts([
      ['Time', timeOf(event.timestamp)],
      ['', timeOf(event.timestamp, otherZone)],
      ['Event', value('event_type', event.event_type)],
      ['User', value('user_id', event.user_id)],
      ['Source', value('source_ip', event.source_ip)],
      ['Level', event.level],
      ['Category', value(null, event.category)],
      ['Event number', event.event_id],
      ['Instance', value('instance', event.instance)],
      ['Trace', value('trace_id', event.trace_id)],
      ['Span', mono(event.span_id)],
    ]),
    ...tree('Details', event.details, detailName),
    ...tree('Scope', event.scope),
    ...(event.exception ? [el('h3', { text: 'Exception' }), write(el('pre', { tabindex: 0 }), event.exception)] : []),
    el('h3', { text: 'Proof' }),
    facts([
      ['Line in the audit file', count(event.seq)],
      ['Audit file', mono(event.journal)],
      ['Hash', mono(event.hash)],
      ['Key', mono(event.key_id)],
      ['Id', mono(event.id)],
    ]),
  ], onClose);
}

/** The job that an event names, in a detail or a value of a scope with that name; the id may be a number. */
export function jobOf({ details, scope }) {
  const named = Object.entries({ ...scope, ...details })
    .find(([name, value]) => isId(value) && /(^|_)(job|jobid)$/i.test(name.replace(/[-]/g, '_').replace(/_id$/i, '')));
  return named && String(named[1]);
}

const isId = value => typeof value === 'string' || typeof value === 'number' || value instanceof Digits;

function tree(title, value, nameOf) {
  return value && Object.keys(value).length ? [el('h3', { text: title }), jsonTree(value, nameOf)] : [];
}
