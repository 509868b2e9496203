import type { Slot } from '@launch-ready/core';
import { plainName } from './names.ts';
import type { Referent, Resource } from './resource-graph.ts';

/** What answers wrap an object or a list in, beside the name of its kind. */
const wrapper =
  /^(\*|items|data|results?|rows|records|list|entries|nodes|content|payload|value|values|attributes)$/i;
const ownId = /^(_?id|uuid|guid|slug|key|handle|number|ref|documentid|objectid|node|href|self|url)$/i;

/**
 * The resource whose own id was seen to travel into this slot; null when nothing was seen, or when the answer showed the value
 * as something else, such as the id of the object's owner.
 */
export function observedReferent(
  slot: Pick<Slot, 'refersTo'>,
  resources: readonly Resource[],
): Referent | null {
  const { refersTo } = slot;
  if (!refersTo) return null;
  const from = resources.find(
    ({ create, lists, read }) =>
      create !== null && [create, read, ...lists].some((operation) => operation?.id === refersTo.operation),
  );
  if (!from) return null;
  if (refersTo.pointer === 'header location') return from.referent;
  const keys = refersTo.pointer.split('/').slice(1);
  const last = keys.at(-1) ?? '';
  const kind = plainName(from.type.split('/').at(-1) ?? from.type);
  const link = refersTo.inside === 'url' && /(url|uri|link|href|location)$/i.test(last);
  const own = link || ownId.test(last) || [`${kind}id`, `${kind}uuid`, kind].includes(plainName(last));
  const wrapped = keys.slice(0, -1).every((key) => wrapper.test(key) || plainName(key) === kind);
  return own && wrapped ? from.referent : null;
}
