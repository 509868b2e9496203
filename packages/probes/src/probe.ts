import type { EvidenceKind, EvidenceMap, Operation, RunMode } from '@launch-ready/core';
import type { LeakIndex } from './leaks/leak-index.ts';
import type { Clock, Random } from './clock.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Vault } from './tokens/token-vault.ts';
import type { Inbox } from './mail/inbox.ts';
import type { Sessions } from './session/sessions.ts';
import type { Target } from './target/target.ts';
import type { Transport } from './transport/transport.ts';

/** Everything a probe may use. A probe opens no socket and reads no clock of its own. */
export interface ProbeContext {
  readonly target: Target;
  readonly mode: RunMode;
  readonly transport: Transport;
  readonly sessions: Sessions;
  readonly operations: readonly Operation[];
  readonly ledger: Ledger;
  readonly leaks: LeakIndex;
  readonly inbox: Inbox | null;
  /** Keeps tokens for a later review; absent when nothing may be kept. */
  readonly vault?: Vault;
  readonly clock: Clock;
  readonly random: Random;
  /** Data of a kind gathered earlier in this run; null when it is missing. */
  evidence<K extends EvidenceKind>(kind: K): EvidenceMap[K] | null;
  /** Says what is going on, for the progress line. */
  progress(text: string): void;
}

export type ProbeResult<K extends EvidenceKind> =
  | { readonly status: 'gathered'; readonly data: EvidenceMap[K] }
  | { readonly status: 'missing'; readonly because: string };

/** Does input and output, and turns what it saw into one kind of evidence. It judges nothing. */
export interface Probe<K extends EvidenceKind = EvidenceKind> {
  /** `subject/name`, its path below `probes/src`. */
  readonly id: string;
  readonly title: string;
  readonly provides: K;
  /** Kinds whose probes must run first. */
  readonly needs: readonly EvidenceKind[];
  /** The mildest mode in which it may run. */
  readonly leastMode: RunMode;
  /** Requests it expects to send, for the plan. */
  estimate(context: Pick<ProbeContext, 'target' | 'mode' | 'operations' | 'vault'>): number;
  run(context: ProbeContext): Promise<ProbeResult<K>>;
}

/** Declares a probe of one kind of evidence. */
export const defineProbe = <K extends EvidenceKind>(probe: Probe<K>): Probe<K> => probe;
