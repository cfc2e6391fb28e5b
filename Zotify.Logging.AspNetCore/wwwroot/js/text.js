// Shows text of a log exactly: characters that would be invisible, or would reorder the rest, are shown by their codes.

import { colouredParts, hasColours } from './ansi.js';

// Control characters, those that change the direction of text (such as the right-to-left override), and those without width.
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
const escape = '\u001b';

/** Sets an element's text, with the search terms marked. */
export function write(element, text, terms = []) {
  text ??= '';
  if (hasColours(text)) {
    const parts = colouredParts(text);
    element.replaceChildren(...parts.flatMap(({ text: part, style }) => style ? coloured(part, style, terms) : exact(part, terms)));
    return element;
  }

  if (terms.length === 0 && text.search(unseen) < 0) {
    element.textContent = text;
    return element;
  }

  element.replaceChildren(...exact(text, terms));
  return element;
}

const exact = (text, terms) => split(text, unseen, found => chip(found), rest => marked(rest, terms));

function coloured(text, style, terms) {
  const span = element('span', style, '');
  span.append(...exact(text, terms));
  return span;
}

/** The terms of a search that are looked for, split as the server does: words, "phrases", and neither with a minus before it. */
export function termsOf(q) {
  return [...(q ?? '').matchAll(/(-?)(?:"((?:[^"]|"")*)"?|(\S+))/g)]
    .filter(([, minus]) => !minus).map(([, , quoted, word]) => quoted?.replaceAll('""', '"') ?? word).filter(term => term);
}

function marked(text, terms) {
  if (terms.length === 0) return [text];
  const any = new RegExp(terms.map(term => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'giu');
  return split(text, any, found => element('mark', '', found), rest => [rest]);
}

function chip(character) {
  const name = character === escape ? 'ESC' : `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const shown = element('span', 'unseen', name);
  shown.title = 'A character that cannot be shown as it is';
  return shown;
}

function split(text, pattern, ofMatch, ofRest) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > at) nodes.push(...ofRest(text.slice(at, match.index)));
    nodes.push(ofMatch(match[0]));
    at = match.index + match[0].length;
  }

  if (at < text.length) nodes.push(...ofRest(text.slice(at)));
  return nodes;
}

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}
