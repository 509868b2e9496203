import type { Fault } from '../fault.ts';

const operation = 'POST /api/auth/login';
const registerRoutes = 'src/foundation/http/register-routes.ts';
const off = '1000000';

/** Limits that do not limit, or that hit the wrong people. */
export const limitFaults: readonly Fault[] = [
  {
    id: 'login-is-not-limited',
    family: 'SC-RATE',
    title: 'wrong passwords may be tried without end',
    edits: [],
    env: { LIMIT_LOGIN_PER_MINUTE: off, LIMIT_LOGIN_ACCOUNT_PER_HOUR: off },
    expects: { check: 'limits/login-rate-limit', place: { operation, variant: 'one-account' } },
    alsoExpects: [
      {
        check: 'limits/login-rate-limit',
        place: { operation, variant: 'many-accounts' },
        because: 'with no limit at all both ways of guessing are open',
      },
    ],
  },
  {
    id: 'addresses-are-not-limited',
    family: 'SC-RATE',
    title: 'one address may try a password on as many accounts as it likes',
    edits: [],
    env: { LIMIT_LOGIN_PER_MINUTE: off, LIMIT_LOGIN_ACCOUNT_PER_HOUR: '5' },
    expects: { check: 'limits/login-rate-limit', place: { operation, variant: 'many-accounts' } },
  },
  {
    id: 'login-limit-is-too-wide',
    family: 'SC-RATE',
    title: 'twenty-five wrong passwords a minute are let through',
    edits: [],
    env: { LIMIT_LOGIN_PER_MINUTE: '25', LIMIT_LOGIN_ACCOUNT_PER_HOUR: off },
    expects: { check: 'limits/login-rate-limit', place: { operation, variant: 'one-account' } },
  },
  {
    id: 'login-limit-outlasts-its-word',
    family: 'SC-RATE',
    title: 'the limit announces two seconds and lasts much longer',
    edits: [
      {
        file: registerRoutes,
        find: `  reply.header('retry-after', String(state.retrySeconds));`,
        replace: `  reply.header('retry-after', '2');`,
      },
      {
        file: 'src/foundation/limits/limits.ts',
        find: `    variable: 'LIMIT_LOGIN_PER_MINUTE',
    standard: 5,
    perSeconds: minute,`,
        replace: `    variable: 'LIMIT_LOGIN_PER_MINUTE',
    standard: 5,
    perSeconds: hour,`,
      },
    ],
    expects: { check: 'limits/login-rate-limit-recovery', place: { operation, variant: 'recovery' } },
  },
  {
    id: 'reset-mails-are-not-limited',
    family: 'SC-RATE',
    title: 'whoever asks is mailed a new password without end',
    edits: [],
    env: { LIMIT_FORGOT_PER_HOUR: off, LIMIT_FORGOT_ACCOUNT_PER_HOUR: off },
    expects: {
      check: 'limits/mail-rate-limit',
      place: { operation: 'POST /api/auth/password/forgot', variant: 'reset' },
    },
  },
  {
    id: 'login-limit-stops-everybody',
    family: 'SC-RATE',
    title: 'while somebody guesses passwords, signed-in users are refused too',
    edits: [
      {
        file: registerRoutes,
        find: `  const state = await services.limiter.take(draws);
  announce(reply, state);
  if (state.allowed) return;
`,
        replace: `  const state = await services.limiter.take(draws);
  announce(reply, state);
  if (state.allowed && Date.now() > (globalThis.closedUntil ?? 0)) return;
  if (state.limit === 'loginAddress') globalThis.closedUntil = Date.now() + state.retrySeconds * 1000;
`,
      },
    ],
    expects: { check: 'limits/login-rate-limit-recovery', place: { operation, variant: 'others' } },
  },
];
