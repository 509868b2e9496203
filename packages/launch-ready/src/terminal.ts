/** Where a command writes: results to `out`, everything else to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly isInteractive: boolean;
  readonly color: boolean;
  readonly width: number;
}

/** The process's own terminal. Colour follows NO_COLOR (no-color.org) and whether standard output is a terminal. */
export function processTerminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isInteractive: process.stderr.isTTY === true && process.env['CI'] === undefined,
    color: process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '',
    // Some terminals say that they are 0 columns wide.
    width: Math.min(process.stdout.columns || 80, 120),
  };
}
