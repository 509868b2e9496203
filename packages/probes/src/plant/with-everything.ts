import type { Call } from '../cross-tenant/courier.ts';
import { flatSchema } from './flat-schema.ts';
import { isJsonObject } from './json-scalars.ts';
import { namedThing } from '../access/names.ts';

/** Parameters by which a request says what else is to come with an object. */
export const fieldChoice = /^(include|includes|expand|embed|with|populate|fields|select|relations)$/i;

/** The same request that asks for what these fields refer to as well, where the document has a parameter for that. */
export function withEverything(call: Call, fields: readonly string[]): Call {
  const slot = call.operation.slots.find(
    ({ in: place, name }) => place === 'query' && fieldChoice.test(name),
  );
  if (!slot) return call;
  const schema = flatSchema(slot.schema ?? {});
  const items = isJsonObject(schema.items) ? schema.items : schema;
  const choices = Array.isArray(items.enum) ? items.enum.map(String) : fields.map(namedThing);
  const wanted = choices.filter((choice) => choice !== '');
  if (wanted.length === 0) return call;
  const url = new URL(call.url);
  url.searchParams.set(slot.name, wanted.join(','));
  return { ...call, url: url.href };
}
