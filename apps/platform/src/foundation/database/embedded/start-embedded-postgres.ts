import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { type Cluster, lastLine, prepareCluster } from './prepare-cluster.ts';
import { removeStalePid } from './stale-pid.ts';

/** A running server of our own, reachable through its private socket only. */
export interface EmbeddedPostgres {
  readonly folder: string;
  /** Connection URL of a database of this server as its superuser. */
  url(database?: string): string;
  /** Creates a database, as a copy of another one when given (that one must have no connections), and returns its URL. */
  createDatabase(name: string, options?: { readonly template?: string }): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Ends connections, stops the server, and removes the folder when it was a temporary one. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Where the data lives and stays; a temporary folder that goes with the server when absent. */
  readonly folder?: string;
  /** False trades safety after a power cut for speed; for tests and demos. Default: true unless the folder is temporary. */
  readonly durable?: boolean;
}

const startTimeoutMs = 30_000;
/** The system's limit for socket paths is 107 bytes; the socket's own name takes some. */
const longestSocketFolder = 85;

/**
 * Starts PostgreSQL from the installed binaries: unix socket only, private folder, an unprivileged account when we are root.
 * A lock file left by a crash is removed; the server then recovers by itself.
 *
 * @throws EmbeddedPostgresError in one line when binaries are missing, the folder is in use, or the server does not come up.
 */
export const startEmbeddedPostgres = async (
  options: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> => {
  const temporary = options.folder === undefined;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'lr-pg-')));
  const cluster = await prepareCluster(folder);
  await removeStalePid(cluster.data);
  const socketFolder =
    folder.length <= longestSocketFolder ? folder : (await prepareSocketFolder(cluster)).path;
  const server = launch(cluster, socketFolder, options.durable ?? !temporary);
  const url = (database = 'postgres'): string =>
    `postgresql://postgres:${cluster.password}@localhost/${database}?host=${encodeURIComponent(socketFolder)}`;
  try {
    await waitUntilReady(server, url());
  } catch (error) {
    await server.stop();
    if (temporary) await rm(folder, { recursive: true, force: true });
    throw error;
  }
  const admin = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url() });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return {
    folder,
    url,
    createDatabase: async (name, { template } = {}) => {
      const from = template === undefined ? '' : ` template ${pg.escapeIdentifier(template)}`;
      await admin(`create database ${pg.escapeIdentifier(name)}${from}`);
      return url(name);
    },
    dropDatabase: (name) => admin(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
    stop: async () => {
      await server.stop();
      if (socketFolder !== folder) await rm(socketFolder, { recursive: true, force: true });
      if (temporary) await rm(folder, { recursive: true, force: true });
    },
  };
};

const prepareSocketFolder = async (cluster: Cluster): Promise<{ readonly path: string }> => {
  const { chown } = await import('node:fs/promises');
  const path = await mkdtemp('/tmp/lr-pg-');
  if (cluster.user !== null) await chown(path, cluster.user.uid, cluster.user.gid);
  return { path };
};

interface Server {
  /** Set when the process has ended by itself. */
  ended(): string | null;
  stop(): Promise<void>;
}

const launch = (cluster: Cluster, socketFolder: string, durable: boolean): Server => {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${socketFolder}`,
    'unix_socket_permissions=0700',
    'max_connections=200',
    'shared_buffers=64MB',
    'log_min_messages=fatal',
    'log_statement=none',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  const child: ChildProcess = spawn(
    cluster.binaries.postgres,
    ['-D', cluster.data, ...settings.flatMap((setting) => ['-c', setting])],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      cwd: '/',
      // A group of its own: Ctrl-C on the terminal must reach us first, so that we can end our connections before it.
      detached: true,
      ...(cluster.user === null ? {} : { uid: cluster.user.uid, gid: cluster.user.gid }),
    },
  );
  let output = '';
  let end: string | null = null;
  child.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-4000);
  });
  const closed = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      end = error.message;
      resolve();
    });
    child.on('close', () => {
      end ??= lastLine(output);
      resolve();
    });
  });
  const lastResort = (): void => {
    child.kill('SIGINT');
  };
  process.on('exit', lastResort);
  child.unref();
  return {
    ended: () => end,
    stop: async () => {
      process.off('exit', lastResort);
      if (end === null) child.kill('SIGINT');
      const late = setTimeout(() => child.kill('SIGQUIT'), 10_000);
      await closed;
      clearTimeout(late);
    },
  };
};

const waitUntilReady = async (server: Server, url: string): Promise<void> => {
  const deadline = performance.now() + startTimeoutMs;
  for (;;) {
    const end = server.ended();
    if (end !== null) throw new EmbeddedPostgresError(`the embedded server did not start: ${end}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch {
      if (performance.now() > deadline) {
        throw new EmbeddedPostgresError(
          `the embedded server did not answer within ${startTimeoutMs / 1000} s`,
        );
      }
      await delay(25);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
};
