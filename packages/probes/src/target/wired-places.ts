import type { ParsedTargetInput } from './target-input.ts';
import type { Target } from './target.ts';

/** An address of the target, from a path or a URL that a field names. */
type OwnUrl = (field: string, place: string) => URL;

/** Where procedures are called, and which are named; null when the target file speaks of none. */
export function trpcOf(input: ParsedTargetInput['trpc'], ownUrl: OwnUrl): NonNullable<Target['trpc']> | null {
  if (input === undefined) return null;
  const { transformer = 'none', procedures = {} } = {
    transformer: undefined,
    procedures: undefined,
    ...input,
  };
  return {
    url: ownUrl('trpc', input.url).href,
    transformer,
    procedures: Object.entries(procedures).map(([path, one]) => ({ path, ...one })),
  };
}

/** Where tables are offered as they are, and which are named; null when the target file speaks of none. */
export function postgrestOf(
  input: ParsedTargetInput['postgrest'],
  ownUrl: OwnUrl,
): NonNullable<Target['postgrest']> | null {
  if (input === undefined) return null;
  const { tables = {} } = { tables: undefined, ...input };
  return {
    url: ownUrl('postgrest', input.url).href,
    tables: Object.entries(tables).map(([name, { key, columns, required }]) => ({
      name,
      columns,
      required,
      key: [key].flat(),
      methods: [],
    })),
  };
}
