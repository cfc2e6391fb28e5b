// The panel that shows a line of the system log, or an entry of a job's log, in full.

import { query } from './api.js';
import { stringify } from './digits.js';
import { copyButton, facts, linkButton, showDrawer } from './drawer.js';
import { el } from './dom.js';
import { phrase } from './filters.js';
import { jsonTree } from './json-tree.js';
import { isStructured, itemText } from './log-item.js';
import { laidOut } from './pretty.js';
import { jobAddress } from './router.js';
import { write } from './text.js';
import { otherZone, timeOf } from './time.js';
import { valueButton } from './value-menu.js';

const has = value => value && Object.keys(value).length > 0;

/** Shows it. `permalink` is its own address; `more` are further facts; `isJobView` says that it is an entry of a job's log. */
export function showLine(item, { permalink, more = [], isJobView = false, onClose } = {}) {
  const { trace_id: trace, job_id: job, properties, scope } = item;
  const value = (name, shown) => shown && valueButton(name, shown);
  return showDrawer(isJobView ? 'Entry' : 'Line', [
    ...laidOut(item.message ?? item.line ?? '', { isEscaped: !isJobView && !isStructured(item) }),
    ...(item.exception ? [el('h3', { text: 'Exception' }), write(el('pre', { tabindex: 0 }), item.exception)] : []),
    el('p', { class: 'actions' },
      copyButton('Copy', itemText(item)),
      isStructured(item) && copyButton('Copy as JSON', stringify({ ...item, kind: undefined, line: undefined }, 2)),
      permalink && copyButton('Copy link', new URL(permalink, document.baseURI).href),
      permalink && linkButton('In its context', permalink),
      !isJobView && job && linkButton('The job', jobAddress(job)),
      trace && isJobView && linkButton('System lines of this trace', `./?trace_id=${trace}`),
      trace && linkButton('Audit events of this trace', `audit?trace_id=${trace}`),
      job && linkButton('Audit events of this job', `audit${query({ q: phrase(job) })}`)),
    facts([
      ['Time', item.timestamp && timeOf(item.timestamp)],
      ['', item.timestamp && timeOf(item.timestamp, otherZone)],
      ['Level', value('level', item.level)],
      ['Category', value('category', item.category)],
      ['Event', value('event_name', item.event_name)],
      ['Event number', item.event_id],
      ['Trace', value('trace_id', trace)],
      ['Span', item.span_id],
      ['Job', !isJobView && value('job_id', job)],
      // No search of a job's log finds an instance.
      ['Instance', isJobView ? item.instance && write(el('span'), item.instance) : value('instance', item.instance)],
      ...more,
    ]),
    ...(has(properties) ? [el('h3', { text: 'Properties' }), jsonTree(properties)] : []),
    ...(has(scope) ? [el('h3', { text: 'Scope' }), jsonTree(scope)] : []),
  ], onClose);
}
