import { isSafeMethod, type Operation } from '@launch-ready/core';
import { consumersOf } from './consumers.ts';
import type { Resource } from './resource-graph.ts';
import type { Workshop } from './workshop.ts';

/** Effects that reach people or money outside of the application. */
const outward =
  /(^|[/_-])(pay|payment|payments|checkout|charge|invoice|email|e-mail|mail|sms|notify|remind|reminder|call|print|fax|webhook|webhooks|deploy|import)([/_-]|$)/i;

/** Operations that do something to one object: `/posts/{post}/archive`, `/publish/{post}`, `PUT /posts/{post}/status`. */
export function actionsOn(workshop: Pick<Workshop, 'graph'>, resource: Resource): readonly Operation[] {
  return [...resource.below, ...consumersOf(workshop, resource)].filter(
    ({ method, path }) => !isSafeMethod(method) && !outward.test(path.replace(/\{[^}]*\}/g, '')),
  );
}
