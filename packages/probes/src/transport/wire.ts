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

/** Sends one request over one version of HTTP. Never throws for what the network or the target does. */
export interface Wire {
  send(request: WireRequest, clock: Clock): Promise<WireResult>;
  close(): Promise<void>;
}
