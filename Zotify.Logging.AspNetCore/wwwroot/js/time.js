// Times for people: in local time or in UTC, with the other one on hover.

import { el } from './dom.js';
import { onPref, pref } from './prefs.js';
import { serverNow } from './server.js';

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

/** 14:05:09 */
export const clockTime = time => clock(time).slice(0, 8);

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 23 Nov 14:05:09 */
export function dayAndTime(time, utc = isUtc()) {
  const [, month, date] = fields(new Date(time), utc);
  return `${date} ${months[month - 1]} ${clockTime(time)}`;
}

/** 2026-11-23 14:05 */
export const minute = time => dateTime(time).slice(0, 16);

/** A time element. It follows the time zone that is shown. */
export function timeOf(time, format = dateTime) {
  const element = el('time', { datetime: time, title: otherZone(time), text: format(time) });
  element.format = format;
  return element;
}

onPref('zone', () => {
  for (const element of document.querySelectorAll('time[datetime]')) {
    element.textContent = element.format(element.dateTime);
    element.title = otherZone(element.dateTime);
  }
});

/** 1 d 3 h, 4 min 12 s, 850 ms: two units at most. */
export function duration(ms) {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${ms < 10_000 ? (ms / 1000).toFixed(1) : seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor(seconds % 86_400 / 3600)} h`;
}

/** A count with separators between thousands. Whole numbers keep all their digits. */
export const count = number => (/^-?\d+$/.test(number) ? BigInt(number) : Number(number)).toLocaleString('en');

/** Converts a typed time for the API; null where it is not a time. */
export function typedTime(text) {
  const typed = text.trim();
  if (/^\d+[smhd]$/.test(typed)) return typed;
  const onlyClock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(typed);
  if (onlyClock) return lastTime(`${onlyClock[1].padStart(2, '0')}:${onlyClock[2]}:${onlyClock[3] ?? '00'}`);
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(Z|[+-]\d{2}:\d{2})?$/.exec(typed);
  return parts ? instant(`${parts[1]}T${parts[2] ?? '00:00'}${parts[3] ?? ''}`) : null;
}

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
// For the API, a duration that goes further back ends here.
const earliest = Date.parse('0001-01-01T00:00:00Z');

/** The moment of a time of the API, RFC 3339 or a duration back from now, in milliseconds; NaN where it is none. */
export function momentOf(time) {
  const [, number, unit] = /^(\d+)([smhd])$/.exec(time) ?? [];
  return number === undefined ? Date.parse(time) : Math.max(earliest, serverNow() - number * units[unit]);
}

/** Converts a time of the API for a field of type datetime-local. */
export const fieldTime = time => dateTime(time).replace(' ', 'T');

/** The last time that a clock showed this: today's, or yesterday's where today's is still to come. */
function lastTime(text) {
  const today = instant(`${day(serverNow())}T${text}`);
  return today && Date.parse(today) > serverNow() ? instant(`${day(serverNow() - 86_400_000)}T${text}`) : today;
}

function instant(text) {
  const date = new Date(/(Z|[+-]\d{2}:\d{2})$/.test(text) || !isUtc() ? text : `${text}Z`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
