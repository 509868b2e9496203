import { execFile } from 'node:child_process';

/** Runs a reproduction script with these environment variables and nothing else; gives its exit code and what it said. */
export function runScript(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--input-type=module', '-e', script],
      { env: { PATH: process.env['PATH'], ...env }, maxBuffer: 16 * 1024 * 1024 },
      (error, out, problems) =>
        resolve({
          code: error === null ? 0 : typeof error.code === 'number' ? error.code : 99,
          said: out + problems,
        }),
    );
  });
}
