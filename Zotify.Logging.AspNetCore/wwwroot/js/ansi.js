// The colours of a terminal in a text. Only colours and bold are taken; a log can do nothing else to the page.

// The system log has the escape character as `\x1b`.
const sequence = /(?:\u001b|\\x1b)\[([\d;]*)m/g;
// How many numbers follow a colour that has a palette, or red, green and blue.
const further = { 5: 2, 2: 4 };
const reset = { color: '', isBold: false };

/** Whether a text has any. */
export const hasColours = text => text.includes('\u001b[') || text.includes('\\x1b[');

/** The parts of a text, each with the class of its colour. */
export function colouredParts(text) {
  const parts = [];
  let style = reset;
  let at = 0;
  for (const match of text.matchAll(sequence)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index), style: classOf(style) });
    style = next(style, match[1].split(';').map(Number));
    at = match.index + match[0].length;
  }

  if (at < text.length) parts.push({ text: text.slice(at), style: classOf(style) });
  return parts;
}

function next(style, codes) {
  let found = style;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at];
    // 256 colours and true colours have further numbers, which mean something else.
    if (code === 38 || code === 48) at += further[codes[at + 1]] ?? 1;
    else found = after(found, code);
  }

  return found;
}

function after(style, code) {
  if (code === 0) return reset;
  if (code === 1) return { ...style, isBold: true };
  if (code === 22) return { ...style, isBold: false };
  if (code === 39) return { ...style, color: '' };
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) return { ...style, color: `ansi-${code % 10}` };
  return style;
}

const classOf = ({ color, isBold }) => [color, isBold && 'ansi-bold'].filter(name => name).join(' ');
