import type { Edit } from '../fault.ts';

/** Gives handlers of the copy a connection as the role that row-level security does not bind, as a careless shortcut would. */
export const ownerConnection: Edit = {
  file: 'src/start-platform.ts',
  find: `    limiter: createLimiter(appPool, config.limits),`,
  replace: `    limiter: createLimiter(appPool, config.limits),
    owner: await (async () => {
      const { Kysely, PostgresDialect } = await import('kysely');
      const pool = openPool({ url: databaseUrl, searchPath: 'app', max: 5, onLost });
      return new Kysely({ dialect: new PostgresDialect({ pool }) });
    })(),`,
};
