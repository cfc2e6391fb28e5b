// Verifies the audit log, on demand, because that reads all of it. The result stays until the next verification.

import { get, messageOf } from './api.js';
import { logs } from './address.js';
import { write } from './text.js';
import { clock, count } from './time.js';

const badges = { valid: 'Verified', broken: 'Broken', truncated: 'Truncated' };
let last;

/** Binds the button and the line that shows the result. */
export function bindProof(button, line, signal) {
  const draw = () => {
    button.dataset.status = last?.status ?? '';
    button.textContent = last ? badges[last.status] ?? last.status : 'Verify';
    line.hidden = !last;
    line.className = `notice ${last?.status === 'valid' ? 'good' : 'bad'}`;
    if (last) write(line, describe(last));
  };
  button.addEventListener('click', async () => {
    button.disabled = true;
    button.textContent = 'Verifying …';
    try {
      last = { ...await get(logs('audit/verify'), {}, signal), at: clock(new Date().toISOString()).slice(0, 8) };
    } catch (error) {
      last = { status: 'unknown', reason: messageOf(error) };
    }

    button.disabled = false;
    draw();
  });
  draw();
}

function describe(proof) {
  if (proof.status === 'unknown') return `The audit log could not be verified: ${proof.reason}`;
  return [files(proof), rows(proof), other(proof.database), `Checked at ${proof.at}.`].filter(Boolean).join(' ');
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
