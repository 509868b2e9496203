/** The review cannot start as the target file has it; the message is one line for the user. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
