/** Names of fields that decide who may see an object. */
const visibilityName = /visib|privacy|audience|access_?level|exposure|shar(ed|ing)/i;
const fromPrivateToPublic = [
  /^(private|only_?me|owner|personal)$/i,
  /^(secret|hidden|closed|invite(_?only)?)$/i,
  /^(restricted|limited|confidential)$/i,
  /^(internal|members?(_?only)?|team|space|group|organi[sz]ation|org|tenant|workspace)$/i,
];

const fromWeakToStrong = [
  /^(restricted|guest|visitor|read_?only|viewer|observer)$/i,
  /^(client|customer|user|basic|reader|commenter|subscriber)$/i,
  /^(member|participant|contributor)$/i,
];

/** The weakest of the roles that a field may give, so that nobody is made strong by a test. */
const weakestRole = (choices: readonly unknown[]): unknown =>
  fromWeakToStrong
    .map((pattern) => choices.find((choice) => typeof choice === 'string' && pattern.test(choice)))
    .find((choice) => choice !== undefined);

/**
 * The most private of the values a field may take, or the weakest role; undefined when the field decides neither who may see
 * the object nor what somebody may do.
 */
export function mostPrivate(name: string, choices: readonly unknown[]): unknown {
  if (/(^|_)roles?$/i.test(name) || /Role$/.test(name)) return weakestRole(choices);
  const closed = choices.find((choice) => typeof choice === 'string' && /^private$/i.test(choice));
  if (!visibilityName.test(name)) return closed;
  for (const pattern of fromPrivateToPublic) {
    const found = choices.find((choice) => typeof choice === 'string' && pattern.test(choice));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The private setting of a yes-or-no field; undefined when the field does not decide who may see the object. */
export function privateFlag(name: string): boolean | undefined {
  if (/^(is_?)?(public|listed|discoverable|searchable|open|indexed)$/i.test(name)) return false;
  if (/^(is_?)?(private|hidden|secret|unlisted|confidential)$/i.test(name)) return true;
  return undefined;
}
