// Takes a stream of server-sent events apart (HTML standard, section 9.2), chunk by chunk.

/** Feeds on text and returns the events that are whole. An id without data comes as an event without data: it is a position alone. */
export class SseParser {
  #rest = '';
  #event = {};

  /** The events that this chunk completes. */
  push(chunk) {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop();
    const events = [];
    for (const line of lines) this.#take(line.endsWith('\r') ? line.slice(0, -1) : line, events);
    return events;
  }

  #take(line, events) {
    if (line === '') {
      if (this.#event.data !== undefined || this.#event.id !== undefined) events.push(this.#event);
      this.#event = {};
      return;
    }

    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') this.#event.data = this.#event.data === undefined ? value : `${this.#event.data}\n${value}`;
    else if (name === 'event' || name === 'id') this.#event[name] = value;
  }
}
