import type { ActorId, EvidenceMap, ExchangeId } from '@launch-ready/core';
import { seenTwice, type Seen } from '../invites/seen-twice.ts';
import { passwordRoute, type PasswordRoute } from '../lifecycle/password-route.ts';
import type { ProbeContext } from '../probe.ts';
import type { Answer } from '../transport/transport.ts';
import { putPasswordBack } from './put-password-back.ts';
import { resetDesk, type Asked, type ResetDesk, type Used } from './reset-desk.ts';
import { resetReproduction } from './reset-reproduction.ts';
import type { ResetRoutes } from './reset-routes.ts';

type ResetReplay = EvidenceMap['resetReplay'];
type Trial = ResetReplay['trials'][number];
export type ResetCase = Trial['case'];

/** A throw-away account whose password may be reset. */
export interface ResetAccount {
  readonly actor: ActorId;
  readonly address: string;
  readonly password: string;
  readonly tenant: string;
}

/** A trial with the values that its reproduction replaces. */
export interface SeenReset extends Seen {
  readonly token?: string;
  readonly password?: string;
}

/** What the trials of one run share. */
export interface ResetTrials {
  readonly context: ProbeContext;
  readonly routes: ResetRoutes;
  readonly change: PasswordRoute | null;
  readonly trials: readonly Trial[];
  readonly notTested: readonly ResetReplay['notTested'][number][];
  /** Everything that was asked for. */
  readonly asked: readonly Asked[];
  readonly ask: (desk: ResetDesk, headers?: Parameters<ResetDesk['ask']>[0]) => Promise<Asked>;
  /** A password that nobody had before. */
  readonly fresh: () => string;
  /** Writes down what was seen. What looks guilty is tried `again`, on fresh tokens, and only then stands as such. */
  readonly note: (
    desk: ResetDesk,
    which: ResetCase,
    seen: SeenReset,
    again?: () => Promise<Seen>,
  ) => Promise<void>;
  readonly skip: (cases: readonly ResetCase[], because: string, absent?: boolean) => void;
  /** Refusals that were noted without a control prove nothing. */
  readonly retract: (because: string) => void;
  /** Works with the resets of an account and gives it its password back afterwards. */
  readonly marked: (account: ResetAccount, work: (desk: ResetDesk) => Promise<void>) => Promise<void>;
  /** What a use of a good token was answered, and how many notices were mailed of it; null before one was seen. */
  control: { readonly answer: Answer; readonly notices: number } | null;
}

/** What a use of a token that must not work says of it. */
export const seenBy = (used: Used, token: string, password: string): SeenReset => ({
  verdict: used.took === null ? 'inconclusive' : used.took ? 'accepted' : 'refused',
  because: used.because,
  exchanges: used.exchanges,
  token,
  password,
});

/** What is said of a trial for which there was no token. */
export const withoutToken = ({ because, exchanges }: Asked): SeenReset => ({
  verdict: 'inconclusive',
  because: because ?? 'no token came',
  exchanges,
});

export function resetTrials(context: ProbeContext, routes: ResetRoutes): ResetTrials {
  const { ledger, random } = context;
  const trials: Trial[] = [];
  const notTested: ResetReplay['notTested'][number][] = [];
  const asked: Asked[] = [];
  const change = passwordRoute(context.operations);
  const skip: ResetTrials['skip'] = (cases, because, absent = false) =>
    void notTested.push(...cases.map((which) => ({ case: which, because, ...(absent ? { absent } : {}) })));
  return {
    context,
    routes,
    change,
    trials,
    notTested,
    asked,
    control: null,
    skip,
    fresh: () => `Lr-${random.token(8)}-${random.token(8)}-9Kx`,
    ask: async (desk, headers = []) => {
      const result = await desk.ask(headers);
      asked.push(result);
      return result;
    },
    note: async (desk, which, first, again) => {
      const { verdict, because, exchanges } =
        again === undefined ? first : await seenTwice<Seen>(first, again);
      const reproduce =
        verdict === 'accepted' ? await resetReproduction({ context, routes, change }, desk, which) : null;
      trials.push({ case: which, actor: desk.actor, verdict, because, exchanges, reproduce });
    },
    retract: (because) => {
      for (const [at, trial] of trials.entries())
        if (trial.verdict === 'refused' && trial.case !== 'forged-host')
          trials[at] = { ...trial, verdict: 'inconclusive', because };
      skip(
        tokenCases.filter((which) => !trials.some((trial) => trial.case === which)),
        because,
      );
    },
    marked: async (account, work) => {
      const desk = resetDesk(context, routes, account);
      const mark = ledger.intend({
        operation: routes.use.id,
        actor: account.actor,
        tenant: account.tenant,
        type: 'password',
        twin: 'throwaway',
        canaries: [],
        slots: {},
        readUrl: null,
        deleteUrl: null,
        listUrl: null,
      });
      try {
        await work(desk);
      } finally {
        const lost = await putPasswordBack(context, desk, change);
        if (lost === null) ledger.cleaned(mark);
        else ledger.leftover(mark, lost);
      }
    },
  };
}

/** Cases that need a token. */
export const tokenCases: readonly ResetCase[] = [
  'second-use',
  'replaced',
  'after-password-change',
  'race',
  'safe-method',
  'wrong-account',
  'sessions',
  'expired',
];

/** Several lists of exchanges as one. */
export const exchangesOf = (
  ...parts: readonly { readonly exchanges: readonly ExchangeId[] }[]
): readonly ExchangeId[] => parts.flatMap(({ exchanges }) => exchanges);
