import type { ActorId, ExchangeId } from '@launch-ready/core';
import type { PageAnswer, PageCookie } from './browser-wire.ts';
import type { OutgoingRequest } from './transport.ts';
import { nothingCame, type WireResult } from './wire.ts';

/** A page of another origin, opened in a real browser that is signed in at the application. */
export interface PageVisit {
  readonly actor: ActorId;
  readonly probe: string;
  readonly purpose: string;
  /** Origin of the page; nothing has to live there. */
  readonly origin: string;
  readonly html: string;
  readonly cookies: readonly PageCookie[];
  /** The requests that the page makes, each guarded and counted like any other. */
  readonly calls: readonly Omit<OutgoingRequest, 'actor' | 'probe' | 'purpose'>[];
  /** The page puts what it found into `globalThis.said`. */
  readonly says: boolean;
}

/** What a page did. */
export interface PageVisited {
  readonly said: string | null;
  readonly answers: readonly {
    readonly exchange: ExchangeId;
    readonly status: number;
    /** The browser sent cookies along. */
    readonly withCookies: boolean;
  }[];
}

/** A real browser; closed by whoever opened it, at the latest with the transport. */
export interface RealBrowser {
  readonly version: string;
  /**
   * Opens the page and waits for its calls to be answered.
   * @throws what `send` throws
   */
  visit(visit: PageVisit): Promise<PageVisited>;
  close(): Promise<void>;
}

/** The answer that belongs to a call, by method and address. */
export const isAnswerTo = (call: Pick<OutgoingRequest, 'method' | 'url'>, answer: PageAnswer): boolean =>
  call.method === answer.method && new URL(call.url).href === answer.url;

/** What came back to a page, as it is recorded. */
export const resultOf = (answer: PageAnswer | undefined, totalMs: number): WireResult =>
  answer === undefined
    ? nothingCame({ cause: 'protocol', because: 'the browser did not send it, or got no answer' }, totalMs)
    : { ...answer, failure: null, firstByteMs: null, totalMs };
