// Verifies the audit log, on demand, because that reads all of it. A verification goes on when its view is left, and its result stays until
// the next one.

import { get, messageOf } from './api.js';
import { logs } from './address.js';
import { el } from './dom.js';
import { showEvidence } from './audit-evidence.js';
import { setPref } from './prefs.js';
import { go, viewOf } from './router.js';
import { serverNow } from './server.js';
import { write } from './text.js';
import { count, dayAndTime, timeOf } from './time.js';

const badges = { valid: 'Verified', broken: 'Broken', truncated: 'Truncated' };
const changes = new EventTarget();
let last;
let isRunning = false;

/** Binds the button and the line that shows the result. */
export function bindProof(button, line, signal) {
  const draw = () => {
    button.disabled = isRunning;
    button.dataset.status = last?.status ?? '';
    button.textContent = isRunning ? 'Verifying …' : last ? badges[last.status] ?? 'Verify' : 'Verify';
    line.hidden = !last;
    line.className = `notice ${last?.status === 'valid' ? 'good' : 'bad'}`;
    if (!last) return;
    line.replaceChildren(write(el('span'), describe(last)), el('span', {}, 'Checked at ', timeOf(last.at, dayAndTime), '.'));
    const { evidence } = last;
    if (evidence) line.append(el('button', { type: 'button', text: `Compare line ${count(evidence.seq)} with its copy`,
      on: { click: () => showEvidence(evidence, last) } }));
  };
  changes.addEventListener('change', draw, { signal });
  button.addEventListener('click', verify);
  draw();
}

/** Verifies it in its view, and shows its first bad line there. */
export async function showBadLine() {
  go('audit');
  await verify();
  if (last?.evidence && viewOf(location.pathname)?.name === 'audit') showEvidence(last.evidence, last);
}

async function verify() {
  if (isRunning) return;
  isRunning = true;
  changes.dispatchEvent(new Event('change'));
  try {
    // Which log that is: without an answer the strip cannot tell, and the view shows the result alone.
    const [proof, { audit_journal: journal }] = await Promise.all([get(logs('audit/verify')), get(logs('handlers')).catch(() => ({}))]);
    last = proof;
    last.at = new Date(serverNow()).toISOString();
    setPref('proof', { status: last.status, at: last.at, text: describe(last), journal });
  } catch (error) {
    // Only the view shows that: it proves nothing, so the strip keeps the last proof.
    last = { status: 'unknown', reason: messageOf(error), at: new Date(serverNow()).toISOString() };
  }

  isRunning = false;
  changes.dispatchEvent(new Event('change'));
}

function describe(proof) {
  if (proof.status === 'unknown') return `The audit log could not be verified: ${proof.reason}`;
  return [files(proof), rows(proof), other(proof.database)].filter(Boolean).join(' ');
}

function files(proof) {
  if (proof.files !== 'valid') {
    const at = `line ${count(proof.first_bad_seq)}${proof.file ? ` in ${proof.file}` : ''}`;
    return `Files ${proof.files} at ${at}: ${proof.reason} The ${count(proof.checked)} lines before it are valid.`;
  }

  const before = proof.anchored ? '' : ' Lines before the first are not proven.';
  return `Files valid: all ${count(proof.checked)} lines are as they were written.${before}`;
}

function rows(proof) {
  if (proof.rows === 'valid') return `Rows valid: all ${count(proof.database.checked)} match their lines.`;
  if (proof.rows === 'behind') return `Rows valid up to line ${count(proof.database.through_seq ?? 0)}: the database is behind the files.`;
  return `Rows ${proof.rows}${proof.first_bad_row == null ? '' : ` at row ${count(proof.first_bad_row)}`}: ${proof.rows_reason}.`;
}

function other(witness) {
  if (!witness?.other_rows) return '';
  return `${count(witness.other_rows)} events of other logs can only be verified by their own writers.`;
}
