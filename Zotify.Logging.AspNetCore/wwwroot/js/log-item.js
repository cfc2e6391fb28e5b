// A line of the system log, or an entry of a job's log, as the lists have it.

/** A line as the list has it; a gap stands between lines. */
export const toItem = (kind, data) => ({ ...data, kind: data.event === 'gap' ? 'gap' : kind, text: undefined });

const levels = { Trace: 'TRC', Debug: 'DBG', Information: 'INF', Warning: 'WRN', Error: 'ERR', Critical: 'CRT' };

/** The three letters of a level. */
export const shortLevel = level => levels[level] ?? '';

/** An item as text, with its date, as in a file. */
export function itemText({ timestamp, level, trace_id: trace, category, message, line, exception }) {
  const head = [timestamp, level && `[${shortLevel(level)}]`, trace, category, message ?? line].filter(part => part).join(' ');
  return exception ? `${head}\n\t${exception.replaceAll('\n', '\n\t')}` : head;
}
