import { createHmac } from 'node:crypto';

/** Roles that log in at run time. */
export type RuntimeRole = 'lr_app' | 'lr_auth';

/** Password of a runtime role, derived so that one connection URL and one secret are all that must be configured. */
export const rolePassword = (secret: string, role: RuntimeRole): string =>
  createHmac('sha256', secret).update(`database role ${role}`).digest('base64url');

/** The same server and database, as another role. */
export const urlForRole = (adminUrl: string, role: RuntimeRole, secret: string): string => {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = rolePassword(secret, role);
  return url.toString();
};
