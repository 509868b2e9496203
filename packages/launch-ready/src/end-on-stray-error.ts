import { exitCode } from './exit-code.ts';

/**
 * Ends the process with one line when an error comes up that nothing was waiting for, such as a promise that a target file
 * left behind. A reader of the output that went away (`launch-ready checks | head`) is no error.
 */
export function endOnStrayError(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => {
      if (!('code' in error) || error.code !== 'EPIPE') throw error;
    });
  process.on('uncaughtException', (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `launch-ready: an error came up that nothing was waiting for: ${text.split('\n', 1).join('').trim()}; ` +
        'look in the target file, else report it; `launch-ready cleanup` removes what a run left\n',
    );
    process.exit(exitCode.internal);
  });
}
