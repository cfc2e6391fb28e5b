// Says to screen readers what changed, seldom enough to be listened to: of many things within a second, the last.

const pause = 1000;
let next;
let timer;

export function announce(text) {
  next = text;
  timer ??= setTimeout(() => {
    timer = undefined;
    document.getElementById('announcer').textContent = next;
  }, pause);
}
