import { defineCheck } from '@launch-ready/core';
import { judgeAction } from './judge-action.ts';

/** No tenant is shown the members, settings or bills of another. */
export const tenantData = defineCheck({
  id: 'tenancy/tenant-data',
  title: 'No tenant is shown the members, settings or bills of another, or changes its members',
  failureTitle: 'A tenant is shown the members, settings or bills of another, or changes its members',
  criterion:
    "No account name and no private field that an operation shows to a tenant reaches an actor of another tenant, asked with its own values and with those of the other, and no attempt to change the throw-away account or the settings of the other tenant is seen by that tenant's administrator; every such operation proven in every direction, and at least four in five trials.",
  requirements: ['SC-AUTHZ', 'CK-TENANT'],
  severity: 'critical',
  how: 'Asks for members, settings and bills of the other tenant by its name, and by the ids of its members, and looks for the account names of the target file and for private fields that only the owner is shown. In full mode it also tries to change the throw-away account of the other tenant, after its own administrator was seen to change it and to put it back. Where the target file says that both tenants are there for tests alone, it tries the same with one text of their settings. Nobody else, no other settings and no bills are changed, and nobody is removed.',
  why: 'Who the customers are and how they pay is worth more to a stranger than any single record.',
  needs: ['crossTenant', 'planting', 'logins', 'operations'],
  options: { provenShare: 0.8, plantedShare: 0 },
  evaluate: (evidence, { provenShare, plantedShare }) =>
    judgeAction(evidence, { action: 'tenant', verb: 'reaches', provenShare, plantedShare }),
  fix: {
    summary: 'Check the tenant of the session against the tenant of the request before anything is loaded.',
    steps: [
      'Resolve the tenant from the session, and answer a path, query or header that names another as not found.',
      'Look members up by the tenant of the session and their id together.',
      'Leave e-mail addresses out of every directory that goes beyond one tenant.',
    ],
    today: 'Compare the tenant of the request with that of the session in the named operation.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-639', 'CWE-200'], owaspApi: ['API1:2023', 'API3:2023'], asvs: ['8.2.2', '8.4.1'] },
});
