import { Client } from 'pg';
import type { DestinationStream } from 'pino';
import { join } from 'node:path';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { type Config, ConfigError, readConfig } from './foundation/config/config.ts';
import { openDatabase } from './foundation/database/database.ts';
import { urlForRole } from './foundation/database/database-urls.ts';
import { examinationCount, refuseUnlessIsolated } from './foundation/database/doctor.ts';
import { startEmbeddedPostgres } from './foundation/database/embedded/start-embedded-postgres.ts';
import { migrate } from './foundation/database/migrate.ts';
import { openPool } from './foundation/database/open-pool.ts';
import { provisionRoles } from './foundation/database/provision-roles.ts';
import { createServer } from './foundation/http/create-server.ts';
import { createIdentity } from './foundation/identity/create-identity.ts';
import { forgetExpired } from './foundation/identity/forget-expired.ts';
import { insecureFastCost, productionCost } from './foundation/identity/password-hash.ts';
import { createLimiter } from './foundation/limits/limiter.ts';
import { createLog, errorFacts } from './foundation/logging/create-logger.ts';
import { createMailer } from './foundation/mail/mailer.ts';
import { startMailSink } from './foundation/mail/start-mail-sink.ts';
import type { Services } from './foundation/services.ts';
import { allRoutes } from './routes.ts';

const hourMs = 3_600_000;

export interface PlatformOptions {
  /** Configuration as environment variables; nothing else is read. See README for the names. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the log goes; standard output when absent. */
  readonly log?: DestinationStream;
}

/** A running platform. */
export interface Platform {
  /** Scheme, host and port that it is reached at. */
  readonly origin: string;
  /** Connection URL of its database as the role that owns it. */
  readonly databaseUrl: string;
  /** Folder in which mails arrive, when it runs its own mail sink. */
  readonly mailFolder: string | null;
  /** Finishes running requests and mails, then lets go of everything it started. */
  stop(): Promise<void>;
}

/**
 * Starts the platform: database (embedded unless DATABASE_URL is set), roles, migrations, doctor, mail (a sink of its own unless
 * SMTP_URL is set), server. Resolves when it answers.
 *
 * @throws ConfigError, EmbeddedPostgresError, MigrationError or DoctorError, each with one line for each reason.
 */
export const startPlatform = async ({ env, log: destination }: PlatformOptions): Promise<Platform> => {
  const config = readConfig(env);
  const undo: (() => Promise<unknown>)[] = [];
  const release = async (): Promise<void> => {
    for (const step of undo.toReversed()) await step();
  };
  try {
    return await start(config, createLog(config.logLevel, destination), undo, release);
  } catch (error) {
    await release();
    throw error;
  }
};

const start = async (
  config: Config,
  log: Services['log'],
  undo: (() => Promise<unknown>)[],
  release: () => Promise<void>,
): Promise<Platform> => {
  const databaseUrl = config.databaseUrl ?? (await embeddedDatabase(config, undo));
  await refuseUnreachable(databaseUrl);
  await provisionRoles(databaseUrl, config.secret);
  const applied = await migrate(databaseUrl);
  for (const name of applied) log.info('migration.applied', { reason: name });

  const onLost = (code: string): void => log.warn('database.connection-lost', { errorCode: code });
  const appPool = openPool({
    url: urlForRole(databaseUrl, 'lr_app', config.secret),
    searchPath: 'app',
    max: 10,
    onLost,
  });
  const authPool = openPool({
    url: urlForRole(databaseUrl, 'lr_auth', config.secret),
    searchPath: 'identity',
    max: 5,
    onLost,
  });
  undo.push(
    () => appPool.end(),
    () => authPool.end(),
  );
  await refuseUnlessIsolated(appPool);
  log.info('doctor.passed', { checks: examinationCount });

  const mail = await mailServer(config, undo);
  const mailer = createMailer({
    smtpUrl: mail.smtpUrl,
    from: config.mailFrom,
    onFailure: (reason) => log.error('mail.failed', { errorCode: reason }),
  });
  undo.push(() => mailer.close());

  // The origin is part of links and of the check of provenance, so a port must be known before routes are made.
  const port = config.port === 0 ? await freePort(config.host) : config.port;
  const origin =
    config.origin ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  const services: Services = {
    config,
    origin,
    database: openDatabase(appPool),
    identity: createIdentity({
      pool: authPool,
      secret: config.secret,
      origin,
      passwordCost: config.fastPasswordHash ? insecureFastCost : productionCost,
      sendMail: (message) => mailer.send(message),
    }),
    limiter: createLimiter(appPool, config.limits),
    mailer,
    log,
    now: () => new Date(),
  };
  let stopping = false;
  const readiness = {
    missing: async () => {
      if (stopping) return 'stopping';
      try {
        await Promise.all([appPool.query('select 1'), authPool.query('select 1')]);
        return null;
      } catch {
        return 'database';
      }
    },
  };
  const housekeeping = setInterval(() => {
    forgetExpired(authPool, appPool).catch((error: unknown) =>
      log.warn('housekeeping.failed', errorFacts(error)),
    );
  }, hourMs);
  housekeeping.unref();
  undo.push(async () => clearInterval(housekeeping));
  const server = await createServer(allRoutes(readiness), services);
  undo.push(() => server.close());
  await server.listen({ host: config.host, port });
  log.info('started', { port });
  let stopped: Promise<void> | null = null;
  return {
    origin,
    databaseUrl,
    mailFolder: mail.folder,
    stop: () => {
      stopping = true;
      stopped ??= release().then(() => log.info('stopped'));
      return stopped;
    },
  };
};

/** @throws ConfigError when no usable server answers at the URL. */
const refuseUnreachable = async (databaseUrl: string): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    const { rows } = await client.query(
      "select current_setting('server_version_num')::int >= 150000 as new_enough",
    );
    if (rows[0]?.new_enough !== true)
      throw new ConfigError('DATABASE_URL: the server is older than PostgreSQL 15');
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    throw new ConfigError(
      `DATABASE_URL: cannot connect (${code}); is the server running, are name and password right?`,
      {
        cause: error,
      },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
};

const embeddedDatabase = async (config: Config, undo: (() => Promise<unknown>)[]): Promise<string> => {
  const server = await startEmbeddedPostgres(
    config.dataFolder === null ? {} : { folder: join(config.dataFolder, 'postgres') },
  );
  undo.push(() => server.stop());
  return server.ensureDatabase('platform');
};

const mailServer = async (
  config: Config,
  undo: (() => Promise<unknown>)[],
): Promise<{ readonly smtpUrl: string; readonly folder: string | null }> => {
  if (config.smtpUrl !== null) return { smtpUrl: config.smtpUrl, folder: null };
  if (config.production) throw new ConfigError('SMTP_URL: production needs a mail server');
  const temporary = config.mailFolder === null;
  const folder = config.mailFolder ?? (await mkdtemp(join(tmpdir(), 'lr-mail-')));
  const sink = await startMailSink(folder);
  undo.push(async () => {
    await sink.stop();
    if (temporary) await rm(folder, { recursive: true, force: true });
  });
  return { smtpUrl: sink.smtpUrl, folder };
};

const freePort = (host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createTcpServer();
    server.on('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      const port = address === null || typeof address === 'string' ? 0 : address.port;
      server.close(() => resolve(port));
    });
  });
