import { singleSignOnCases, type EvidenceMap } from '@launch-ready/core';
import { defineProbe } from '../probe.ts';
import { scriptByHand } from '../reproduction/script-kit.ts';
import { trySignOn } from './try-sign-on.ts';
import { signOnPlaces, startSignOn, type SignOnStart } from './sign-on-starts.ts';

type NotTested = EvidenceMap['singleSignOn']['notTested'][number];
type Trial = EvidenceMap['singleSignOn']['trials'][number];

const probe = 'lifecycle/single-sign-on';

/** Finds where a single sign-on starts, and whether what it sends along binds the answer to the browser. */
export const singleSignOn = defineProbe({
  id: probe,
  title: 'Single sign-on as a browser meets it',
  provides: 'singleSignOn',
  needs: ['operations', 'logins'],
  leastMode: 'standard',
  estimate: ({ target }) => (target.sso ? 60 : 17),
  async run(context) {
    const starts: SignOnStart[] = [];
    const places = await signOnPlaces(context, probe);
    for (const place of places) {
      const start = await startSignOn(context, place, probe);
      if (start !== null) starts.push(start);
    }
    if (starts.length === 0)
      return {
        status: 'gathered',
        data: {
          offered: false,
          because: `no address leads to a provider that signs people in; looked in the operations, on the start and login pages, and at ${places.length} addresses`,
          trials: [],
          notTested: [],
        },
      };
    const trials: Trial[] = [];
    for (const first of starts) {
      const second = await startSignOn(context, first.place, probe);
      if (second !== null) trials.push(bindingOf(first, second));
    }
    const walks = context.target.sso ?? null;
    const notTested: NotTested[] = [];
    const [main, ...others] = starts;
    if (walks !== null && main) {
      const through = await trySignOn(context, main.place, walks, probe);
      trials.push(...through.trials);
      notTested.push(...through.notTested);
      const because = `only the sign-on at ${new URL(main.place.url).pathname} was gone through`;
      if (others.some((one) => one.toProvider.origin !== main.toProvider.origin))
        notTested.push({ case: 'foreign-state', because });
    } else {
      const because =
        'going through a sign-on takes an account of the provider: give the functions of `sso` in the target file';
      notTested.push(
        ...singleSignOnCases
          .filter((one) => one !== 'binding' && one !== 'foreign-nonce')
          .map((one) => ({ case: one, because })),
      );
    }
    return {
      status: 'gathered',
      data: {
        offered: true,
        because: `sign-ons start at ${starts.map(({ place }) => new URL(place.url).pathname).join(', ')}`,
        trials,
        notTested,
      },
    };
  },
});

/** Values that bind an authorization to its browser: state (RFC 6749 section 10.12), a nonce, PKCE (RFC 7636), RelayState. */
const binders = ['state', 'nonce', 'code_challenge', 'RelayState'] as const;

function bindingOf(first: SignOnStart, second: SignOnStart): Trial {
  const value = ({ toProvider }: SignOnStart, name: string): string =>
    toProvider.searchParams.get(name) ?? '';
  const fresh = binders.filter(
    (name) => value(first, name).length >= 8 && value(first, name) !== value(second, name),
  );
  const saml = first.toProvider.searchParams.has('SAMLRequest');
  const fixed = binders.filter(
    (name) => value(first, name) !== '' && value(first, name) === value(second, name),
  );
  const start = new URL(first.place.url).pathname;
  const common = { case: 'binding', start, exchanges: [first.exchange, second.exchange] } as const;
  if (fresh.length > 0)
    return {
      ...common,
      verdict: 'refused',
      because: `each start carries a fresh ${fresh.join(' and ')}`,
      reproduce: null,
    };
  if (saml)
    return {
      ...common,
      verdict: 'inconclusive',
      because: 'a SAML request is bound by its own id, which was not looked up',
      reproduce: null,
    };
  return {
    ...common,
    verdict: 'accepted',
    because:
      fixed.length > 0
        ? `two browsers were sent to the provider with the same ${fixed.join(' and ')}, so that an answer for one is good for the other`
        : 'a browser is sent to the provider without state, nonce or code challenge, so that any answer of the provider is good for any browser',
    reproduce: {
      curl: `curl -si "$BASE_URL${start}" | grep -i '^location:' # twice: state, nonce and code_challenge must be there and differ`,
      script: scriptByHand('start the sign-on in two browsers and compare what they are sent along with'),
    },
  };
}
