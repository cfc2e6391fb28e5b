// The address is the page's state: the view, and every filter. Anybody who opens it sees the same.

import { root } from './address.js';
import { isDetail } from './api.js';

const names = { '': 'system', audit: 'audit', jobs: 'jobs' };

/** The parameters of the address. */
export const params = () => new URLSearchParams(location.search);

/** The parameters as an object: one value, or several where the name is given more than once. */
export function paramsObject(names) {
  const given = params();
  return Object.fromEntries(names.map(name => [name, given.getAll(name)]).filter(([, values]) => values.length)
    .map(([name, values]) => [name, values.length > 1 ? values : values[0]]));
}

/** The address of this view with some parameters changed: null removes one, a list sets several. */
export function withParams(changes) {
  const changed = params();
  for (const [name, value] of Object.entries(changes)) {
    changed.delete(name);
    for (const one of [value].flat())
      if (one !== null && one !== undefined && (one !== '' || isDetail(name))) changed.append(name, one);
  }

  const text = changed.toString();
  return location.pathname + (text ? `?${text}` : '');
}

let isStep = false;

/** Whether the address was changed by the browser's Back or Forward. */
export const isHistoryStep = () => isStep;

/** Navigates to an address of the page. While a text is being typed, its changes replace each other in the history. */
export function go(relative, { replace = false } = {}) {
  const { pathname, search } = new URL(relative, document.baseURI);
  const address = pathname + search;
  if (address === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  dispatchEvent(new Event('routed'));
}

/** Changes parameters of the address. */
export const change = (changes, options) => go(withParams(changes), options);

/** Calls back for every address, including the first. */
export function route(show) {
  addEventListener('popstate', () => {
    isStep = true;
    show();
    isStep = false;
  });
  addEventListener('routed', show);
  document.addEventListener('click', event => {
    const link = event.target.closest('a[href]');
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented || link.hasAttribute('download') || !isOfPage(link)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
  show();
}

/** The view of an address: its name, and the job that it shows. The server takes views in any case, and with a slash at the end. */
export function viewOf(path, search = '') {
  if (!path.startsWith(root)) return undefined;
  const [view, ...rest] = path.slice(root.length).split('/');
  const name = view.toLowerCase();
  const below = rest.join('/').replace(/\/$/, '');
  if (below === '') return { name: names[name] };
  const id = new URLSearchParams(search).get('job_id') ?? decode(below);
  return { name: name === 'jobs' ? 'job' : undefined, id };
}

/** The address of a job. A browser takes the segments `.` and `..` out of a path, so that these ids are parameters. */
export const jobAddress = id => /^\.\.?$/.test(id) ? `jobs/-?job_id=${id}` : `jobs/${encodeURIComponent(id)}`;

function isOfPage(link) {
  return link.origin === location.origin && !link.hash && viewOf(link.pathname)?.name !== undefined;
}

/** Decodes a segment; one that is not encoded, such as `50%`, stays as it is. */
function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
