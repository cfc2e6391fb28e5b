// Opens a session by a key.

import { send, words } from './api.js';
import { partsOf } from './dom.js';

/** `opened(session)` is called when it is open. */
export function signInView(root, why, opened) {
  const { why: reason, fault } = partsOf(root);
  const form = root.querySelector('form');
  const field = form.elements.key;
  if (why) reason.textContent = why;
  field.focus();
  form.addEventListener('submit', async event => {
    event.preventDefault();
    fault.textContent = '';
    try {
      const answer = await send('POST', 'session', { key: field.value });
      opened(await answer.json());
    } catch (refusal) {
      fault.textContent = words(refusal);
      field.value = '';
      field.focus();
    }
  });
}
