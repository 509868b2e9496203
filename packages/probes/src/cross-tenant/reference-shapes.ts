import { isJsonObject } from '../plant/json-scalars.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import type { Injection } from './injections.ts';
import type { InsertVariant } from './insert-variants.ts';

/** Other ways to write a reference to what is foreign, for guards that compare one value and look no further. */
export function referenceShapes(
  plain: InsertVariant,
  { field, value, own }: Injection,
): readonly InsertVariant[] {
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  return [
    { ...plain, slot: `${plain.slot} as a list`, inject: { [field]: [value] } },
    { ...plain, slot: `${plain.slot} as an object`, inject: { [field]: { id: value } } },
    ...twice(plain, { field, value, own }),
  ];
}

/** The same field twice in one JSON body: which of the two counts is left to whoever reads it (RFC 8259 section 4). */
export function twice(
  plain: InsertVariant,
  { field, value, own }: Pick<Injection, 'field' | 'value' | 'own'>,
): readonly InsertVariant[] {
  if (own === undefined) return [];
  const spell = (body: OutgoingBody): OutgoingBody | null => {
    if (body.kind !== 'json' || !isJsonObject(body.value)) return null;
    const { [field]: _, ...rest } = body.value;
    const others = JSON.stringify(rest).slice(1, -1);
    const name = JSON.stringify(field);
    const pair = `${name}:${JSON.stringify(own)},${name}:${JSON.stringify(value)}`;
    return {
      kind: 'text',
      text: `{${others === '' ? '' : `${others},`}${pair}}`,
      contentType: 'application/json',
    };
  };
  return [{ ...plain, slot: `${plain.slot} twice`, spell }];
}
