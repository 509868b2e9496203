import type { Workshop } from '../plant/workshop.ts';
import { namedThing } from '../access/names.ts';
import type { LiveEndpoint } from './live-endpoint.ts';

/**
 * A channel as an actor of this tenant asks for it: its `{names}` filled with what names the tenant and its objects, and what
 * a recording holds of other tenants put in its words. Null when something stays empty.
 */
export function addressFor(
  { context, scope, objects }: Workshop,
  endpoint: LiveEndpoint,
  tenant: string,
): LiveEndpoint | null {
  const { tenantIds, tenants } = context.target;
  let whole = true;
  const valueOf = (name: string): string | null => {
    const thing = namedThing(name) || name.toLowerCase();
    const object = objects.find(
      (one) => one.tenant === tenant && namedThing(one.resource.type.split('/').at(-1) ?? '') === thing,
    );
    return (
      tenantIds[tenant]?.[name] ??
      scope.value(thing, tenant) ??
      object?.id ??
      (name === 'tenant' ? tenant : null)
    );
  };
  const swaps = [
    ...tenants.map((other) => [other, tenant] as const),
    ...tenants.flatMap((other) =>
      Object.entries(tenantIds[other] ?? {}).map(
        ([name, value]) => [value, tenantIds[tenant]?.[name] ?? value] as const,
      ),
    ),
  ].filter(([from, to]) => from !== to);
  const filled = (text: string, encode: (value: string) => string): string => {
    const swapped = swaps.reduce(
      (made, [from, to]) => made.replace(new RegExp(`(?<![\\w-])${escaped(from)}(?![\\w-])`, 'g'), to),
      text,
    );
    return swapped.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = valueOf(name);
      if (value === null) whole = false;
      return encode(value ?? '');
    });
  };
  const { origin } = new URL(endpoint.url);
  const url = origin + filled(endpoint.url.slice(origin.length), encodeURIComponent);
  const hello = endpoint.hello.map((text) => filled(text, (value) => value));
  return whole ? { ...endpoint, url, hello } : null;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
