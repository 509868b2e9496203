import { startMailSink } from '@launch-ready/platform';
import { platformTarget } from '../platform/platform-target.ts';
import { runCopy } from '../platform/run-copy.ts';
import { nextFolder, type Bench } from './bench.ts';
import { reviewTarget, type Reviewed } from './review-target.ts';

/** Runs a copy of the platform on a fresh database, reviews it, and stops it. */
export async function reviewCopy(
  bench: Bench,
  options: {
    readonly copy: string;
    readonly env: Readonly<Record<string, string>>;
    /** Whether the copy's migrations differ from the platform's. */
    readonly ownMigrations: boolean;
    readonly only: readonly string[];
  },
): Promise<Reviewed> {
  const folder = nextFolder(bench);
  const server = await bench.database();
  const database = await (options.ownMigrations ? server.migratedBy(options.copy) : server.fresh());
  const mail = await startMailSink(`${folder}-mail`);
  try {
    const running = await runCopy({
      copy: options.copy,
      databaseUrl: database.url,
      smtpUrl: mail.smtpUrl,
      env: options.env,
    });
    try {
      const target = await platformTarget({
        origin: running.origin,
        databaseUrl: database.url,
        mailFolder: mail.folder,
        password: (address) => server.password(address),
      });
      return await reviewTarget({ target, folder, only: options.only, signal: bench.signal });
    } finally {
      await running.stop();
    }
  } finally {
    await mail.stop();
    await database.drop();
  }
}
