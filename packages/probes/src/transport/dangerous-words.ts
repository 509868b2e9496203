import { isSafeMethod, type HttpMethod } from '@launch-ready/core';
import { plainSegments } from './path-template.ts';

/** Words of paths and names that promise an effect beyond one object: on everybody's data, on money, on other people. */
const words = new Set([
  'reset',
  'resetall',
  'resetdb',
  'purge',
  'wipe',
  'drop',
  'dropall',
  'seed',
  'reseed',
  'truncate',
  'nuke',
  'flush',
  'destroyall',
  'deleteall',
  'removeall',
  'clearall',
  'erase',
  'factoryreset',
  'restore',
  'rollback',
  'migrate',
  'migrations',
  'reindex',
  'shutdown',
  'restart',
  'reboot',
  'terminate',
  'kill',
  'halt',
  'exec',
  'eval',
  'shell',
  'createdb',
  'initdb',
  'populate',
  'broadcast',
  'massmail',
  'blast',
  'payout',
  'payouts',
  'refund',
  'refunds',
  'charge',
  'withdraw',
  'withdrawal',
  'transfer',
  'impersonate',
  'impersonation',
  'sudo',
  'maintenance',
]);

/** Pairs that are dangerous together although neither is alone. */
const pairs: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(delete|remove|clear|destroy|cleanup|clean)$/,
    /^(all|everything|everyone|database|db|data|cache|bulk)$/,
  ],
  [/^(bulk|mass|batch)$/, /^(delete|remove|destroy|mail|email|send|message)$/],
  [/^(factory|database|db)$/, /^(init|create|clear|clean|delete|import)$/],
  [/^(send|notify|email|mail)$/, /^(all|everyone|everybody)$/],
];

/** Words beside which `reset` concerns one account's way to log in. */
const ownCredential = /^(password|passwords|passwd|pwd|passcode|pin|mfa|totp|2fa|otp|email)$/;

const wordsOf = (text: string): readonly string[] =>
  text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');

/**
 * The word that makes a name sound dangerous, or null. Names are path segments and the first word of a summary; with
 * `sessionEffect`, resetting a password is the ordinary thing that it is.
 */
export function dangerousWord(
  names: {
    readonly segments: readonly string[];
    readonly summary?: string | undefined;
    /** Names of what is sent along. */
    readonly fields?: readonly string[];
  },
  sessionEffect: boolean,
): string | null {
  const all = names.segments.flatMap(wordsOf);
  const credentialTalk =
    sessionEffect &&
    (all.some((word) => ownCredential.test(word) || word === 'forgot') ||
      (names.fields ?? []).flatMap(wordsOf).some((word) => /^(password|passwords|passwd|pwd)$/.test(word)));
  const first = wordsOf(names.summary ?? '')[0];
  for (const word of first === undefined ? all : [...all, first]) {
    if (words.has(word) && !(word === 'reset' && credentialTalk)) return word;
  }
  for (const [first, second] of pairs) {
    for (const [index, word] of all.entries()) {
      const next = all[index + 1];
      if (next === undefined) break;
      if ((first.test(word) && second.test(next)) || (first.test(next) && second.test(word)))
        return `${word} ${next}`;
    }
  }
  return null;
}

const endings =
  /^(leave|quit|close|deactivate|disable|suspend|delete|remove|destroy|archive|cancel|unsubscribe|ban|lock|expel|demote)$/;

/**
 * The last word of a changing request's path when it ends a membership, an account or a whole tenant; null otherwise. On an
 * object of our own it is an ordinary action.
 */
export function endingWord(path: string, method: HttpMethod): string | null {
  if (isSafeMethod(method)) return null;
  const last = plainSegments(path).at(-1) ?? '';
  const [first] = wordsOf(last);
  return first !== undefined && endings.test(first) && !last.startsWith('{') ? first : null;
}
