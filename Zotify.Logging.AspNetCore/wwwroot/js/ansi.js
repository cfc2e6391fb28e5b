// The colours of a terminal in a text. Only colours and bold are taken; a log can do nothing else to the page.

// The system log has the escape character as `\x1b`.
const sequence = /(?:\u001b|\\x1b)\[([\d;]*)m/g;
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
  // 256 colours and true colours have further numbers, which mean something else.
  if (codes[0] === 38 || codes[0] === 48) return style;
  return codes.reduce((found, code) => {
    if (code === 0) return reset;
    if (code === 1) return { ...found, isBold: true };
    if (code === 22) return { ...found, isBold: false };
    if (code === 39) return { ...found, color: '' };
    if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) return { ...found, color: `ansi-${code % 10}` };
    return found;
  }, style);
}

const classOf = ({ color, isBold }) => [color, isBold && 'ansi-bold'].filter(name => name).join(' ');
