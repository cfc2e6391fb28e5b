// The time range of a log: one of some durations back from now, or from … to ….

import { change, params } from './router.js';
import { serverNow } from './server.js';
import { fieldTime, typedTime } from './time.js';

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const isDuration = text => /^\d+[smhd]$/.test(text);

/** Binds the choice and the two fields. A range that has an end cannot be followed: `live` goes. */
export function bindTimes(form, custom) {
  const { range, from_time: from, to_time: to } = form.elements;
  range.addEventListener('change', () => {
    custom.hidden = range.value !== 'custom';
    if (range.value !== 'custom') return change({ from: range.value, to: null, cursor: null, at: null });
    fill(from, params().get('from') ?? '');
    return from.focus();
  });
  // Only the end that was edited changes: the other one may be finer than its field shows.
  from.addEventListener('change', () => change({ from: from.value ? typedTime(from.value) : null, cursor: null, at: null }));
  to.addEventListener('change', () => change({ to: to.value ? typedTime(to.value) : null, cursor: null, at: null, live: null }));
}

/** Shows the range in the address. */
export function showTimes(form, custom) {
  const { range, from_time: fromField, to_time: toField } = form.elements;
  const [from, to] = [params().get('from') ?? '', params().get('to') ?? ''];
  const isPreset = !to && [...range.options].some(option => option.value === from && from !== 'custom');
  range.value = isPreset ? from : 'custom';
  custom.hidden = isPreset;
  fill(fromField, from);
  fill(toField, to);
}

function fill(field, time) {
  const shown = isDuration(time) ? new Date(serverNow() - parseInt(time, 10) * units[time.at(-1)]).toISOString() : time;
  if (field !== document.activeElement) field.value = shown ? fieldTime(shown) : '';
}
