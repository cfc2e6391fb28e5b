// Whether the server answers, and what its clock says. Every request and every stream reports here what it met.

const changes = new EventTarget();
// The header Date has whole seconds, and an answer takes a while: a smaller difference is none.
const smallestOffset = 2000;
// A proxy answers with one of these when the application behind it is gone; some services in front of a server have their own, from 520 on.
const gone = [502, 503, 504];
const firstOwn = 520;
let offset = 0;
let away;

/** The time of the server's clock, in milliseconds. */
export const serverNow = () => Date.now() + offset;

/** Since when the server has not answered: its time in milliseconds; undefined while it answers. */
export const awaySince = () => away;

/** Calls back when the server stops answering, and when it answers again, until the signal is aborted. */
export const onServer = (listener, signal) => changes.addEventListener('change', listener, { signal });

/** Reports an answer, whatever its status. Returns whether it is the application's: a proxy may answer in place of one that is gone. */
export function answered(answer) {
  if (isOfProxy(answer)) {
    unanswered();
    return false;
  }

  const date = Date.parse(answer.headers.get('Date'));
  if (!Number.isNaN(date)) offset = Math.abs(date - Date.now()) < smallestOffset ? 0 : date - Date.now();
  change(undefined);
  return true;
}

/** Reports a request that was not answered, or an answer that broke off. */
export function unanswered() {
  change(away ?? serverNow());
}

/** The application itself says by problem details that it cannot do something now. */
function isOfProxy({ status, headers }) {
  return (gone.includes(status) || status >= firstOwn) && !headers.get('Content-Type')?.startsWith('application/problem+json');
}

function change(since) {
  if (since === away) return;
  away = since;
  changes.dispatchEvent(new Event('change'));
}
