import { createRedactor, type Finding } from '@launch-ready/core';
import {
  connectSessions,
  createLedger,
  createTransport,
  credentialVariable,
  cryptoRandom,
  discoverOperations,
  mailFolderVariable,
  nextExchangeNumber,
  NotLoggedIn,
  openJournal,
  openTranscript,
  passwordVariable,
  readJournal,
  runReproduction,
  systemClock,
  usernameVariable,
  type Credential,
  type Reproduced,
  type Sessions,
  type Target,
} from '@launch-ready/probes';
import { toolVersion } from '../version.ts';
import type { RunFacts } from './run-facts.ts';
import type { RunFolder } from './run-folder.ts';

export interface VerifySetting {
  readonly target: Target;
  readonly folder: RunFolder;
  readonly facts: RunFacts;
  readonly findings: readonly Finding[];
  readonly signal: AbortSignal;
  /** Told the result of each finding as soon as it is there. */
  tell(finding: Finding, result: Reproduced): void;
}

/**
 * Logs in as every account of the target and runs the script of each finding again. Scripts get the sessions, account names
 * and passwords in their environment; what they say is redacted.
 * @throws {CannotStart} when no account can log in
 */
export async function verifyFindings(setting: VerifySetting): Promise<readonly Reproduced[]> {
  const { target, folder, facts } = setting;
  const redactor = createRedactor({ key: cryptoRandom.token(32) });
  const transport = createTransport({
    target,
    ledger: createLedger({ journal: openJournal(folder.journal), restored: readJournal(folder.journal) }),
    mode: facts.mode,
    clock: systemClock,
    redactor,
    transcript: openTranscript(folder.path),
    runId: facts.run.id,
    version: toolVersion,
    firstExchange: nextExchangeNumber(folder.path),
    signal: setting.signal,
  });
  try {
    const { operations } = await discoverOperations({ target, transport });
    const { sessions } = await connectSessions({ target, transport, operations, clock: systemClock });
    const results: Reproduced[] = [];
    for (const finding of setting.findings) {
      if (setting.signal.aborted) break;
      const result = await verifyOne(finding, { target, sessions, facts, signal: setting.signal });
      const told = { ...result, said: redactor.text(result.said) };
      setting.tell(finding, told);
      results.push(told);
    }
    return results;
  } finally {
    await transport.close();
  }
}

async function verifyOne(
  finding: Finding,
  {
    target,
    sessions,
    facts,
    signal,
  }: Pick<VerifySetting, 'target' | 'facts' | 'signal'> & { readonly sessions: Sessions },
): Promise<Reproduced> {
  if (finding.reproduce === null)
    return { state: 'cannot-tell', said: 'the finding has no script: run the review again' };
  const { script } = finding.reproduce;
  if (/\[redacted:[\da-f]+\]/.test(script))
    return { state: 'cannot-tell', said: 'the script names a secret that was blacked out: run it by hand' };
  const all = {
    EXTRA_HEADERS: Object.entries(target.headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    ...(await accountsIn(script, target, sessions)),
    ...addressOf(target, facts),
    ...(target.mail === null ? {} : { [mailFolderVariable]: target.mail.folder }),
  };
  // A script sees only what it names: the secrets of other accounts are none of its business.
  const named = Object.entries(all).filter(([name]) => script.includes(name));
  const origins = [target.api, target.app, ...Object.values(target.origins)].map(
    (url) => new URL(url).origin,
  );
  return runReproduction(script, { env: Object.fromEntries(named), origins: [...new Set(origins)], signal });
}

/** Sessions, account names and passwords of the accounts that a script names, by the names of their variables. */
async function accountsIn(
  script: string,
  target: Target,
  sessions: Sessions,
): Promise<Readonly<Record<string, string>>> {
  const env: Record<string, string> = {};
  const throwaways = target.tenants.flatMap((tenant) => sessions.throwaway(tenant) ?? []);
  for (const actor of [...sessions.actors.map(({ id }) => id), ...throwaways]) {
    if (script.includes(credentialVariable(actor))) {
      const credential = await livingSession(sessions, actor);
      if (credential !== null) {
        const lines = [...credential.headers(target.api), ...(credential.pageHeaders?.(target.api) ?? [])];
        env[credentialVariable(actor)] = lines.map(([name, value]) => `${name}: ${value}`).join('\n');
      }
    }
    const secret = sessions.secretOf(actor);
    if (secret === null) continue;
    env[usernameVariable(actor)] = secret.username;
    env[passwordVariable(actor)] = secret.password;
  }
  return env;
}

/** A session that lives now: an earlier script may have ended the one there was. Null when the account cannot log in. */
async function livingSession(sessions: Sessions, actor: string): Promise<Credential | null> {
  try {
    const credential = sessions.current(actor);
    if ((await sessions.isAlive(credential, 'verify')).alive) return credential;
  } catch (error) {
    if (!(error instanceof NotLoggedIn)) throw error;
  }
  const again = await sessions.login(actor);
  return again.kind === 'in' ? again.credential : null;
}

/** The address, when the application has moved since the review: to another port, or from staging to production. */
function addressOf(target: Target, facts: RunFacts): Readonly<Record<string, string>> {
  const before = facts.target.origins['api'] ?? facts.target.origins['app'];
  return before === target.api ? {} : { BASE_URL: target.api };
}
