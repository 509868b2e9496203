/** The target file cannot be used; the message is one line that names the field and says what to change. */
export class TargetProblem extends Error {
  override readonly name = 'TargetProblem';
}
