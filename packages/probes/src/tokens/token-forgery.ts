import type { ActorId, EvidenceMap, ExchangeId } from '@launch-ready/core';
import { defineProbe, type ProbeContext } from '../probe.ts';
import { watchAlive } from '../reproduction/watch-alive.ts';
import type { Credential } from '../session/sessions.ts';
import { accountToLogOut } from '../lifecycle/account-to-log-out.ts';
import { forgeryReproduction } from './forgery-reproduction.ts';
import { forgeries, type Forgery } from './forgeries.ts';
import { signedByHmac, weakSecretOf } from './forge-token.ts';
import { logInAfresh } from '../lifecycle/log-in-afresh.ts';
import { privateAnswer } from '../lifecycle/private-answer.ts';
import { publicKeys } from './public-keys.ts';
import { readableTokenOf, withToken, type ReadableToken } from './readable-token.ts';
import { weakSecrets } from './weak-secrets.ts';

type TokenForgery = EvidenceMap['tokenForgery'];
type Trial = TokenForgery['trials'][number];

const probe = 'lifecycle/token-forgery';

/** Makes tokens without the key and asks with them for what only their owner gets. */
export const tokenForgery = defineProbe({
  id: probe,
  title: 'Tokens made or changed without the key',
  provides: 'tokenForgery',
  needs: ['logins', 'operations'],
  leastMode: 'standard',
  estimate: () => 24,
  async run(context) {
    const data = (part: Partial<TokenForgery> & Pick<TokenForgery, 'selfContained' | 'because'>) =>
      ({ status: 'gathered', data: { trials: [], notTried: [], ...part } }) as const;
    const carrier = await readableLogin(context);
    if ('because' in carrier) return data({ selfContained: carrier.readable, because: carrier.because });
    const { actor, credential, token, url } = carrier;
    const door = await privateAnswer(context, credential, url, probe);
    const plain = withToken(credential, token.text, `${token.text.slice(0, -8)}${'A'.repeat(8)}`);
    const broken = door === null ? null : await door.ask(plain);
    if (door === null || broken === null || broken.opened === null)
      return data({ selfContained: true, because: 'no answer was found that shows a token at work' });
    // Either the token is not verified at all, which changed claims show below, or something beside it does the work.
    const beside = broken.opened ? await door.ask(withToken(credential, token.text, '')) : broken;
    if (beside.opened !== false)
      return data({
        selfContained: true,
        because:
          'the account is recognised without its token as well, so that forgeries cannot be told by it',
      });

    const keys = String(token.header['alg']).startsWith('HS') ? [] : await publicKeys(context, probe);
    const secret = weakSecretOf(token, weakSecrets(context.target.name));
    const list: readonly Forgery[] = [
      ...forgeries(token, keys),
      ...(secret === null ? [] : [weakly(token, secret)]),
    ];
    const trials: Trial[] = [];
    for (const forgery of list) {
      const seen: ExchangeId[] = [];
      let verdict: Trial['verdict'] = 'refused';
      let said = '';
      for (const forged of forgery.tokens) {
        const as = withToken(credential, token.text, forged);
        context.transport.addSecret(forged);
        const answer = await door.ask(as);
        seen.push(answer.exchange);
        said = answer.because;
        if (answer.opened === null) verdict = 'inconclusive';
        if (answer.opened !== true) continue;
        const again = await door.ask(as);
        seen.push(again.exchange);
        verdict = again.opened === true ? 'accepted' : 'inconclusive';
        break;
      }
      trials.push(
        trialOf(actor, forgery, {
          verdict,
          said,
          seen,
          reproduce: () => forgeryReproduction(context, credential, door.url, forgery),
        }),
      );
    }
    const after = await door.ask(credential);
    if (after.opened !== true) {
      const because =
        'the untouched token did not work any more after the forgeries, so that refusals prove nothing';
      return data({
        selfContained: true,
        because,
        trials: trials.map((one) =>
          one.verdict === 'refused' ? { ...one, verdict: 'inconclusive', because } : one,
        ),
      });
    }
    const asymmetric = !String(token.header['alg']).startsWith('HS');
    return data({
      selfContained: true,
      because: `the token of ${actor} is signed with ${String(token.header['alg'])}`,
      trials,
      notTried:
        asymmetric && keys.length === 0
          ? [{ variant: 'public key as secret', because: 'the public key was not found' }]
          : [],
    });
  },
});

const weakly = (token: ReadableToken, secret: string): Forgery => {
  const { exp } = token.claims;
  const claims = typeof exp === 'number' ? { exp: exp + 60 } : { lr: 1 };
  const alg = String(token.header['alg']);
  return {
    variant: 'common secret',
    how: `signed anew with the secret of the server, which is a common one of ${secret.length} characters`,
    tokens: alg === 'HS256' ? [signedByHmac(token, secret, { claims })] : [token.text],
  };
};

function trialOf(
  actor: ActorId,
  { variant, how }: Forgery,
  seen: {
    readonly verdict: Trial['verdict'];
    readonly said: string;
    readonly seen: readonly ExchangeId[];
    readonly reproduce: () => Trial['reproduce'];
  },
): Trial {
  const { verdict, said } = seen;
  return {
    variant,
    actor,
    verdict,
    because:
      verdict === 'accepted'
        ? `a token (${how}) opened what only its owner gets, twice`
        : verdict === 'refused'
          ? `a token (${how}) was refused: ${said}`
          : `a token (${how}) gave no answer that decides: ${said}`,
    exchanges: seen.seen,
    reproduce: verdict === 'accepted' ? seen.reproduce() : null,
  };
}

interface Carrier {
  readonly actor: ActorId;
  readonly credential: Credential;
  readonly token: ReadableToken;
  readonly url: string;
}

/** A login whose credential carries a token that can be read. */
async function readableLogin(
  context: ProbeContext,
): Promise<Carrier | { readonly because: string; readonly readable: boolean }> {
  const { sessions, target } = context;
  const actor = accountToLogOut(context);
  const given = sessions.actors.find(({ id }) => readableTokenOf(sessions.current(id), target.api) !== null);
  if (actor === null && given === undefined)
    return {
      because: 'no account with a password is known that could be logged in once more',
      readable: false,
    };
  const login = actor === null ? null : await logInAfresh(context, actor);
  const candidates =
    login?.kind === 'in'
      ? [login.credential, ...(login.others ?? [])]
      : given === undefined
        ? []
        : [sessions.current(given.id).snapshot()];
  for (const credential of candidates) {
    const token = readableTokenOf(credential, target.api);
    if (token === null) continue;
    const seen = await watchAlive(context, credential, probe);
    if (!seen.alive || seen.url === null) continue;
    return { actor: credential.actor, credential, token, url: seen.url };
  }
  return login?.kind === 'refused'
    ? {
        because: `${actor ?? ''} could not be logged in once more: ${login.because}`,
        readable: given !== undefined,
      }
    : { because: 'no login gives out a signed token that can be read', readable: false };
}
