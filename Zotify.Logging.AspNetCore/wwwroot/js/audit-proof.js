// Proves the audit log, on demand: it reads all of it. The result stays until the next proof.

import { get, words } from './api.js';
import { logs } from './place.js';
import { write } from './text.js';
import { clock, count } from './time.js';

const badges = { valid: 'Verified', broken: 'Broken', truncated: 'Truncated' };
let last;

/** Binds the button and the line that says what was found. */
export function bindProof(button, line, signal) {
  const draw = () => {
    button.dataset.status = last?.status ?? '';
    button.textContent = last ? badges[last.status] ?? last.status : 'Verify';
    line.hidden = !last;
    line.className = `notice ${last?.status === 'valid' ? 'good' : 'bad'}`;
    if (last) write(line, said(last));
  };
  button.addEventListener('click', async () => {
    button.disabled = true;
    button.textContent = 'Verifying …';
    try {
      last = { ...await get(logs('audit/verify'), {}, signal), at: clock(new Date().toISOString()).slice(0, 8) };
    } catch (fault) {
      last = { status: 'unknown', reason: words(fault) };
    }

    button.disabled = false;
    draw();
  });
  draw();
}

function said(proof) {
  if (proof.status === 'unknown') return `The audit log could not be verified: ${proof.reason}`;
  if (proof.status !== 'valid') return `${badges[proof.status]} at line ${count(proof.first_bad_seq)}${proof.file ? ` in ${proof.file}` : ''}: ${proof.reason} Up to there ${count(proof.checked)} lines are good. Checked at ${proof.at}.`;
  const start = proof.anchored ? '' : ' What was before the first line is not proven.';
  return `Valid: all ${count(proof.checked)} lines are as they were written.${start} ${saidByDatabase(proof.database)} Checked at ${proof.at}.`;
}

function saidByDatabase(witness) {
  if (!witness) return '';
  if (witness.unavailable) return `The database could not be asked: ${witness.unavailable}`;
  return `The database's copy agrees in ${count(witness.checked)} of them.`;
}
