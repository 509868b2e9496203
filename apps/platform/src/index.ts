export { migrate } from './foundation/database/migrate.ts';
export { provisionRoles } from './foundation/database/provision-roles.ts';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './foundation/database/embedded/start-embedded-postgres.ts';
export { expireReset } from './foundation/identity/expire-reset.ts';
export { expireSession } from './foundation/identity/expire-session.ts';
export { type MailSink, startMailSink } from './foundation/mail/start-mail-sink.ts';
export { type MatrixRow, matrixOf, permissionTable } from './foundation/policy/matrix.ts';
export { expireInvite } from './foundation/tenancy/expire-invite.ts';
export { apiRoutes } from './routes.ts';
export { type SeedOptions, type SeededActor, type SeededTenant, seedDemo } from './seed-demo.ts';
export { type Platform, type PlatformOptions, startPlatform } from './start-platform.ts';
