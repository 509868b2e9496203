import type { VerdictKind } from '@launch-ready/core';

/** What the command tells the shell. */
export const exitCode = {
  go: 0,
  noGo: 1,
  notProven: 2,
  /** Wrong usage or configuration (EX_USAGE of sysexits). */
  usage: 64,
  /** The target is out of reach (EX_UNAVAILABLE of sysexits). */
  unreachable: 69,
  /** A fault of this program (EX_SOFTWARE of sysexits). */
  internal: 70,
  /** Stopped by the user, with clean-up done. */
  stopped: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

const byVerdict = { go: exitCode.go, 'no-go': exitCode.noGo, 'not-proven': exitCode.notProven } as const;

export const exitCodeOf = (verdict: VerdictKind): ExitCode => byVerdict[verdict];
