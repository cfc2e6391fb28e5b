// Announces changes to screen readers, seldom enough to be listened to: of several changes within a second, only the last.

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
