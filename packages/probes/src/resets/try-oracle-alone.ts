import type { ActorId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Answer } from '../transport/transport.ts';
import { askFor } from './reset-desk.ts';
import type { ResetRequest } from './reset-routes.ts';
import { tryResetOracle, unknownOracle, type ResetOracle } from './try-reset-oracle.ts';

/** A throw-away account by the name it logs in with, which need not be a mail address. */
interface Named {
  readonly actor: ActorId;
  readonly tenant: string;
  readonly username: string;
}

/**
 * Compares what a throw-away account and invented ones are answered when a reset is asked for, where nothing more of resets can be
 * tried: the token is sent to nobody who reads it, or it is not known where it is used. About five requests.
 */
export async function tryOracleAlone(
  context: ProbeContext,
  asked: ResetRequest,
  accounts: readonly Named[],
): Promise<ResetOracle> {
  const { request, addressField } = asked;
  const unknown = (because: string): ResetOracle => ({
    oracle: unknownOracle(request.id, because),
    times: null,
  });
  const byMail = /^(user)?e?[-_]?mail([-_]?address)?$/i.test(addressField);
  const [one, other = one] = accounts.filter(({ username }) => !byMail || username.includes('@'));
  if (one === undefined || other === undefined)
    return unknown(
      `${request.id} was not tried: the target file names no throw-away account ${byMail ? 'with a mail address' : 'with a password'}`,
    );
  const ask = async ({ username }: Named): Promise<Answer | null> => {
    const { result } = await askFor(context, asked, username);
    return result.kind === 'answer' ? result : null;
  };
  const before = await context.sessions.login(one.actor);
  if (before.kind !== 'in') return unknown(`${request.id} was not tried: ${one.actor} could not log in`);
  // Some applications change the password as soon as a reset is asked for.
  const mark = context.ledger.intend({
    operation: request.id,
    actor: one.actor,
    tenant: one.tenant,
    type: 'password',
    twin: 'throwaway',
    canaries: [],
    slots: {},
    readUrl: null,
    deleteUrl: null,
    listUrl: null,
  });
  try {
    const first = await ask(one);
    if (first === null) return unknown(`${request.id} gave no answer to compare`);
    const names = [one.username, other.username] as const;
    return await tryResetOracle(context, asked, [first], names, () => ask(other));
  } finally {
    const login = await context.sessions.login(one.actor);
    if (login.kind === 'in') context.ledger.cleaned(mark);
    else context.ledger.leftover(mark, `${one.actor} does not log in any more after a reset was asked for`);
  }
}
