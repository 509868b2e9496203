/** A WebSocket or a stream of events, as something named it. */
export interface LiveEndpoint {
  readonly kind: 'websocket' | 'events';
  /** Absolute, with http or https; may hold `{names}`. */
  readonly url: string;
  /** Frames to say first, as they were seen or given; may hold `{names}`. */
  readonly hello: readonly string[];
  readonly source: string;
  /** Set for a subscription of GraphQL. */
  readonly graphql?: { readonly field: string; readonly document: string };
}

/** `GET /live`, and `GET /graphql~/ticketAdded` for a subscription. */
export const nameOf = ({ url, graphql }: LiveEndpoint): string =>
  `GET ${/^[a-z]+:\/\/[^/?#]+([^?#]*)/i.exec(url)?.[1] || '/'}${graphql ? `~/${graphql.field}` : ''}`;
