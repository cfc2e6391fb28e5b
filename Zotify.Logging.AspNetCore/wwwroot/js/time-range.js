// The time range of a log: one of some durations back from now, or from … to ….

import { change, params } from './router.js';
import { fieldTime, momentOf, typedTime } from './time.js';

// After this pause a time counts as typed, in milliseconds.
const typing = 700;
// While a year is being typed, the field has an earlier one: 0002, 0020, 0202.
const firstYear = '1000';
// Where a list began before: another range has other pages, and begins elsewhere.
const start = { cursor: null, at: null, since: null, line: null };

/** Binds the choice and the two fields. A range that has an end cannot be followed: `live` goes. */
export function bindTimes(form, custom) {
  const { range, from_time: from, to_time: to } = form.elements;
  range.addEventListener('change', () => {
    custom.hidden = range.value !== 'custom';
    if (range.value !== 'custom') return change({ from: range.value, to: null, ...start });
    fill(from, params().get('from') ?? '');
    return from.focus();
  });
  // Only the end that was edited changes: the other one may be finer than its field shows.
  bindTime(from, 'from', start);
  bindTime(to, 'to', { ...start, live: null });
}

/** Applies a field when its time is typed. A browser reports each digit: one stay in the field leaves one entry in the history. */
function bindTime(field, name, others) {
  let timer;
  let isEdited = false;
  let hasEntry = false;
  const isUnfinished = () => field.validity.badInput || (field.value !== '' && field.value < firstYear);
  const apply = () => {
    clearTimeout(timer);
    if (!isEdited || isUnfinished() || !field.isConnected) return;
    isEdited = false;
    const before = location.search;
    change({ [name]: field.value ? typedTime(field.value) : null, ...others }, { replace: hasEntry });
    hasEntry ||= location.search !== before;
  };
  field.addEventListener('input', () => {
    isEdited = true;
    clearTimeout(timer);
    timer = setTimeout(apply, typing);
  });
  field.addEventListener('keydown', event => event.key === 'Enter' && apply());
  field.addEventListener('blur', () => {
    apply();
    // What was left unfinished is dropped.
    if (isUnfinished()) fill(field, params().get(name) ?? '');
    isEdited = hasEntry = false;
  });
}

/** Shows the range in the address. */
export function showTimes(form, custom) {
  const { range, from_time: fromField, to_time: toField } = form.elements;
  const [from, to] = [params().get('from') ?? '', params().get('to') ?? ''];
  const isPreset = !to && [...range.options].some(option => option.value === from && from !== 'custom');
  range.value = isPreset ? from : 'custom';
  custom.hidden = isPreset;
  if (fromField !== document.activeElement) fill(fromField, from);
  if (toField !== document.activeElement) fill(toField, to);
}

/** Shows a time; nothing where the address has none, one that is no time, which the server refuses, or one of before the year 1000. */
function fill(field, time) {
  const shown = fieldTime(momentOf(time));
  field.value = /^\d{4}-/.test(shown) ? shown : '';
}
