export * from './clock.ts';
export { systemClock } from './system-clock.ts';
export { cryptoRandom } from './crypto-random.ts';
export { seededRandom } from './seeded-random.ts';
export * from './probe.ts';
export * from './transport/transport.ts';
export * from './transport/transport-errors.ts';
export { createTransport, type TransportSetting } from './transport/http-transport.ts';
export { nextExchangeNumber, openTranscript, type Transcript } from './transport/transcript.ts';
export { fillPath, matchPath } from './transport/path-template.ts';
export { isLoopback, parseRawUrl } from './transport/raw-url.ts';
export { runReproduction, type Reproduced } from './transport/run-reproduction.ts';
export {
  credentialVariable,
  passwordVariable,
  usernameVariable,
} from './reproduction/credential-variable.ts';
export { mailFolderVariable } from './reproduction/mail-kit.ts';
export * from './ledger/ledger.ts';
export { createLedger } from './ledger/create-ledger.ts';
export { openJournal, readJournal, type Journal, type JournalState } from './ledger/journal.ts';
export { cleanUp, type CleanUpResult, type CleanUpSetting } from './ledger/clean-up.ts';
export type * from './session/sessions.ts';
export { connectSessions, type Connected, type ConnectSetting } from './session/connect-sessions.ts';
export { CannotStart } from './session/cannot-start.ts';
export { NotLoggedIn } from './session/not-logged-in.ts';
export { tamperSecret } from './session/tamper.ts';
export type * from './mail/inbox.ts';
export { openInbox } from './mail/open-inbox.ts';
export type * from './target/target.ts';
export {
  bearer,
  cookie,
  custom,
  defineTarget,
  env,
  login,
  oauth,
  savedState,
  wfc,
} from './target/define-target.ts';
export type { ActorInput, LoginInput, OauthInput } from './target/actor-input.ts';
export type * from './target/custom-login.ts';
export type { EnvReference } from './target/env-reference.ts';
export type { TargetInput } from './target/target-input.ts';
export { loadTarget } from './target/load-target.ts';
export { resolveTarget, type ResolveSetting } from './target/resolve-target.ts';
export { TargetProblem } from './target/target-problem.ts';
export { createTxtResolver, type TxtResolver } from './transport/txt-resolver.ts';
export { ownershipToken, proveOwnership, type Ownership } from './target/prove-ownership.ts';
export { discoverOperations } from './discover/discover-operations.ts';
export type { DiscoverSetting } from './discover/discover-setting.ts';
export { createLeakIndex, type LeakIndex, type LeakIndexSetting, type Sighting } from './leaks/leak-index.ts';
export { plant } from './plant/plant.ts';
export { liveChannels } from './live/live-channels.ts';
export { socketOrigin } from './browser-trust/socket-origin.ts';
export { crossTenant } from './cross-tenant/cross-tenant.ts';
export { roleMatrix } from './roles/role-matrix.ts';
export { sourceRoutes } from './discover/source/source-routes.ts';
export { massAssignment } from './mass-assignment/mass-assignment.ts';
export { accessCoverage } from './coverage/access-coverage.ts';
export { sessionReplay } from './lifecycle/session-replay.ts';
export { refreshTokens } from './tokens/refresh-tokens.ts';
export { tokenForgery } from './tokens/token-forgery.ts';
export { tokenLife } from './tokens/token-life.ts';
export { secondFactor } from './lifecycle/second-factor.ts';
export { secondStep } from './second-step/second-step.ts';
export { singleSignOn } from './sign-on/single-sign-on.ts';
export { tokenVault, type KeptToken, type Vault } from './tokens/token-vault.ts';
export { inviteReplay } from './invites/invite-replay.ts';
export { resetReplay } from './resets/reset-replay.ts';
export { loginDoor } from './login-door/login-door.ts';
export { cookies } from './browser-trust/cookies.ts';
export { cors } from './browser-trust/cors.ts';
export { csrf } from './browser-trust/csrf.ts';
export { securityHeaders } from './browser-trust/security-headers.ts';
export { loginRateLimit } from './limits/login-rate-limit.ts';
export { mailLimits } from './limits/mail-limits.ts';
export { injection } from './input/injection.ts';
export { inputHandling } from './input/input-handling.ts';
