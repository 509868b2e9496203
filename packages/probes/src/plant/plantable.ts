import type { RunMode } from '@launch-ready/core';
import type { Resource, ResourceGraph } from '../access/resource-graph.ts';

const accountTalk =
  /(^|\/)(log-?in|log-?out|sign-?in|sign-?up|sign-?out|register|auth|sessions?|tokens?|passwords?|verify|verification|confirm|oauth2?|sso|saml|mfa|2fa|totp|otp|forgot|refresh|graphql|search|exports?|imports?|webhooks?|hooks|billing|payments?|subscriptions?|checkout|orders?\/pay|jobs|backups?)(\/|$)/i;
const peopleTalk = /(^|\/)(users?|members?|memberships?|accounts?|invites?|invitations?|api-?keys?)$/i;

/** Whether a path is about people or accounts, which tenants may know of each other for good reasons. */
export const isAboutPeople = (path: string): boolean => {
  const bare = path.replace(/\/\{[^}]*\}$/, '');
  return peopleTalk.test(bare) || accountTalk.test(bare.replace(/\{[^}]*\}/g, '_'));
};

/** What decides whether objects may be made: leave given in the target file, the mode, and how they could go again. */
export interface PlantingRules {
  readonly allowed: readonly string[];
  readonly mode: RunMode;
  readonly graph: ResourceGraph;
}

/**
 * Why no objects of this kind are made, or null when they may be. Ways to log in, money, and messages to third parties are
 * not objects. Short of full mode, nothing is made that could not be removed again, by itself or with its parent.
 */
export function unplantableBecause(resource: Resource, rules: PlantingRules): string | null {
  const { create } = resource;
  if (!create) return 'no operation creates one';
  if (rules.allowed.includes(create.id)) return null;
  if (accountTalk.test(create.path.replace(/\{[^}]*\}/g, '_')))
    return 'its name speaks of logins, money or third parties';
  if (peopleTalk.test(create.path.replace(/\/\{[^}]*\}$/, '')) && !resource.remove)
    return 'it could not be removed again';
  if (rules.mode !== 'full' && !isRemovable(resource, rules.graph))
    return `no operation removes it again; --mode full makes it all the same, or list ${create.id} in allow.operations`;
  return null;
}

/** Whether an object of this kind can be removed, or goes with a parent that can. */
function isRemovable(resource: Resource, graph: ResourceGraph, seen: readonly Resource[] = []): boolean {
  if (resource.remove !== null) return true;
  if (resource.create === null || seen.includes(resource)) return false;
  return graph.boundSlots(resource.create).some((slot) => {
    const parent = slot.in === 'path' ? graph.byReferent(slot.referent) : null;
    return parent !== null && isRemovable(parent, graph, [...seen, resource]);
  });
}
