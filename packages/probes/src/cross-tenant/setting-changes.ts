import type { Operation } from '@launch-ready/core';
import { flatSchema } from '../plant/flat-schema.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import type { BoundSlot } from '../access/resource-graph.ts';
import type { Workshop } from '../plant/workshop.ts';

/** An operation that changes what belongs to a tenant as a whole, the one that shows it, and texts that may be changed. */
export interface SettingChange {
  readonly operation: Operation;
  readonly read: Operation;
  readonly fields: readonly string[];
}

/** Texts that reach people or money outside, or that others find the tenant by, are left as they are. */
const leftAsIs =
  /id$|slug|domain|host|url|mail|phone|secret|token|key|password|plan|currency|iban|tax|vat|webhook|locale|zone/i;

/** Operations that change settings of a tenant which its path or a header names, by a free text that can be put back. */
export function settingChanges({ context, graph, scope }: Workshop): readonly SettingChange[] {
  const isTenant = ({ referent }: BoundSlot): boolean =>
    referent.startsWith('scope ') && scope.names.has(referent.slice('scope '.length));
  return context.operations.flatMap((operation): readonly SettingChange[] => {
    const slots = graph.boundSlots(operation).filter(({ required }) => required);
    if (!['PATCH', 'PUT'].includes(operation.method) || slots.length === 0 || !slots.every(isTenant))
      return [];
    const read = context.operations.find(({ method, path }) => method === 'GET' && path === operation.path);
    const schema = flatSchema(operation.body?.schema ?? {});
    const properties = Object.entries(isJsonObject(schema.properties) ? schema.properties : {});
    const fields = properties.flatMap(([field, raw]) => {
      const one = isJsonObject(raw) ? flatSchema(raw) : {};
      const isFree = one.type === 'string' && !one.enum && !one.format && !one.pattern;
      return isFree && Number(one.maxLength ?? 100) >= 30 && !leftAsIs.test(field) ? [field] : [];
    });
    return read && fields.length > 0 ? [{ operation, read, fields }] : [];
  });
}
