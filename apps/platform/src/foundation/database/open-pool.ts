import { Pool } from 'pg';

/** What a pool is for decides its role and which schema it sees by default. */
export interface PoolOptions {
  readonly url: string;
  readonly searchPath: string;
  readonly max: number;
  /** Told when an idle connection is lost; the pool opens another one by itself. */
  readonly onLost: (code: string) => void;
}

/** Longest time a statement or an idle transaction may take, in milliseconds. */
const statementTimeoutMs = 10_000;

/** Opens a pool of connections to PostgreSQL. */
export const openPool = ({ url, searchPath, max, onLost }: PoolOptions): Pool => {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    options: `-c search_path=${searchPath}`,
    application_name: 'launch-ready-platform',
  });
  pool.on('error', (error) =>
    onLost('code' in error && typeof error.code === 'string' ? error.code : 'unknown'),
  );
  return pool;
};
