import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { type Cluster, lastLine } from './prepare-cluster.ts';

const startTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;

/** The process of a database server. */
export interface Server {
  /** Set when the process has ended by itself. */
  ended(): string | null;
  stop(): Promise<void>;
}

/**
 * Runs the server beside a watcher that holds our end of a pipe. When the pipe closes, because we stop it or because we were
 * killed, the server is told to shut down at once, and a temporary folder goes with it. $1 is that folder or empty.
 */
const watched = `
exec 3<&0
folder=$1; shift
"$@" </dev/null 3<&- &
server=$!
(cat <&3 >/dev/null; kill -INT $server) 2>/dev/null &
watcher=$!
wait $server
code=$?
kill $watcher 2>/dev/null
if [ -n "$folder" ]; then rm -rf "$folder"; fi
exit $code
`;

export interface LaunchOptions {
  readonly socketFolder: string;
  readonly durable: boolean;
  /** Whether the cluster's folder is removed when the server has ended. */
  readonly temporary: boolean;
}

/** Starts the server on its socket. It may need a moment before it answers. */
export const launchServer = (cluster: Cluster, options: LaunchOptions): Server => {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${options.socketFolder}`,
    'unix_socket_permissions=0700',
    'max_connections=200',
    'shared_buffers=64MB',
    'log_min_messages=fatal',
    'log_statement=none',
    ...(options.durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  const command = [
    cluster.binaries.postgres,
    '-D',
    cluster.data,
    ...settings.flatMap((setting) => ['-c', setting]),
  ];
  const child = spawn('/bin/sh', ['-c', watched, 'sh', options.temporary ? cluster.folder : '', ...command], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    cwd: '/',
    // A group of its own: Ctrl-C on the terminal must reach us first, so that we can end our connections before it.
    detached: true,
    ...(cluster.user === null ? {} : { uid: cluster.user.uid, gid: cluster.user.gid }),
  });
  let output = '';
  let end: string | null = null;
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-4000);
  });
  // The pipe of a server that ended by itself is closed already.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      end = error.message;
      resolve();
    });
    child.on('exit', () => {
      end ??= lastLine(output);
      child.stdin.destroy();
      resolve();
    });
  });
  return {
    ended: () => end,
    stop: async () => {
      child.stdin.end();
      const late = setTimeout(() => {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGQUIT');
      }, stopTimeoutMs);
      await ended;
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
