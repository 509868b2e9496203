import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of a password hash: memory is 128 * n * r bytes. */
export interface PasswordCost {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** The cost OWASP's password storage advice gives for scrypt with 32 MiB. */
export const productionCost: PasswordCost = { n: 2 ** 15, r: 8, p: 3 };

/** Useless against an attacker; keeps tests and demos fast. Refused in production. */
export const insecureFastCost: PasswordCost = { n: 2 ** 10, r: 8, p: 1 };

const keyBytes = 32;

const derive = (password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: cost.n, r: cost.r, p: cost.p, maxmem: 256 * cost.n * cost.r };
    scrypt(password.normalize('NFKC'), salt, keyBytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });

/** Hashes a password; the text carries its own cost and salt. */
export const hashPassword = async (password: string, cost: PasswordCost): Promise<string> => {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return `scrypt$${cost.n}$${cost.r}$${cost.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
};

/** Whether this password made this hash. Anything that is not a hash of ours is no match. */
export const verifyPassword = async (hash: string, password: string): Promise<boolean> => {
  const [kind, n, r, p, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return false;
  const wanted = Buffer.from(key, 'base64url');
  const cost = { n: Number(n), r: Number(r), p: Number(p) };
  if (wanted.length !== keyBytes || !Object.values(cost).every((part) => Number.isInteger(part) && part > 0))
    return false;
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost), wanted);
};
