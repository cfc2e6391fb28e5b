// The time range of the audit log: one of some durations back from now, or from … to ….

import { change, params } from './router.js';
import { fieldTime, typedTime } from './time.js';

/** Binds the choice and the two fields. */
export function bindTimes(form, custom) {
  const { range, from_time: from, to_time: to } = form.elements;
  range.addEventListener('change', () => {
    custom.hidden = range.value !== 'custom';
    if (range.value === 'custom') from.focus();
    else change({ from: range.value, to: null, cursor: null });
  });
  const apply = () => change({ from: from.value ? typedTime(from.value) : null, to: to.value ? typedTime(to.value) : null, cursor: null });
  from.addEventListener('change', apply);
  to.addEventListener('change', apply);
}

/** Shows the range in the address. */
export function showTimes(form, custom) {
  const { range, from_time: fromField, to_time: toField } = form.elements;
  const [from, to] = [params().get('from') ?? '', params().get('to') ?? ''];
  const isPreset = !to && [...range.options].some(option => option.value === from && from !== 'custom');
  range.value = isPreset ? from : 'custom';
  custom.hidden = isPreset;
  const isDuration = /^\d+[smhd]$/.test(from);
  if (fromField !== document.activeElement) fromField.value = from && !isDuration ? fieldTime(from) : '';
  if (toField !== document.activeElement) toField.value = to ? fieldTime(to) : '';
}
