// What comes from a log is set as text, never as markup.
const mostLines = 1000;
const pollEvery = 500;
const $ = id => document.getElementById(id);
let events;

async function call(method, path, body) {
  return fetch(path, {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body && JSON.stringify(body),
  });
}

async function problemOf(answer) {
  const problem = await answer.json().catch(() => ({}));
  return problem.detail ?? problem.title ?? `The server answered ${answer.status}.`;
}

function show(session) {
  $('sign-in').hidden = !!session;
  $('sign-out').hidden = $('user').hidden = !session;
  $('user').textContent = session?.user ?? '';
  $('sync').hidden = !session?.scopes.includes('logs:jobs');
  $('live').hidden = !session?.scopes.includes('logs:system');
  $('status').textContent = '';
  events?.close();
  $('lines').replaceChildren();
  if (!$('live').hidden) follow();
}

function follow() {
  events = new EventSource('/api/logs/system/stream');
  events.onopen = () => { $('status').textContent = ''; };
  events.onerror = () => { $('status').textContent = 'The stream is interrupted; connecting again.'; };
  events.onmessage = event => {
    const entry = JSON.parse(event.data);
    addLine(entry.text, entry.level ?? '');
  };
  events.addEventListener('gap', () => addLine('Lines are missing here: their file is gone.', 'gap'));
}

function addLine(text, kind) {
  const isAtEnd = innerHeight + scrollY >= document.body.scrollHeight - 40;
  const line = document.createElement('li');
  line.textContent = text;
  if (kind) line.classList.add(kind);
  $('lines').append(line);
  while ($('lines').childElementCount > mostLines) $('lines').firstElementChild.remove();
  if (isAtEnd) scrollTo(0, document.body.scrollHeight);
}

async function watch(location) {
  $('job').hidden = false;
  while (true) {
    const answer = await call('GET', `${location}?tail=0`);
    if (answer.ok) {
      const { job } = await answer.json();
      $('job').textContent = `${job.job_id}: ${job.status}, ${job.progress_done ?? 0}/${job.progress_total ?? '?'}, ${job.warnings} warnings`;
      if (job.status !== 'running') return;
    } else if (answer.status !== 404) {
      $('status').textContent = await problemOf(answer);
      return;
    }
    await new Promise(resolve => setTimeout(resolve, pollEvery));
  }
}

$('sign-in').addEventListener('submit', async event => {
  event.preventDefault();
  const answer = await call('POST', '/session', { key: $('key').value });
  $('key').value = '';
  if (answer.ok) show(await answer.json());
  else $('status').textContent = await problemOf(answer);
});

$('sign-out').addEventListener('click', async () => {
  await call('DELETE', '/session');
  show(null);
});

$('sync').addEventListener('click', async () => {
  const answer = await call('POST', '/api/demo/sync');
  if (answer.status === 202) await watch(answer.headers.get('Location'));
  else $('status').textContent = answer.status === 404 ? 'The sample work is not enabled here.' : await problemOf(answer);
});

const session = await call('GET', '/session');
show(session.ok ? await session.json() : null);
