// Times for people: in local time or in UTC, with the other one on hover.

import { el } from './dom.js';
import { pref } from './prefs.js';

const two = number => String(number).padStart(2, '0');
const isUtc = () => pref('zone') === 'utc';

function fields(date, utc) {
  return utc
    ? [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(),
      date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds()]
    : [date.getFullYear(), date.getMonth() + 1, date.getDate(),
      date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds()];
}

/** 14:05:09.123 */
export function clock(time, utc = isUtc()) {
  const [, , , hour, minute, second, ms] = fields(new Date(time), utc);
  return `${two(hour)}:${two(minute)}:${two(second)}.${String(ms).padStart(3, '0')}`;
}

/** 2026-11-23 14:05:09 */
export function dateTime(time, utc = isUtc()) {
  const [year, month, day, hour, minute, second] = fields(new Date(time), utc);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** 2026-11-23 */
export const day = (time, utc = isUtc()) => dateTime(time, utc).slice(0, 10);

/** The time in the time zone that is not shown, in full. */
export const otherZone = time => isUtc()
  ? `${dateTime(time, false)} local time`
  : `${String(time).replace('T', ' ').replace(/Z|\+00:00$/, '')} UTC`;

/** A time element. */
export const timeOf = (time, format = dateTime) => el('time', { datetime: time, title: otherZone(time), text: format(time) });

/** 1 d 3 h, 4 min 12 s, 850 ms: two units at most. */
export function duration(ms) {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${ms < 10_000 ? (ms / 1000).toFixed(1) : seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor(seconds % 86_400 / 3600)} h`;
}

/** A count with separators between thousands. */
export const count = number => Number(number).toLocaleString('en');

/** Converts a typed time for the API; null where it is not a time. */
export function typedTime(text) {
  const typed = text.trim();
  if (/^\d+[smhd]$/.test(typed)) return typed;
  const onlyClock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(typed);
  if (onlyClock) return instant(`${day(new Date())}T${onlyClock[1].padStart(2, '0')}:${onlyClock[2]}:${onlyClock[3] ?? '00'}`);
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(Z|[+-]\d{2}:\d{2})?$/.exec(typed);
  return parts ? instant(`${parts[1]}T${parts[2] ?? '00:00'}${parts[3] ?? ''}`) : null;
}

/** Converts a time of the API for a field of type datetime-local. */
export const fieldTime = time => dateTime(time).replace(' ', 'T');

function instant(text) {
  const date = new Date(/(Z|[+-]\d{2}:\d{2})$/.test(text) || !isUtc() ? text : `${text}Z`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
