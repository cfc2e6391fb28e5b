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

export class Filters {
  #labels;
  #plain;
  #hasDetails;

  /** `labels`: the names of filters that have chips, with what people call them; `plain`: parameters that have fields of their own. */
  constructor(labels, { plain = ['q', 'level', 'from', 'to'], hasDetails = false } = {}) {
    this.#labels = labels;
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
      if (name !== 'off') return this.has(name) && !this.#plain.includes(name) && (value || isDetail(name)) ? [{ name, value, isOff: false }] : [];
      const at = value.indexOf('=');
      return this.has(value.slice(0, at)) ? [{ name: value.slice(0, at), value: value.slice(at + 1), isOff: true }] : [];
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
    if (chip.isOff) changes.off.push(`${name}=${chip.value}`);
    else changes[name] = [...params().getAll(name), chip.value];
    change({ ...changes, ...start });
  }

  toggle(chip) {
    const changes = without(chip);
    if (chip.isOff) changes[chip.name] = [...params().getAll(chip.name), chip.value];
    else changes.off = [...params().getAll('off'), `${chip.name}=${chip.value}`];
    change({ ...changes, ...start });
  }

  /** The address without any filter, and without others of these names, on the first page. */
  clear(...others) {
    const gone = [...this.chips.map(({ name }) => name), ...this.#plain, ...others, 'off'];
    change({ ...Object.fromEntries(gone.map(name => [name, null])), ...start });
  }

  #put(name, value) {
    if (name === 'level') return change({ level: value, ...start });
    const rest = params().getAll(opposite(name)).filter(one => one !== value);
    const off = params().getAll('off').filter(one => ![`${name}=${value}`, `${opposite(name)}=${value}`].includes(one));
    const values = params().getAll(name).filter(one => one !== value);
    return change({ [opposite(name)]: rest, [name]: [...values, value], off, ...start });
  }
}

// Other filters have other pages.
const start = { cursor: null, at: null, line: null };

function without({ name, value, isOff }) {
  return isOff ? { off: params().getAll('off').filter(one => one !== `${name}=${value}`) }
    : { [name]: params().getAll(name).filter(one => one !== value) };
}
