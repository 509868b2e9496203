import { execFile } from 'node:child_process';
import { resolve as resolvePath, sep } from 'node:path';
import { mailFolderVariable } from '../reproduction/mail-kit.ts';

/** What running a finding's script again has shown. */
export interface Reproduced {
  readonly state: 'fixed' | 'still-there' | 'cannot-tell';
  /** The script's own words. */
  readonly said: string;
}

export interface ReproductionSetting {
  readonly env: Readonly<Record<string, string>>;
  /** Where the script may send requests. */
  readonly origins: readonly string[];
  readonly signal?: AbortSignal;
}

const longestMs = 5 * 60_000;
const states = new Map<number, Reproduced['state']>([
  [0, 'fixed'],
  [1, 'still-there'],
]);

/**
 * Runs the script of a finding in a process of its own that sees these environment variables and nothing else of ours. It may
 * read the folder in `MAIL_FOLDER`, and else no file, write none, start nothing, and fetch from these origins alone. Its
 * exit code decides: 1 still there, 0 fixed, anything else (or no end within five minutes) cannot tell.
 */
export function runReproduction(
  script: string,
  { env, origins, signal }: ReproductionSetting,
): Promise<Reproduced> {
  const { PATH = '', NODE_EXTRA_CA_CERTS } = process.env;
  const inherited = NODE_EXTRA_CA_CERTS === undefined ? { PATH } : { PATH, NODE_EXTRA_CA_CERTS };
  const mails = env[mailFolderVariable];
  const readable =
    mails === undefined
      ? []
      : [`--allow-fs-read=${resolvePath(mails)}${sep}*`, `--allow-fs-read=${resolvePath(mails)}`];
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--permission', ...readable, '--input-type=module'],
      {
        env: { ...inherited, ...env },
        maxBuffer: 16 * 1024 * 1024,
        timeout: longestMs,
        ...(signal ? { signal } : {}),
      },
      (error, out) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 2;
        const said = out.trim() === '' ? 'the script ended without a word' : out.trim();
        // Node itself exits with 1 when a script breaks: what is still there is also said.
        const broke = code === 1 && !/^still there: /m.test(said);
        const state = broke ? 'cannot-tell' : (states.get(code) ?? 'cannot-tell');
        resolve({ state, said: said.replace(/^(still there|gone|cannot tell): /, '') });
      },
    );
    // By standard input: a script with many planted objects is longer than a command line may be.
    child.stdin?.on('error', () => undefined).end(withinOrigins(script, origins));
  });
}

/** The script with a guard in front of it: what it fetches from elsewhere is refused, whatever its plan says. */
const withinOrigins = (script: string, origins: readonly string[]): string => `{
  const allowed = ${JSON.stringify(origins)};
  const { fetch } = globalThis;
  globalThis.fetch = (address, options) => {
    if (!allowed.includes(new URL(address).origin)) throw new Error('this script may not ask ' + new URL(address).origin);
    return fetch(address, options);
  };
}
${script}`;
