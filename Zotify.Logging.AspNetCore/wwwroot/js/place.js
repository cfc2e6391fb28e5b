// Where the page and the endpoints of the logs are. The server says both relative to the address that was opened, because only the browser
// knows all of that.

const base = document.querySelector('base');
// As it is now, in full: the address changes with the views, and what is relative must not change with it.
base.href = document.baseURI;

/** The page's own path, with a slash at its end. */
export const root = new URL(document.baseURI).pathname;

const prefix = new URL(document.querySelector('meta[name="logs"]').content, document.baseURI).pathname;
const parts = document.querySelector('meta[name="parts"]').content.split(' ');

/** The address of an endpoint of the logs, such as `audit/verify`. */
export const logs = path => prefix + path;

/** Whether the application has something beside the logs: `signin`, `reference`, `sample`. */
export const has = part => parts.includes(part);
