import type { EvidenceMap } from '@launch-ready/core';
import { isRequiredArgument, type GraphQLField, type GraphQLSchema } from 'graphql';
import { selectionFor } from './selection.ts';

export type Subscription = NonNullable<EvidenceMap['operations']['subscriptions']>[number];

/** The subscriptions that can be listened to as they are, and the names of those that need to be told something first. */
export function subscriptionsOf(
  schema: GraphQLSchema,
  fields: readonly GraphQLField<unknown, unknown>[],
  { origin, endpoint }: { readonly origin: string; readonly endpoint: string },
): readonly [readonly Subscription[], readonly string[]] {
  const [others, simple] = [true, false].map((needs) =>
    fields.filter(({ args }) => args.some(isRequiredArgument) === needs),
  );
  const subscriptions = (simple ?? []).map(({ name, type }): Subscription => {
    const document = `subscription ${name} { ${name} ${selectionFor(schema, type, 'plain')} }`.replace(
      / +\}/g,
      ' }',
    );
    return { origin, endpoint, field: name, document };
  });
  return [subscriptions, (others ?? []).map(({ name }) => name)];
}
