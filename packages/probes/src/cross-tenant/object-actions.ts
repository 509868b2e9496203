import { isSafeMethod, type Operation } from '@launch-ready/core';
import { consumersOf } from '../access/consumers.ts';
import type { Resource } from '../access/resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';

/** Effects that reach people or money outside of the application. */
const outward =
  /(^|[/_-])(pay|payment|payments|checkout|charge|invoice|email|e-mail|mail|sms|notify|remind|reminder|call|print|fax|webhook|webhooks|deploy|import)([/_-]|$)/i;

/** Operations that do something to one object: `/posts/{post}/archive`, `/publish/{post}`, `PUT /posts/{post}/status`. */
export function actionsOn(
  workshop: Pick<Workshop, 'graph' | 'scope'>,
  resource: Resource,
): readonly Operation[] {
  return [...resource.below, ...consumersOf(workshop, resource)].filter(
    (operation) =>
      !isSafeMethod(operation.method) &&
      !outward.test(operation.path.replace(/\{[^}]*\}/g, '')) &&
      canFill(workshop, operation),
  );
}

/** Whether every slot takes an object that can be made, or something whose name is known: no member, for instance. */
const canFill = ({ graph, scope }: Pick<Workshop, 'graph' | 'scope'>, operation: Operation): boolean =>
  graph
    .boundSlots(operation)
    .every(
      ({ required, referent }) =>
        !required || !referent.startsWith('scope ') || scope.names.has(referent.slice('scope '.length)),
    );
