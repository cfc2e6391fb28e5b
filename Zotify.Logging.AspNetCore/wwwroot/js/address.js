// The addresses of the page and of the endpoints of the logs. The server gives both relative to the address that was opened, because only
// the browser knows the whole address.

const base = document.querySelector('base');
// Resolved once, at the start: the address changes with the views, and relative addresses must not change with it.
base.href = document.baseURI;

/** The page's own path, with a slash at its end. */
export const root = new URL(document.baseURI).pathname;

const prefix = new URL(document.querySelector('meta[name="logs"]').content, document.baseURI).pathname;
const parts = document.querySelector('meta[name="parts"]').content.split(' ');

/** The address of an endpoint of the logs, such as `audit/verify`. */
export const logs = path => prefix + path;

/** Whether the application has a part besides the logs: `signin`, `reference`, `sample`. */
export const has = part => parts.includes(part);
