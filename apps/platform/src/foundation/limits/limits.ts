import * as z from 'zod';

/** A token bucket: so many at once, refilled evenly over a time. */
interface Bucket {
  readonly capacity: number;
  readonly perSeconds: number;
}

/** Every limit of the platform. Names say what is counted and for whom. */
export interface Limits {
  readonly address: Bucket;
  readonly account: Bucket;
  readonly write: Bucket;
  readonly loginAddress: Bucket;
  readonly loginAccount: Bucket;
  readonly loginPair: Bucket;
  readonly signupAddress: Bucket;
  readonly forgotAddress: Bucket;
  readonly forgotAccount: Bucket;
  readonly tokenAddress: Bucket;
  readonly passwordAccount: Bucket;
  readonly invite: Bucket;
  readonly inviteTenant: Bucket;
}

export type LimitName = keyof Limits;

const minute = 60;
const hour = 3600;

/** The environment variable, the number when it is not set, and the time it is counted over, in seconds. */
export const limitVariables: Readonly<
  Record<
    LimitName,
    {
      readonly variable: string;
      readonly standard: number;
      readonly perSeconds: number;
      readonly counts: string;
    }
  >
> = {
  address: {
    variable: 'LIMIT_ADDRESS_PER_MINUTE',
    standard: 600,
    perSeconds: minute,
    counts: 'requests of one address',
  },
  account: {
    variable: 'LIMIT_DEFAULT_PER_MINUTE',
    standard: 300,
    perSeconds: minute,
    counts: 'requests of one account',
  },
  write: {
    variable: 'LIMIT_WRITE_PER_MINUTE',
    standard: 30,
    perSeconds: minute,
    counts: 'changes by one account',
  },
  loginAddress: {
    variable: 'LIMIT_LOGIN_PER_MINUTE',
    standard: 5,
    perSeconds: minute,
    counts: 'failed logins from one address',
  },
  loginAccount: {
    variable: 'LIMIT_LOGIN_ACCOUNT_PER_HOUR',
    standard: 20,
    perSeconds: hour,
    counts: 'failed logins to one account, from all addresses',
  },
  loginPair: {
    variable: 'LIMIT_LOGIN_ACCOUNT_ADDRESS_PER_HOUR',
    standard: 3,
    perSeconds: hour,
    counts: 'logins that one address may still try when an account is over its limit',
  },
  signupAddress: {
    variable: 'LIMIT_SIGNUP_PER_HOUR',
    standard: 5,
    perSeconds: hour,
    counts: 'new accounts from one address',
  },
  forgotAddress: {
    variable: 'LIMIT_FORGOT_PER_HOUR',
    standard: 10,
    perSeconds: hour,
    counts: 'requests for account mails from one address',
  },
  forgotAccount: {
    variable: 'LIMIT_FORGOT_ACCOUNT_PER_HOUR',
    standard: 3,
    perSeconds: hour,
    counts: 'account mails to one address',
  },
  tokenAddress: {
    variable: 'LIMIT_TOKEN_PER_HOUR',
    standard: 60,
    perSeconds: hour,
    counts: 'mailed secrets tried from one address',
  },
  passwordAccount: {
    variable: 'LIMIT_PASSWORD_PER_HOUR',
    standard: 10,
    perSeconds: hour,
    counts: 'password changes tried by one account',
  },
  invite: {
    variable: 'LIMIT_INVITE_PER_HOUR',
    standard: 20,
    perSeconds: hour,
    counts: 'invites by one account',
  },
  inviteTenant: {
    variable: 'LIMIT_INVITE_TENANT_PER_DAY',
    standard: 100,
    perSeconds: 24 * hour,
    counts: 'invites of one organisation',
  },
};

const count = z.coerce.number().int().min(1).max(1_000_000_000);

/** Reads the limits from environment variables, with the standard numbers where they are silent. */
export const limitsFrom = (env: Readonly<Record<string, string | undefined>>): Limits => {
  const bucket = (name: LimitName): Bucket => {
    const { variable, standard, perSeconds } = limitVariables[name];
    const text = env[variable];
    return { capacity: text === undefined ? standard : parse(variable, text), perSeconds };
  };
  return {
    address: bucket('address'),
    account: bucket('account'),
    write: bucket('write'),
    loginAddress: bucket('loginAddress'),
    loginAccount: bucket('loginAccount'),
    loginPair: bucket('loginPair'),
    signupAddress: bucket('signupAddress'),
    forgotAddress: bucket('forgotAddress'),
    forgotAccount: bucket('forgotAccount'),
    tokenAddress: bucket('tokenAddress'),
    passwordAccount: bucket('passwordAccount'),
    invite: bucket('invite'),
    inviteTenant: bucket('inviteTenant'),
  };
};

const parse = (variable: string, text: string): number => {
  const parsed = count.safeParse(text);
  if (!parsed.success) throw new LimitError(`${variable}: must be a whole number of at least 1`);
  return parsed.data;
};

/** A limit that is configured with something that is no number. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}
