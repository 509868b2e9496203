import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, DatabaseError, escapeIdentifier } from 'pg';
import { type Cluster, prepareCluster } from './prepare-cluster.ts';
import { launchServer, waitUntilReady } from './server-process.ts';
import { removeStalePid } from './stale-pid.ts';

/** A running server of our own, reachable through its private socket only. */
export interface EmbeddedPostgres {
  readonly folder: string;
  /** Connection URL of a database of this server as its superuser. */
  url(database?: string): string;
  /** Creates a database, as a copy of another one when given (that one must have no connections), and returns its URL. */
  createDatabase(name: string, options?: { readonly template?: string }): Promise<string>;
  /** Creates a database unless it is there, and returns its URL. */
  ensureDatabase(name: string): Promise<string>;
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
  const server = launchServer(cluster, { socketFolder, durable: options.durable ?? !temporary, temporary });
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
    const client = new Client({ connectionString: url() });
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
      const from = template === undefined ? '' : ` template ${escapeIdentifier(template)}`;
      await admin(`create database ${escapeIdentifier(name)}${from}`);
      return url(name);
    },
    ensureDatabase: async (name) => {
      try {
        await admin(`create database ${escapeIdentifier(name)}`);
      } catch (error) {
        if (!(error instanceof DatabaseError) || error.code !== '42P04') throw error;
      }
      return url(name);
    },
    dropDatabase: (name) => admin(`drop database if exists ${escapeIdentifier(name)} with (force)`),
    stop: async () => {
      await server.stop();
      if (socketFolder !== folder) await rm(socketFolder, { recursive: true, force: true });
      if (temporary) await rm(folder, { recursive: true, force: true });
    },
  };
};

const prepareSocketFolder = async (cluster: Cluster): Promise<{ readonly path: string }> => {
  const path = await mkdtemp('/tmp/lr-pg-');
  if (cluster.user !== null) await chown(path, cluster.user.uid, cluster.user.gid);
  return { path };
};
