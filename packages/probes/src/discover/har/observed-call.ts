import type { HttpMethod } from '@launch-ready/core';

/** One request with its answer, as recorded outside of a run. */
export interface ObservedCall {
  readonly origin: string;
  readonly method: HttpMethod;
  /** Decoded path segments, without empty ones. */
  readonly segments: readonly string[];
  readonly query: readonly (readonly [string, string])[];
  /** Names in lower case. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ObservedBody | null;
  readonly status: number;
  readonly answerType: string | null;
  /** The answer's body as JSON; undefined when it is none. */
  readonly answer: unknown;
  readonly location: string | null;
}

export interface ObservedBody {
  readonly contentType: string;
  /** Parsed JSON, or the fields of a form; undefined when it is neither. */
  readonly value: unknown;
}
