/** A request as an actor that is not logged in: its login was never proven, or the throwaway account could not log in. */
export class NotLoggedIn extends Error {
  override readonly name = 'NotLoggedIn';
}
