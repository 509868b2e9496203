import type { HeaderList } from '@launch-ready/core';
import type { Clock } from '../clock.ts';
import type { RawUrl } from './raw-url.ts';
import type { NoAnswer } from './transport.ts';

/** One request as it goes onto the wire. */
export interface WireRequest {
  readonly method: string;
  readonly url: RawUrl;
  readonly headers: HeaderList;
  readonly body: Uint8Array | null;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal | null;
}

/** What came back. A part of an answer that broke off keeps its status for the transcript. */
export interface WireResult {
  readonly status: number | null;
  readonly headers: HeaderList;
  /** Decoded body, cut at the limit. */
  readonly bytes: Uint8Array;
  readonly failure: { readonly cause: NoAnswer['cause'] | 'stopped'; readonly because: string } | null;
  readonly firstByteMs: number | null;
  readonly totalMs: number;
}

/** Sends requests over one version of HTTP. Never throws for what the network or the target does. */
export interface Wire {
  send(request: WireRequest, clock: Clock): Promise<WireResult>;
  /**
   * Sends all of them so that the target has each but for its end, and then ends all at once.
   * Null, with nothing sent, when the target does not speak this version, or not for so many at once.
   */
  together(requests: readonly WireRequest[], clock: Clock): Promise<readonly WireResult[] | null>;
  close(): Promise<void>;
}

/** No answer at all. */
export const nothingCame = (failure: NonNullable<WireResult['failure']>, totalMs = 0): WireResult => ({
  status: null,
  headers: [],
  bytes: new Uint8Array(),
  failure,
  firstByteMs: null,
  totalMs,
});

/** A request that cannot be put on the wire, such as one with a line break in a header. */
export function unsendable(error: unknown): WireResult {
  if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_'))) throw error;
  return nothingCame({ cause: 'protocol', because: `the request cannot be written: ${error.message}` });
}
