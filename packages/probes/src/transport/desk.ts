import type { ExchangeId, HeaderList } from '@launch-ready/core';
import type { Clock } from '../clock.ts';
import type { OutgoingRequest, ReceivedBytes } from './transport.ts';
import type { WireRequest, WireResult } from './wire.ts';

/** A request with all that goes onto the wire. */
export interface Prepared {
  readonly exchange: ExchangeId;
  readonly at: Date;
  /** As the sender thinks of it. */
  readonly asked: OutgoingRequest;
  /** As it leaves. */
  readonly request: OutgoingRequest;
  readonly outgoing: WireRequest;
}

/** What every way to the target has to pass: guard, budget, rate, transcript. Ways other than plain requests get it from the transport. */
export interface Desk {
  /**
   * Lets requests leave together, or none of them.
   * @throws {GuardRefusal} one of them would touch what we did not create
   * @throws {BudgetSpent} too few requests are left
   * @throws {TargetLost} the target does not answer, or does not bear the run
   * @throws {Stopped} the run was interrupted
   */
  admit(requests: readonly OutgoingRequest[]): Promise<void>;
  prepare(request: OutgoingRequest): Prepared;
  /** Writes down what went and came, with the secrets in it made known first. */
  record(
    exchanged: Pick<Prepared, 'exchange' | 'at' | 'request'> & {
      readonly headers: HeaderList;
      readonly body: Uint8Array | null;
      readonly result: WireResult;
    },
  ): void;
  /** Hands on bytes as they came. */
  received(request: OutgoingRequest, received: ReceivedBytes): void;
  stopIfAsked(): void;
  readonly clock: Clock;
}
