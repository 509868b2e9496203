import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ConfigError } from './foundation/config/config.ts';
import { DoctorError } from './foundation/database/doctor.ts';
import { EmbeddedPostgresError } from './foundation/database/embedded/embedded-postgres-error.ts';
import { MigrationError } from './foundation/database/migrate.ts';
import { LimitError } from './foundation/limits/limits.ts';
import { matrixAsMarkdown, matrixOf, permissionTable } from './foundation/policy/matrix.ts';
import { apiRoutes } from './routes.ts';
import { startPlatform } from './start-platform.ts';

const usage = `usage: main.ts serve                    start the platform; configuration comes from the environment
       main.ts matrix --md | --json     print who may do what
       main.ts matrix --permissions     write permissions.json`;

const expected = [ConfigError, DoctorError, EmbeddedPostgresError, MigrationError, LimitError];

const serve = async (): Promise<void> => {
  const platform = await startPlatform({ env: process.env });
  process.stderr.write(`${platform.origin}\n`);
  const stop = (): void => {
    platform.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

const matrix = async (format: string | undefined): Promise<boolean> => {
  const rows = matrixOf(apiRoutes);
  if (format === '--md') process.stdout.write(matrixAsMarkdown(rows));
  else if (format === '--json') process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else if (format === '--permissions') {
    const file = fileURLToPath(new URL('../permissions.json', import.meta.url));
    await writeFile(file, `${JSON.stringify(permissionTable(rows), null, 2)}\n`);
  } else return false;
  return true;
};

const run = async (): Promise<number | null> => {
  const [command, option] = process.argv.slice(2);
  if (command === 'serve') {
    await serve();
    return null;
  }
  if (command === 'matrix' && (await matrix(option))) return 0;
  process.stderr.write(`${usage}\n`);
  return 64;
};

try {
  const code = await run();
  if (code !== null) process.exitCode = code;
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const isExpected = expected.some((kind) => error instanceof kind) || 'code' in error;
  if (!isExpected) throw error;
  process.stderr.write(
    `${error.message
      .split('\n')
      .map((line) => `error: ${line}`)
      .join('\n')}\n`,
  );
  process.exitCode = 78;
}
