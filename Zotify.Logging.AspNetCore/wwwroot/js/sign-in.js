// Opens a session with a key.

import { send, messageOf } from './api.js';
import { partsOf } from './dom.js';

/** `opened(session)` is called when it is open. */
export function signInView(root, why, opened) {
  const { why: reason, error } = partsOf(root);
  const form = root.querySelector('form');
  const field = form.elements.key;
  if (why) reason.textContent = why;
  field.focus();
  form.addEventListener('submit', async event => {
    event.preventDefault();
    error.textContent = '';
    try {
      const answer = await send('POST', 'session', { key: field.value });
      opened(await answer.json());
    } catch (refusal) {
      error.textContent = messageOf(refusal);
      field.value = '';
      field.focus();
    }
  });
}
