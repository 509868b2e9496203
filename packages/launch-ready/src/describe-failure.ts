import { exitCode, type ExitCode } from './exit-code.ts';
import { UserError } from './user-error.ts';

/** One line for the user and the exit code that goes with it, for anything that was thrown. */
export function describeFailure(error: unknown): { readonly message: string; readonly code: ExitCode } {
  if (error instanceof UserError) return { message: firstLine(error.message), code: error.code };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { message: `a fault of launch-ready itself, please report it: ${firstLine(message)}`, code: exitCode.internal };
}

const firstLine = (text: string): string => text.split('\n', 1).join('').trim();
