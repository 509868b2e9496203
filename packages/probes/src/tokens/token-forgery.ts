import type { ActorId, EvidenceMap, ExchangeId } from '@launch-ready/core';
import { defineProbe, type ProbeContext } from '../probe.ts';
import { watchAlive } from '../reproduction/watch-alive.ts';
import type { Credential } from '../session/sessions.ts';
import { accountToLogOut } from '../lifecycle/account-to-log-out.ts';
import { forgeryReproduction } from './forgery-reproduction.ts';
import { forgeries, type Forgery } from './forgeries.ts';
import { signedByHmac, weakSecretOf } from './forge-token.ts';
import { logInAfresh } from '../lifecycle/log-in-afresh.ts';
import { publicKeys } from './public-keys.ts';
import { ownKey } from './own-key.ts';
import { readableTokenOf, withToken, type ReadableToken } from './readable-token.ts';
import { recognisedBy, type RecognisedBy } from './recognised-by.ts';
import { isLoopback } from '../transport/raw-url.ts';
import { serveOnLoopback } from '../transport/serve-on-loopback.ts';
import { weakSecrets } from './weak-secrets.ts';

type TokenForgery = EvidenceMap['tokenForgery'];
type Trial = TokenForgery['trials'][number];

const probe = 'lifecycle/token-forgery';
const keySet = '/.well-known/jwks.json';

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
    const door = await recognisedBy(context, credential, url, probe);
    const plain = withToken(credential, token.text, `${token.text.slice(0, -8)}${'A'.repeat(8)}`);
    const broken = await door.ask(plain);
    if (broken.opened === null)
      return data({ selfContained: true, because: `no answer shows a token at work: ${broken.because}` });
    // Either the token is not verified at all, which changed claims show below, or something beside it does the work.
    const beside = broken.opened ? await door.ask(withToken(credential, token.text, '')) : broken;
    if (beside.opened !== false)
      return data({
        selfContained: true,
        because:
          'the account is recognised without its token as well, so that forgeries cannot be told by it',
      });

    const asymmetric = !String(token.header['alg']).startsWith('HS');
    const keys = asymmetric ? await publicKeys(context, probe) : [];
    const secret = weakSecretOf(token, weakSecrets(context.target.name));
    const own = ownKey();
    // Only a program on this machine can fetch what this machine serves to itself.
    const isHere = isLoopback(new URL(context.target.api).hostname.replace(/^\[|\]$/g, ''));
    const served = isHere ? await serveOnLoopback({ [keySet]: { keys: [own.jwk] } }) : null;
    const ownAt = served === null ? null : `${served.origin}${keySet}`;
    const list: readonly Forgery[] = [
      ...forgeries(token, { keys, own, ownAt }),
      ...(secret === null ? [] : [weakly(token, secret)]),
    ];
    const trials: Trial[] = [];
    try {
      for (const forgery of list)
        trials.push(await tryForgery(context, { credential, token, door }, forgery));
    } finally {
      await served?.close();
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
    return data({
      selfContained: true,
      because: `the token of ${actor} is signed with ${String(token.header['alg'])}`,
      trials,
      notTried: [
        ...(asymmetric && keys.length === 0
          ? [{ variant: 'public key as secret', because: 'the public key was not found' }]
          : []),
        ...(served === null
          ? [
              {
                variant: 'key address in the token',
                because: 'the application runs elsewhere, where it cannot reach a key of this machine',
              },
            ]
          : []),
      ],
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

/** Sends the tokens of one kind until one is taken, which counts when it is taken twice. */
async function tryForgery(
  context: ProbeContext,
  by: { readonly credential: Credential; readonly token: ReadableToken; readonly door: RecognisedBy },
  forgery: Forgery,
): Promise<Trial> {
  const { credential, token, door } = by;
  const { variant, how } = forgery;
  const exchanges: ExchangeId[] = [];
  let verdict: Trial['verdict'] = 'refused';
  let said = '';
  for (const forged of forgery.tokens) {
    const as = withToken(credential, token.text, forged);
    context.transport.addSecret(forged);
    const answer = await door.ask(as);
    exchanges.push(...answer.exchanges);
    said = answer.because;
    if (answer.opened === null) verdict = 'inconclusive';
    if (answer.opened !== true) continue;
    const again = await door.ask(as);
    exchanges.push(...again.exchanges);
    verdict = again.opened === true ? 'accepted' : 'inconclusive';
    break;
  }
  return {
    variant,
    actor: credential.actor,
    verdict,
    because:
      verdict === 'accepted'
        ? `a token (${how}) opened what only its owner gets, twice`
        : verdict === 'refused'
          ? `a token (${how}) was refused: ${said}`
          : `a token (${how}) gave no answer that decides: ${said}`,
    exchanges,
    reproduce: verdict === 'accepted' ? forgeryReproduction(context, credential, door.url, forgery) : null,
  };
}

interface Carrier {
  readonly actor: ActorId;
  readonly credential: Credential;
  readonly token: ReadableToken;
  readonly url: string | null;
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
    if (!seen.alive) continue;
    return { actor: credential.actor, credential, token, url: seen.url };
  }
  return login?.kind === 'refused'
    ? {
        because: `${actor ?? ''} could not be logged in once more: ${login.because}`,
        readable: given !== undefined,
      }
    : { because: 'no login gives out a signed token that can be read', readable: false };
}
