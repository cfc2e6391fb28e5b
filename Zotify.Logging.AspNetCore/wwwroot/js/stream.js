// A live stream that goes on after its last position by itself, whatever happens to the connection.
//
// A tab that is not seen gives its connection up, and goes on when it is seen: a browser has only six of HTTP/1.1 for a host.
//
// Not EventSource: that one does not tell why it failed, reconnects for ever after a normal end, and gives every event
// a task of its own, where thousands a second have to be taken together.

import { Problem, query, signedOut } from './api.js';
import { parse } from './digits.js';
import { Missed } from './missed.js';
import { answered, unanswered } from './server.js';
import { SseParser } from './sse.js';

const firstWait = 500;
const longestWait = 15_000;
// The server says something every 15 seconds.
const silence = 45_000;
// A slice of work that nobody notices, in milliseconds.
const slice = 8;

export class LogStream {
  #path;
  #params;
  #handlers;
  #position;
  #lostAt;
  #wait = firstWait;
  #stop = new AbortController();

  /**
   * Handlers: `batch(events)` for what arrives, each `{ kind, data }` of kind line, gap, incomplete or end;
   * `state({ kind })` for the connection:
   * connecting, live, away (with `wait`), ended, refused (with `problem`); `begun()` when a connection has its position, which takes a
   * while where the log is searched; `caughtUp({ lines, ms, isGap })` after an interruption.
   */
  constructor(path, params, handlers, position = undefined) {
    this.#path = path;
    this.#params = params;
    this.#handlers = handlers;
    this.#position = position;
  }

  /** Where to go on after what arrived. */
  get position() {
    return this.#position;
  }

  start() {
    this.#run();
    return this;
  }

  stop() {
    this.#stop.abort();
  }

  async #run() {
    while (!this.#stop.signal.aborted) {
      await this.#untilSeen();
      if (this.#stop.signal.aborted) return;
      if (this.#lostAt === undefined) this.#handlers.state({ kind: 'connecting' });
      const problem = await this.#connect();
      if (this.#stop.signal.aborted) return;
      if (problem && problem.status < 500 && problem.status !== 429) {
        if (problem.status === 401) signedOut();
        this.#handlers.state({ kind: 'refused', problem });
        return;
      }

      if (document.hidden && !problem) continue;
      this.#lostAt ??= performance.now();
      const wait = this.#wait * (0.75 + Math.random() / 2);
      this.#wait = Math.min(this.#wait * 2, longestWait);
      this.#handlers.state({ kind: 'away', wait });
      await this.#rest(wait);
    }
  }

  /** Reads a connection to its end. Returns what the server refused it by, if it did. */
  async #connect() {
    const connection = new AbortController();
    this.#stop.signal.addEventListener('abort', () => connection.abort(), { signal: connection.signal });
    document.addEventListener('visibilitychange', () => document.hidden && connection.abort(), { signal: connection.signal });
    let watch;
    const heard = () => {
      clearTimeout(watch);
      watch = setTimeout(() => connection.abort(), silence);
    };
    try {
      heard();
      const headers = { Accept: 'text/event-stream', ...(this.#position ? { 'Last-Event-ID': this.#position } : {}) };
      const answer = await fetch(`${this.#path}${query(this.#params)}`, { headers, signal: connection.signal });
      // It is made again, as one that broke.
      if (!answered(answer)) return undefined;
      if (answer.status === 204) return this.#end();
      if (answer.redirected) return new Problem(401, {});
      if (!answer.ok) return await Problem.of(answer);
      await this.#read(answer, heard);
    } catch {
      // The connection broke: whatever the reason, it is made again.
      if (!this.#stop.signal.aborted && !document.hidden) unanswered();
    } finally {
      clearTimeout(watch);
      connection.abort();
    }

    return undefined;
  }

  async #read(answer, heard) {
    const missed = this.#lostAt === undefined ? undefined : new Missed(this.#lostAt, answer.headers.get('Date'), this.#handlers.caughtUp);
    this.#lostAt = undefined;
    this.#wait = firstWait;
    this.#handlers.state({ kind: 'live' });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new SseParser();
    let hasBegun = false;
    let until = performance.now() + slice;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || this.#stop.signal.aborted) return this.#ended();
        heard();
        const events = parser.push(value);
        if (!hasBegun && events.length > 0) this.#handlers.begun?.();
        hasBegun ||= events.length > 0;
        this.#take(events, missed);
        // What has arrived already comes without a pause: the page gets its turn in between.
        if (performance.now() < until) continue;
        await new Promise(resolve => setTimeout(resolve));
        until = performance.now() + slice;
      }
    } finally {
      missed?.tell();
    }
  }

  #take(events, missed) {
    const told = [];
    for (const { event, id, data } of events) {
      // The first one has a position alone, and so has a heartbeat: how far the log was read where nothing matched.
      this.#position = id || this.#position;
      if (data !== undefined) told.push({ kind: event ?? 'line', data: parse(data) });
    }

    if (told.length === 0) return;
    missed?.count(told);
    this.#handlers.batch(told);
    if (told.some(event => event.kind === 'end')) this.#end();
  }

  /** A range that has an end is whole where its answer ends; one that is cut is broken off. */
  #ended() {
    if (this.#params.to && !this.#stop.signal.aborted) this.#end();
  }

  #end() {
    this.stop();
    this.#handlers.state({ kind: 'ended' });
  }

  #untilSeen() {
    if (!document.hidden) return undefined;
    return new Promise(resolve => {
      const seen = new AbortController();
      const look = () => {
        if (document.hidden && !this.#stop.signal.aborted) return;
        seen.abort();
        resolve();
      };
      document.addEventListener('visibilitychange', look, { signal: seen.signal });
      this.#stop.signal.addEventListener('abort', look, { signal: seen.signal });
    });
  }

  #rest(wait) {
    return new Promise(resolve => {
      const over = new AbortController();
      const go = () => {
        over.abort();
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(go, wait);
      addEventListener('online', go, { signal: over.signal });
      this.#stop.signal.addEventListener('abort', go, { signal: over.signal });
    });
  }
}
