import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { type Cluster, lastLine } from './prepare-cluster.ts';

const startTimeoutMs = 30_000;

/** The process of a database server. */
export interface Server {
  /** Set when the process has ended by itself. */
  ended(): string | null;
  stop(): Promise<void>;
}

/** Starts the server on its socket. It may need a moment before it answers. */
export const launchServer = (cluster: Cluster, socketFolder: string, durable: boolean): Server => {
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

/**
 * Waits until the server answers.
 *
 * @throws EmbeddedPostgresError with the server's own last line when it ended, or when it takes longer than half a minute.
 */
export const waitUntilReady = async (server: Server, url: string): Promise<void> => {
  const deadline = performance.now() + startTimeoutMs;
  for (;;) {
    const end = server.ended();
    if (end !== null) throw new EmbeddedPostgresError(`the embedded server did not start: ${end}`);
    const client = new Client({ connectionString: url });
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
