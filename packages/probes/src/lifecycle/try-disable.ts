import type { ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import type { Refresh } from '../session/sessions.ts';
import { eventReproduction } from './event-reproduction.ts';
import type { accountDesk, AccountDesk } from './account-desk.ts';
import { disableChange } from './disable-change.ts';
import { logInAfresh } from './log-in-afresh.ts';
import { refreshTrial } from '../tokens/refresh-trial.ts';
import { residualLife } from '../tokens/residual-life.ts';
import type { SessionGap, SessionTrial } from './session-replay.ts';
import { findTenantGate } from './tenant-gate.ts';
import { watchGate } from './watch-gate.ts';

const probe = 'lifecycle/session-replay';
const event = 'disable';

interface Trials {
  /** A session from after the account was given back, which nobody has used. */
  readonly session?: Credential;
  readonly trials: readonly SessionTrial[];
  readonly notTested: readonly SessionGap[];
}
const gap = (because: string, absent = false): Trials => ({
  trials: [],
  notTested: [{ event, because, absent }],
});

/**
 * An administrator disables the throw-away account, whose old session and refresh token are then used; it is enabled again
 * and proven to work. Judged by a private read of the tenant, so that leaving one tenant of several counts too.
 */
export async function tryDisable(
  context: ProbeContext,
  desk: AccountDesk | Awaited<ReturnType<typeof accountDesk>>,
): Promise<Trials> {
  const { sessions, ledger } = context;
  if ('because' in desk) return gap(desk.because, desk.absent === true);
  const change = disableChange(context.operations, desk.list, desk.row);
  if (change === null)
    return gap(
      `no operation below ${desk.list.id} was found that disables a user and enables it again`,
      true,
    );
  const { off, on } = change;
  const [there, back] = [await desk.place(off.operation), await desk.place(on.operation)];
  if (there === null || back === null) return gap(`nothing is known to fill ${off.operation.path} with`);
  const { actor } = desk;
  const login = await logInAfresh(context, actor);
  if (login.kind === 'refused') return gap(`${actor} could not log in: ${login.because}`);
  const copy = login.credential.snapshot();
  const gate = await findTenantGate(context, {
    tenant: desk.tenant,
    near: desk.list,
    probe,
    sides: { may: [copy], mayNot: [null] },
  });
  if (gate === null) return gap(`no private read of ${desk.tenant} was found that ${actor} may make`);
  const residualSeconds = residualLife(context, copy);
  const exchanges: ExchangeId[] = [...desk.exchanges, ...login.exchanges];
  const entry = desk.intend(off.operation, there);
  const done = await desk.send(off.operation, there, entry, off.body, 'disable the throw-away account');
  exchanges.push(...done.exchanges);
  const trials: SessionTrial[] = [];
  let because: string | null = null;
  let shut = false;
  const reproduce = (refresh?: Refresh): SessionTrial['reproduce'] =>
    eventReproduction(context, {
      does: 'Logs in, disables the account as an administrator, uses the session, and enables the account again.',
      credential: copy,
      gate: gate.url,
      refresh,
      event: {
        kind: 'by-admin',
        admin: desk.admin,
        list: desk.shown,
        row: desk.row,
        id: Object.values(there.slots).at(-1) ?? null,
        username: desk.username,
        before: null,
        change: { method: off.operation.method, ...there, operation: off.operation, body: off.body },
        undo: { method: on.operation.method, ...back, operation: on.operation, body: on.body },
      },
    });
  if (!done.fine) because = `disabling was answered with ${done.said}`;
  else {
    const replay = await watchGate(context, gate, copy);
    const row = await desk.reread();
    const again = await sessions.login(actor);
    shut = again.kind === 'refused';
    const enters = again.kind === 'in' && (await gate.opens(again.credential)).open === true;
    const changed = row === null || JSON.stringify(row) !== JSON.stringify(desk.row);
    // That the account is disabled at all: it cannot get in any more, or its entry says so.
    if (enters && (!changed || change.isVague))
      because = changed
        ? `${off.operation.id} keeps the account out of nothing, so that it may mean something else than disabling`
        : `disabling was answered with ${done.said}, and nothing about the account changed`;
    else {
      const note = enters ? `; even a new login served ${gate.operation.id}` : '';
      trials.push({
        event,
        actor,
        credential: copy.kind === 'cookie' ? 'cookie' : 'bearer',
        verdict: enters ? 'alive' : replay.verdict,
        aliveAfterMs: replay.aliveAfterMs,
        residualSeconds,
        operation: off.operation.id,
        because: replay.because + note,
        exchanges: [...exchanges, ...replay.exchanges, ...again.exchanges],
        reproduce: replay.verdict === 'alive' || enters ? reproduce() : null,
      });
      trials.push(
        ...(await refreshTrial(context, login.refresh, {
          event,
          actor,
          probe,
          exchanges,
          operation: off.operation.id,
          reproduce,
        })),
      );
    }
  }
  const restored = await desk.send(on.operation, back, entry, on.body, 'enable the throw-away account again');
  const proof = await sessions.login(actor);
  // Where no login was let in, one that is let in proves enough.
  const works = proof.kind === 'in' && (shut || (await gate.opens(proof.credential)).open === true);
  if (works) ledger.cleaned(entry);
  else ledger.leftover(entry, `${actor} could not be enabled again (${restored.said}): do it by hand`);
  const session = works ? { session: proof.credential } : {};
  return because === null ? { trials, notTested: [], ...session } : { ...gap(because), ...session };
}
