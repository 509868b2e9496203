import { exitCode, type ExitCode } from './exit-code.ts';

/** Something the user can put right. The message is one line and says what to change. */
export class UserError extends Error {
  readonly code: ExitCode;

  constructor(message: string, code: ExitCode = exitCode.usage) {
    super(message);
    this.name = 'UserError';
    this.code = code;
  }
}
