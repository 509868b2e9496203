import type { ExchangeId, Operation } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { Credential, LoginResult, Refresh } from '../session/sessions.ts';
import type { AccountDesk, accountDesk } from './account-desk.ts';
import { eventReproduction } from './event-reproduction.ts';
import { logInAfresh } from './log-in-afresh.ts';
import { residualLife } from '../tokens/residual-life.ts';
import { roleChange, roleOf } from './role-change.ts';
import type { SessionGap, SessionTrial } from './session-replay.ts';
import { findTenantGate } from './tenant-gate.ts';
import { tradeRefresh } from '../tokens/trade-refresh.ts';
import { watchGate } from './watch-gate.ts';

const probe = 'lifecycle/session-replay';
const event = 'downgrade';

interface Trials {
  readonly trials: readonly SessionTrial[];
  readonly notTested: readonly SessionGap[];
}
const gap = (because: string, absent = false): Trials => ({
  trials: [],
  notTested: [{ event, because, absent }],
});

/**
 * Gives the throw-away account a strong role, opens a session, takes the role back, and uses that session for what only the
 * strong role may. The account itself lives on.
 */
export async function tryDowngrade(
  context: ProbeContext,
  desk: AccountDesk | Awaited<ReturnType<typeof accountDesk>>,
  /** A living session of the account, when there is one already. */
  living: Credential | undefined,
): Promise<Trials> {
  const { sessions, ledger } = context;
  if ('because' in desk) return gap(desk.because, desk.absent === true);
  const change = roleChange(context.operations, desk.list, desk, context.target.roles);
  if (change === null) return gap(`no operation below ${desk.list.id} was found that changes a role`, true);
  const place = await desk.place(change.operation);
  if (place === null) return gap(`nothing is known to fill ${change.operation.path} with`);
  if (change.stronger.length === 0) return gap(`no role above ${change.now} is known`);
  const { actor, admin, tenant } = desk;
  const low: LoginResult =
    living === undefined ? await sessions.login(actor) : { kind: 'in', credential: living, exchanges: [] };
  if (low.kind === 'refused') return gap(`${actor} could not log in: ${low.because}`);
  const gate = await findTenantGate(context, {
    tenant,
    near: desk.list,
    probe,
    sides: { may: [sessions.current(admin)], mayNot: [low.credential] },
    prefer: adminFirst(context),
  });
  if (gate === null) return gap(`no read was found that ${admin} may make and ${actor} may not`);
  const exchanges: ExchangeId[] = [...desk.exchanges, ...low.exchanges];
  const entry = desk.intend(change.operation, place);
  const set = async (role: string, purpose: string): Promise<string> => {
    const done = await desk.send(change.operation, place, entry, change.body(role), purpose);
    exchanges.push(...done.exchanges);
    return done.said;
  };
  let high: Awaited<ReturnType<typeof logInAfresh>> | null = null;
  let said = '';
  let roleGiven = '';
  for (const role of change.stronger.slice(0, 2)) {
    said = await set(role, 'give the throw-away account a strong role');
    const login = await logInAfresh(context, actor);
    exchanges.push(...login.exchanges);
    if (login.kind === 'in' && (await gate.opens(login.credential)).open === true) {
      high = login;
      roleGiven = role;
      break;
    }
  }
  const copy = high?.kind === 'in' ? high.credential.snapshot() : null;
  const residualSeconds = copy === null ? null : residualLife(context, copy);
  const back = await set(change.now, 'take the strong role back');
  const row = await desk.reread();
  const restored = row !== null && roleOf(row) === change.now;
  if (restored) ledger.cleaned(entry);
  else
    ledger.leftover(
      entry,
      `${actor} may still have a strong role (${back}): set it to ${change.now} by hand`,
    );
  if (high?.kind !== 'in' || copy === null)
    return gap(`raising the role was answered with ${said}, and ${gate.operation.id} stayed closed`);
  if (!restored) return gap(`the strong role could not be seen to be taken back (${back})`);

  const strong = roleGiven;
  const reproduce = (refresh?: Refresh): SessionTrial['reproduce'] => {
    const request = (role: string) => ({
      method: change.operation.method,
      ...place,
      operation: change.operation,
      body: change.body(role),
    });
    return eventReproduction(context, {
      does: 'Gives the account a strong role, logs in, takes the role back, and uses that session for what only the strong role may.',
      credential: copy,
      gate: gate.url,
      refresh,
      event: {
        kind: 'by-admin',
        admin,
        list: desk.shown,
        row: desk.row,
        id: Object.values(place.slots).at(-1) ?? null,
        username: desk.username,
        before: request(strong),
        change: request(change.now),
        undo: request(change.now),
      },
    });
  };
  const replay = await watchGate(context, gate, copy);
  // What a living session means depends on what a new login may do; a refused one needs no such control.
  const fresh = replay.verdict === 'alive' ? await sessions.login(actor) : null;
  const lives = fresh?.kind !== 'refused';
  const stillHigh = fresh?.kind === 'in' && (await gate.opens(fresh.credential)).open === true;
  const base = { event, actor, residualSeconds, operation: change.operation.id } as const;
  const unclear = stillHigh
    ? 'even a new login has the right, so that the role may be granted by something else'
    : lives
      ? null
      : 'the account could not log in with its weak role';
  const trials: SessionTrial[] = [
    {
      ...base,
      credential: copy.kind === 'cookie' ? 'cookie' : 'bearer',
      verdict: unclear === null ? replay.verdict : 'inconclusive',
      aliveAfterMs: replay.aliveAfterMs,
      because: unclear ?? replay.because,
      exchanges: [...exchanges, ...replay.exchanges],
      reproduce: unclear === null && replay.verdict === 'alive' ? reproduce() : null,
    },
  ];
  if (high.refresh !== undefined && unclear === null) {
    // A refusal is fine as well: then the whole login has ended.
    const trade = await tradeRefresh(context, high.refresh, { probe });
    const kept =
      trade.kind === 'given' && trade.credential !== null ? (await gate.opens(trade.credential)).open : false;
    trials.push({
      ...base,
      residualSeconds: null,
      credential: 'refresh',
      verdict: trade.kind === 'unsure' || kept === null ? 'inconclusive' : kept ? 'alive' : 'ended',
      aliveAfterMs: null,
      because: kept
        ? `the refresh token from before gave a token to which ${gate.operation.id} was open`
        : trade.kind === 'given'
          ? 'what the refresh token from before gave has the weak role'
          : trade.because,
      exchanges: [...exchanges, ...trade.exchanges],
      reproduce: kept ? reproduce(high.refresh) : null,
    });
  }
  return { trials, notTested: [] };
}

/** Reads that the role matrix saw denied to some role come first, then those that sound like administration. */
function adminFirst(context: ProbeContext): (operation: Operation) => number {
  const cells = context.evidence('roleMatrix')?.cells ?? [];
  const denied = new Set(
    cells.filter(({ observed }) => observed === 'denied').map(({ operation }) => operation),
  );
  return ({ id, path }) =>
    denied.has(id) ? 0 : /admin|audit|billing|invit|setting|log|key|report|role|manage/i.test(path) ? 1 : 2;
}
