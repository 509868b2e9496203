import type { Resource } from './resource-graph.ts';

const accountTalk =
  /(^|\/)(log-?in|log-?out|sign-?in|sign-?up|sign-?out|register|auth|sessions?|tokens?|passwords?|verify|verification|confirm|oauth2?|sso|saml|mfa|2fa|totp|otp|forgot|refresh|graphql|search|exports?|imports?|webhooks?|hooks|billing|payments?|subscriptions?|checkout|orders?\/pay|jobs|backups?)(\/|$)/i;
const peopleTalk = /(^|\/)(users?|members?|memberships?|accounts?|invites?|invitations?|api-?keys?)$/i;

/**
 * Why no objects of this kind are made, or null when they may be. Ways to log in, money, and messages to third parties are
 * not objects; people and invitations are made only where they can be removed again.
 */
export function unplantableBecause(resource: Resource, allowed: readonly string[]): string | null {
  const { create } = resource;
  if (!create) return 'no operation creates one';
  if (allowed.includes(create.id)) return null;
  if (accountTalk.test(create.path.replace(/\{[^}]*\}/g, '_')))
    return 'its name speaks of logins, money or third parties';
  if (peopleTalk.test(create.path.replace(/\/\{[^}]*\}$/, '')) && !resource.remove)
    return 'it could not be removed again';
  return null;
}
