/** A WebSocket or a stream of events, as something named it. */
export interface LiveEndpoint {
  readonly kind: 'websocket' | 'events';
  /** Absolute, with http or https; may hold `{names}`. */
  readonly url: string;
  /** Frames to say first, as they were seen or given; may hold `{names}`. */
  readonly hello: readonly string[];
  readonly source: string;
}

/** `GET /live`. */
export const nameOf = ({ url }: LiveEndpoint): string =>
  `GET ${/^[a-z]+:\/\/[^/?#]+([^?#]*)/i.exec(url)?.[1] || '/'}`;
