const endedStates =
  /^(deleted|removed|revoked|withdrawn|cancell?ed|archived|trashed|void(ed)?|inactive|disabled|closed|ended)$/i;
const stateName = /^(status|state|lifecycle)$/i;
const endedSince =
  /^(deleted|removed|revoked|withdrawn|cancell?ed|archived|trashed|voided|disabled|ended|closed)(_?(at|on|date|time))$/i;
const endedFlag = /^(is_?)?(deleted|removed|revoked|withdrawn|cancell?ed|archived|trashed)$/i;

/**
 * Whether an answer shows the object with this id as ended: many applications keep a deleted record and mark it. Only the
 * object's own members count, so that an ended neighbour or child proves nothing.
 */
export function isEnded(json: unknown, objectId: string): boolean {
  const record = find(json, objectId);
  if (record === null) return false;
  return Object.entries(record).some(([name, value]) => {
    if (stateName.test(name)) return typeof value === 'string' && endedStates.test(value);
    if (endedSince.test(name))
      return (typeof value === 'string' && value !== '') || typeof value === 'number';
    return endedFlag.test(name) && value === true;
  });
}

function find(value: unknown, objectId: string): object | null {
  if (typeof value !== 'object' || value === null) return null;
  const own = Array.isArray(value) ? false : Object.values(value).some((inner) => String(inner) === objectId);
  if (own) return value;
  for (const inner of Object.values(value)) {
    const found = find(inner, objectId);
    if (found !== null) return found;
  }
  return null;
}
