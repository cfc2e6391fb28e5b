// The start of the page: who is signed in, and which view the address selects.

import { announce } from './announce.js';
import { askAhead, get, isAbort, send, messageOf } from './api.js';
import { auditView } from './audit-view.js';
import { el, fromTemplate, state } from './dom.js';
import { bindBanner } from './banner.js';
import { closeDrawer } from './drawer.js';
import { showCard } from './handler-card.js';
import { jobView } from './job-view.js';
import { jobsView } from './jobs-view.js';
import { listen, setKeys } from './keyboard.js';
import { bindMenu } from './value-menu.js';
import { has, logs } from './address.js';
import { onPref, pref, setPref } from './prefs.js';
import { go, route, viewOf } from './router.js';
import { showViews } from './saved-views.js';
import { signInView } from './sign-in.js';
import { readNow, showConnection, startStrip, stopStrip } from './strip.js';
import { systemView } from './system-view.js';

const views = {
  system: { make: systemView, scope: 'logs:system', title: 'System' },
  audit: { make: auditView, scope: 'logs:audit', title: 'Audit' },
  jobs: { make: jobsView, scope: 'logs:jobs', title: 'Jobs' },
  job: { make: jobView, scope: 'logs:jobs', title: 'Job' },
};
const $ = id => document.getElementById(id);
const main = $('main');
let session;
let shown;

function show() {
  const wanted = viewOf(location.pathname, location.search) ?? {};
  if (session === null) return showSignIn();
  if (session === undefined) return undefined;
  for (const link of document.querySelectorAll('[data-view]')) {
    const isShown = link.dataset.view === (wanted.name === 'job' ? 'jobs' : wanted.name);
    if (isShown) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }

  const key = wanted.name ? `${wanted.name}/${wanted.id ?? ''}` : location.pathname;
  if (shown?.key === key) return shown.view?.update();
  leave();
  const view = views[wanted.name];
  if (!view) return showUnknown();
  document.title = `${wanted.id ?? view.title} · Zotify logging`;
  if (!session.scopes.includes(view.scope)) return showClosed(view);
  const root = fromTemplate(`${wanted.name}-view`);
  main.append(root);
  shown = { key, view: view.make(root, { session, id: wanted.id }) };
  setKeys(shown.view.keys);
  return shown.view.update();
}

function leave() {
  shown?.view?.leave();
  shown = undefined;
  closeDrawer({ silently: true });
  setKeys(null);
  showConnection({ kind: 'idle' });
  main.replaceChildren();
}

function showUnknown() {
  document.title = 'No such page · Zotify logging';
  const unknown = alone('No such page');
  state(unknown, 'There is no such page', `${location.pathname} is no view of the logs. Go to System, Audit or Jobs above.`,
    { isBad: true, action: { text: 'Show the system log', run: () => go('./') } });
}

/** An element for a state in place of a view. Each page has a heading. */
function alone(heading) {
  const element = el('div', { class: 'state' });
  main.replaceChildren(el('h1', { class: 'sr-only', text: heading }), element);
  return element;
}

function showClosed(view) {
  const closed = alone(view.title);
  if (has('signin')) state(closed, `Your key may not read this log`,
    `It needs the scope ${view.scope}. Yours has ${session.scopes.join(', ') || 'none'}; sign in with another key to see it.`,
    { action: { text: 'Sign out', run: signOut } });
  else state(closed, 'You may not read this log',
    `The application's policy ${view.scope} decides who may read it; you have ${session.scopes.join(', ') || 'none of its logs'}. `
    + 'Ask the operator of the application, or sign in there as another user.',
    { action: { text: 'Try again', run: () => location.reload() } });
}

function showSignIn(why) {
  leave();
  document.title = 'Sign in · Zotify logging';
  if (!has('signin')) return showElsewhere(why);
  const root = fromTemplate('sign-in-view');
  main.append(root);
  signInView(root, why, signIn);
}

/** Shows a hint where the application has its own sign-in. */
function showElsewhere(why) {
  const closed = alone('Sign in');
  state(closed, why ? 'Your session has ended' : 'You are not signed in',
    'Sign in to the application that serves this page, then try again.', { action: { text: 'Try again', run: () => location.reload() } });
  return undefined;
}

function signIn(opened) {
  session = opened;
  setPref('signedIn', session !== null);
  $('views').hidden = $('show-views').hidden = session === null;
  $('sign-out').hidden = session === null || !has('signin');
  $('user').textContent = $('user').title = session?.user ?? '';
  for (const link of document.querySelectorAll('[data-view]')) {
    const isOpen = session?.scopes.includes(views[link.dataset.view].scope);
    link.title = isOpen === false ? `Needs the scope ${views[link.dataset.view].scope}` : '';
    link.classList.toggle('closed', isOpen === false);
  }

  if (session) startStrip();
  else stopStrip();
  show();
}

async function signOut() {
  try {
    await send('DELETE', 'session');
  } catch (error) {
    // The session has ended already.
    if (error.status !== 401) return showSignedIn(error);
  }

  return signIn(null);
}

/** Tells users who wanted to sign out that they are still signed in. */
function showSignedIn(error) {
  const text = `You are still signed in. ${error.status ? messageOf(error) : 'The server cannot be reached.'} Sign out again.`;
  showCard($('sign-out'), [el('h2', { text: 'Not signed out' }), el('p', { text })]);
  announce(text);
}

async function begin() {
  // Whoever was signed in mostly still is.
  if (pref('signedIn')) askAhead(logs('handlers'));
  try {
    signIn(await get('session'));
  } catch (error) {
    if (error.status === 401) return signIn(null);
    if (isAbort(error)) return undefined;
    if (error.status === 403) return signIn({ user: '', scopes: [] });
    return state(alone('Zotify logging'), 'The page cannot start', messageOf(error),
      { isBad: true, action: { text: 'Try again', run: begin } });
  }
}

function drawZone() {
  $('zone').textContent = pref('zone') === 'utc' ? 'UTC' : 'Local time';
}

bindBanner($('banner'), readNow);
bindMenu();
$('reference').hidden = !has('reference');
// A hash alone would be relative to the page's base address, not to the view's address.
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
$('sign-out').addEventListener('click', signOut);
$('show-views').addEventListener('click', event => showViews(event.currentTarget));
$('show-help').addEventListener('click', () => $('help').showModal());
$('zone').addEventListener('click', () => setPref('zone', pref('zone') === 'utc' ? 'local' : 'utc'));
$('keys-on').addEventListener('change', event => setPref('keys', event.target.checked));
$('keys-on').checked = pref('keys');
onPref('zone', drawZone);
drawZone();
document.addEventListener('signed-out', () => {
  if (session === null) return;
  signIn(null);
  showSignIn('Your session has ended. Sign in again to continue.');
});
listen(() => $('help').showModal());
route(show);
begin();
