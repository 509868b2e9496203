import type { TransportRedactor } from './redactor.ts';

const longest = 4096;
const most = 4000;

/**
 * The same redactor, which remembers what became of short texts and headers: most of them stand in every exchange of a run. What
 * it remembers is forgotten as soon as there is one more secret, since a text that was harmless before may hold it.
 */
export function memoRedactor(redactor: TransportRedactor): TransportRedactor {
  const named = new Set<string>();
  const texts = new Map<string, string>();
  const headers = new Map<string, string>();
  const remembered = (known: Map<string, string>, key: string, make: () => string): string => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make();
    if (known.size >= most) known.clear();
    known.set(key, made);
    return made;
  };
  return {
    addSecret: (value) => {
      if (named.has(value)) return;
      named.add(value);
      texts.clear();
      headers.clear();
      redactor.addSecret(value);
    },
    text: (value) =>
      value.length > longest ? redactor.text(value) : remembered(texts, value, () => redactor.text(value)),
    headers: (list) =>
      list.map(([name, value]): [string, string] => {
        const redact = (): string => redactor.headers([[name, value]])[0]?.[1] ?? '';
        return [name, value.length > longest ? redact() : remembered(headers, `${name}\n${value}`, redact)];
      }),
  };
}
