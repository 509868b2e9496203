/** Who of its own tenant may see a new object: nobody more than its document lets in by default, or as few as can be. */
export type Exposure = 'shared' | 'private';

/** Names of fields that decide who may see an object. */
const visibilityName = /visib|privacy|audience|access_?level|exposure|shar(ed|ing)/i;
const fromPrivateToPublic = [
  /^(private|only_?me|owner|personal)$/i,
  /^(secret|hidden|closed|invite(_?only)?)$/i,
  /^(restricted|limited|confidential)$/i,
  /^(internal|members?(_?only)?|team|space|group|organi[sz]ation|org|tenant|workspace)$/i,
];
const tenantWide = [
  /^(internal|members?(_?only)?|team|space|group|organi[sz]ation|org|tenant|workspace)$/i,
  /^(open|shared|visible|default|normal|standard)$/i,
];

const roleName = (name: string): boolean => /(^|_)roles?$/i.test(name) || name.endsWith('Role');
const fromWeakToStrong = [
  /^(restricted|guest|visitor|read_?only|viewer|observer)$/i,
  /^(client|customer|user|basic|reader|commenter|subscriber)$/i,
  /^(member|participant|contributor)$/i,
];

const firstThatFits = (patterns: readonly RegExp[], choices: readonly unknown[]): unknown =>
  patterns
    .map((pattern) => choices.find((choice) => typeof choice === 'string' && pattern.test(choice)))
    .find((choice) => choice !== undefined);

/** The weakest of the roles that a field may give, so that nobody is made strong by a test; undefined for other fields. */
export const weakestRole = (name: string, choices: readonly unknown[]): unknown =>
  roleName(name) ? firstThatFits(fromWeakToStrong, choices) : undefined;

/** Whether a field with these choices decides who may see the object. */
export const decidesExposure = (name: string, choices: readonly unknown[]): boolean =>
  visibilityName.test(name) ||
  choices.some((choice) => typeof choice === 'string' && /^private$/i.test(choice));

/** The choice that exposes an object as wanted; undefined when none of them says so. */
export const exposureChoice = (exposure: Exposure, choices: readonly unknown[]): unknown =>
  firstThatFits(exposure === 'private' ? fromPrivateToPublic : tenantWide, choices);

/** The setting of a yes-or-no field that exposes an object as little as can be; undefined when the field does not decide that. */
export function privateFlag(name: string): boolean | undefined {
  if (/^(is_?)?(public|listed|discoverable|searchable|open|indexed)$/i.test(name)) return false;
  if (/^(is_?)?(private|hidden|secret|unlisted|confidential)$/i.test(name)) return true;
  return undefined;
}
