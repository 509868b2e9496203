import { parseArgs } from 'node:util';

export interface Options {
  readonly port: number;
  readonly weakened: boolean;
}

/** Reads `--port N` and, where the example has one, `--weakened`. Throws an Error whose message is meant for the user. */
export function readOptions(
  args: readonly string[],
  defaults: { readonly port: number; readonly hasWeakened: boolean },
): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: 'string' }, ...(defaults.hasWeakened ? { weakened: { type: 'boolean' } } : {}) },
  });
  const port = Number(values.port ?? defaults.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be a number from 0 to 65535, not ${String(values.port)}`);
  return { port, weakened: values['weakened'] === true };
}
