import { BudgetSpent, CannotStart, Stopped, TargetLost, TargetProblem } from '@launch-ready/probes';
import { visibleLine } from '@launch-ready/report';
import { exitCode, type ExitCode } from './exit-code.ts';
import { UserError } from './user-error.ts';

/** One line for the user and the exit code that goes with it, for anything that was thrown. */
export function describeFailure(error: unknown): { readonly message: string; readonly code: ExitCode } {
  const message = error instanceof Error ? firstLine(error.message) : String(error);
  if (error instanceof UserError) return { message, code: error.code };
  if (error instanceof TargetLost) return { message, code: exitCode.unreachable };
  if (error instanceof Stopped) return { message, code: exitCode.stopped };
  if (error instanceof BudgetSpent)
    return {
      message: `${message} before it could begin: allow more with --max-requests`,
      code: exitCode.usage,
    };
  if (error instanceof CannotStart || error instanceof TargetProblem)
    return { message, code: exitCode.usage };
  return { message: `a fault of launch-ready itself, please report it: ${message}`, code: exitCode.internal };
}

const firstLine = (text: string): string => visibleLine(text.split('\n', 1).join(''));
