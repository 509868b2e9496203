import type { EvidenceMap } from '@launch-ready/core';

/** What a protected field decides. */
export type ProtectedKind = EvidenceMap['massAssignment']['trials'][number]['kind'];

const kinds: readonly (readonly [ProtectedKind, RegExp])[] = [
  [
    'right',
    /^(role|roles|userrole|accountrole|isadmin|admin|isstaff|staff|issuperuser|superuser|permissions?|accesslevel|isowner)$/,
  ],
  ['tenant', /^(org|organi[sz]ation|tenant|workspace|company|team|account|customer|client)(id|slug)?$/],
  ['owner', /^(owner|user|author|creator|createdby|member|assignee)(id)?$/],
  [
    'money',
    /^(price|amount|total|credits?|balance|plan|planid|tier|quota|discount|paid|ispaid|subscription|subscriptionplan|pricecents|totalcents|amountcents|creditbalance|seats|limit)$/,
  ],
  [
    'state',
    /^(emailverified|isemailverified|verified|isverified|phoneverified|status|state|approved|isapproved|featured|isfeatured|pinned|ispinned|published|ispublished|active|isactive|banned|isbanned|locked|islocked|reviewed|moderated|official)$/,
  ],
  [
    'time',
    /^(createdat|created|emailverifiedat|verifiedat|approvedat|publishedat|paidat|trialendsat|expiresat)$/,
  ],
];

/** What a field of this name decides; null when its name speaks of nothing that callers should not set. */
export function protectedKind(name: string): ProtectedKind | null {
  const plain = name.replace(/[^a-z\d]/gi, '').toLowerCase();
  return kinds.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}
