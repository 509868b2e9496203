import type { Subscription } from '../discover/graphql/subscriptions-of.ts';
import type { LiveEndpoint } from './live-endpoint.ts';

/**
 * The two ways in which servers give out subscriptions of GraphQL: as events (GraphQL over SSE, distinct connections) and over a
 * WebSocket (subprotocol graphql-transport-ws).
 */
export function subscriptionEndpoints({
  origin,
  endpoint,
  field,
  document,
}: Subscription): readonly [LiveEndpoint, LiveEndpoint] {
  const graphql = { field, document };
  const place = { source: 'graphql', graphql } as const;
  const query = new URLSearchParams({ query: document }).toString();
  return [
    { ...place, kind: 'events', url: `${origin}${endpoint}?${query}`, hello: [] },
    {
      ...place,
      kind: 'websocket',
      url: origin + endpoint,
      hello: [JSON.stringify({ id: '1', type: 'subscribe', payload: { query: document } })],
    },
  ];
}
