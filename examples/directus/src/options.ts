import { parseArgs } from 'node:util';

export type Mode = 'strict' | 'weakened';

export interface Options {
  readonly action: 'run' | 'stop' | 'help';
  readonly mode: Mode;
  /** 0 means: any free port. */
  readonly port: number;
  /** Throw away the data of this configuration first. */
  readonly fresh: boolean;
}

export const usage = `usage: start [--weakened] [--port N] [--fresh]   run in the foreground until Ctrl-C
       start --stop [--weakened]                  stop the one that runs elsewhere

  --weakened   one deliberate hole: members read the notes of every tenant
  --port N     port on 127.0.0.1 (8055, weakened 8056; 0 takes a free one)
  --fresh      begin with an empty database`;

/** Reads the command line. Throws an Error whose message is meant for the user. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      weakened: { type: 'boolean', default: false },
      port: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      stop: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const mode = values.weakened ? 'weakened' : 'strict';
  const port = values.port === undefined ? (mode === 'strict' ? 8055 : 8056) : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be a number from 0 to 65535, not ${values.port}`);
  return { action: values.help ? 'help' : values.stop ? 'stop' : 'run', mode, port, fresh: values.fresh };
}
