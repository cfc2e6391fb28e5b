// A line of the system log, or an entry of a job's log, as the lists have it.

/** A line as the list has it; a gap, and a source that went or came, stand between lines. `line` is the text of what is no line of the log. */
export function toItem(kind, { text, ...data }) {
  const isStray = text !== undefined && !data.timestamp && !text.startsWith('\t');
  return { ...data, kind: data.event ?? kind, line: isStray ? text.split('\n', 1)[0] : undefined };
}

/** Whether a line has the properties, the scope and the job of its call. */
export const isStructured = item => item.format === 'Json';

const levels = { Trace: 'TRC', Debug: 'DBG', Information: 'INF', Warning: 'WRN', Error: 'ERR', Critical: 'CRT' };

/** The three letters of a level. */
export const shortLevel = level => levels[level] ?? '';

/** An item as text, with its date, as in a file. */
export function itemText({ timestamp, level, trace_id: trace, category, message, line, exception }) {
  const head = [timestamp, level && `[${shortLevel(level)}]`, trace, category, message ?? line].filter(part => part).join(' ');
  return exception ? `${head}\n\t${exception.replaceAll('\n', '\n\t')}` : head;
}
