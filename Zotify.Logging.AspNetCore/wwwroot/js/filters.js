// The filters of a view, in the address: `user_id=u1` wants a value, `user_id.not=u1` excludes it, and `off=user_id=u1` keeps a filter that
// is turned off.

import { isDetail } from './api.js';
import { change, params } from './router.js';

const named = /^([a-z_]+?)(\.not)?(\[.*\])?$/s;

/** The name without `.not`. */
export const baseOf = name => name.replace(named, '$1$3');

/** Whether a filter excludes its value. */
export const isNot = name => named.exec(name)?.[2] !== undefined;

/** The name that excludes what the other one wants, and the reverse. */
export const opposite = name => isNot(name) ? baseOf(name) : name.replace(named, '$1.not$3');

/** A text as one phrase of a search, found in any place. */
export const phrase = text => /[\s"]|^-/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** The parameter of a detail: its names in brackets, of which a `]` is written twice. */
export const detailName = path => `details${path.map(name => `[${name.replaceAll(']', ']]')}]`).join('')}`;

const levels = ['trace', 'debug', 'information', 'warning', 'error', 'critical'];
// The API takes one value of these.
const single = ['level', 'from', 'to'];

/** Whether a filter can be turned around: there is nothing around a time range. */
export const hasOpposite = name => !['from', 'to'].includes(baseOf(name));

export class Filters {
  #labels;
  #plain;
  #hasDetails;

  /** `labels`: the names of filters that have chips, with what people call them; `plain`: further parameters of the API. */
  constructor(labels, { plain = ['q', 'level', 'from', 'to'], hasDetails = false } = {}) {
    this.#labels = { ...labels, from: 'from', to: 'until' };
    this.#plain = plain;
    this.#hasDetails = hasDetails;
  }

  /** What people call a filter; undefined for a parameter that is none. */
  labelOf(name) {
    const base = baseOf(name);
    if (this.#hasDetails && isDetail(base)) return base.replace(/^details\.?/, '').replaceAll(/\[((?:[^\]]|\]\])*)\]/g, ' $1').trim();
    return this.#labels[base];
  }

  /** Whether values of this name can be filtered here. */
  has(name) {
    return this.labelOf(name) !== undefined;
  }

  /** The parameters for the API: the filters that are on, and the fields. */
  query() {
    const found = {};
    for (const [name, value] of params()) {
      if (this.#plain.includes(name) || this.has(name)) (found[name] ??= []).push(value);
    }

    return found;
  }

  /** Whether anything is filtered. */
  get isAny() {
    return Object.keys(this.query()).length > 0;
  }

  /** The filters that have chips, in the order of the address: `{ name, value, isOff }`. */
  get chips() {
    return [...params()].flatMap(([name, value]) => {
      const chip = name === 'off' ? chipOf(value) : { name, value, isOff: false };
      return this.has(chip.name) && (chip.value || isDetail(chip.name)) ? [chip] : [];
    });
  }

  /** Wants a value besides others of the name, and no longer excludes it. */
  only(name, value) {
    this.#put(name, value);
  }

  /** Excludes a value. */
  not(name, value) {
    this.#put(opposite(name), value);
  }

  remove(chip) {
    change({ ...without(chip), ...start });
  }

  negate(chip) {
    const changes = without(chip);
    const name = opposite(chip.name);
    const values = chip.name === 'level' ? andAbove(chip.value) : [chip.value];
    if (chip.isOff) changes.off.push(...values.map(value => offOf(name, value)));
    else changes[name] = added(name, values);
    change({ ...changes, ...start });
  }

  toggle(chip) {
    const changes = without(chip);
    if (chip.isOff) changes[chip.name] = added(chip.name, [chip.value]);
    else changes.off = [...params().getAll('off'), offOf(chip.name, chip.value)];
    change({ ...changes, ...start });
  }

  /** The address without any filter, and without others of these names, on the first page. */
  clear(...others) {
    const gone = [...this.chips.map(({ name }) => name), ...this.#plain, ...others, 'off'];
    change({ ...Object.fromEntries(gone.map(name => [name, null])), ...start });
  }

  #put(name, value) {
    const other = opposite(name);
    // A lowest level stays where one of the levels above it is excluded.
    const rest = params().getAll(other).filter(one => one !== value || other === 'level');
    const off = params().getAll('off').filter(one => ![offOf(name, value), offOf(other, value)].includes(one));
    change({ [other]: rest, [name]: added(name, [value]), off, ...start });
  }
}

// Other filters have other pages.
const start = { cursor: null, at: null, line: null };

function without({ name, value, isOff }) {
  return isOff ? { off: params().getAll('off').filter(one => one !== offOf(name, value)) }
    : { [name]: params().getAll(name).filter(one => one !== value) };
}

/** The values of a name with further ones, in place of the one that there is where the API takes one alone. */
const added = (name, values) => single.includes(name) ? values
  : [...params().getAll(name).filter(one => !values.includes(one)), ...values];

/** What is excluded in place of a lowest level: it and those above it. */
function andAbove(level) {
  const at = levels.indexOf(level.toLowerCase());
  return at < 0 ? [level] : levels.slice(at).map(name => name[0].toUpperCase() + name.slice(1));
}

/** A filter that is turned off, as the address has it. The name of a detail may have a `=`, which ends the name. */
const offOf = (name, value) => `${name.replace(/[%=]/g, encodeURIComponent)}=${value}`;

function chipOf(off) {
  const at = off.indexOf('=');
  return { name: off.slice(0, Math.max(0, at)).replace(/%(25|3D)/g, decodeURIComponent), value: off.slice(at + 1), isOff: true };
}
