import { Kind, parse, print, visit, type ValueNode } from 'graphql';

interface Said {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The document with some of its variables written into it as literals, for servers that guard what stands in the variables. */
export function inlined(
  document: string,
  variables: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Said {
  if (names.length === 0) return { query: document, variables };
  const literals = new Map(
    names.flatMap((name) => {
      const node = literalOf(variables[name]);
      return node === null ? [] : [[name, node] as const];
    }),
  );
  const rewritten = visit(parse(document), {
    VariableDefinition: ({ variable }) => (literals.has(variable.name.value) ? null : undefined),
    Variable: ({ name }) => literals.get(name.value),
  });
  const left = Object.entries(variables).filter(([name]) => !literals.has(name));
  return { query: print(rewritten), variables: Object.fromEntries(left) };
}

function literalOf(value: unknown): ValueNode | null {
  if (typeof value === 'string') return { kind: Kind.STRING, value };
  if (typeof value !== 'number') return null;
  const kind = Number.isInteger(value) ? Kind.INT : Kind.FLOAT;
  return { kind, value: String(value) };
}
