import type { References } from '@launch-ready/core';

/**
 * Where each kind of line stands in public catalogues: CWE, OWASP API Security Top 10 (2023) and OWASP ASVS 5.0.
 * A line means the same weaknesses in every profile, so profiles share these. Mail authentication and rollback have no
 * ASVS item; an empty list says so.
 */
export const referencesByLine = {
  'SC-AUTHN': {
    cwe: ['CWE-287', 'CWE-613', 'CWE-640', 'CWE-1004', 'CWE-614', 'CWE-1275'],
    owaspApi: ['API2:2023'],
    asvs: [
      '6.3.1',
      '6.3.3',
      '6.5.1',
      '7.2.4',
      '7.4.1',
      '7.4.2',
      '7.4.3',
      '9.1.1',
      '9.2.1',
      '3.3.1',
      '3.3.2',
      '3.3.4',
    ],
  },
  'SC-SESSION': {
    cwe: ['CWE-613', 'CWE-384', 'CWE-1004', 'CWE-614', 'CWE-1275'],
    owaspApi: ['API2:2023'],
    asvs: [
      '7.2.4',
      '7.4.1',
      '7.4.2',
      '7.4.3',
      '9.1.1',
      '9.2.1',
      '10.4.5',
      '10.4.8',
      '3.3.1',
      '3.3.2',
      '3.3.4',
    ],
  },
  'SC-AUTH-COVERAGE': {
    cwe: ['CWE-306', 'CWE-287', 'CWE-345'],
    owaspApi: ['API2:2023', 'API9:2023'],
    asvs: ['8.2.1', '8.3.1', '9.1.1', '9.2.1'],
  },
  'SC-AUTHZ': {
    cwe: ['CWE-639', 'CWE-862', 'CWE-863', 'CWE-915'],
    owaspApi: ['API1:2023', 'API3:2023', 'API5:2023'],
    asvs: ['8.2.1', '8.2.2', '8.2.3', '8.3.1', '8.3.2', '8.4.1'],
  },
  'SC-INVITE': {
    cwe: ['CWE-294', 'CWE-613', 'CWE-837'],
    owaspApi: ['API2:2023', 'API6:2023'],
    asvs: ['2.3.4', '3.5.3', '6.4.1', '6.5.1'],
  },
  'SC-RATE': {
    cwe: ['CWE-307', 'CWE-770', 'CWE-799'],
    owaspApi: ['API2:2023', 'API4:2023', 'API6:2023'],
    asvs: ['2.4.1', '4.1.3', '6.3.1'],
  },
  'SC-INPUT': {
    cwe: ['CWE-20', 'CWE-209', 'CWE-770', 'CWE-1287'],
    owaspApi: ['API4:2023', 'API8:2023'],
    asvs: ['2.2.1', '16.5.1', '16.5.3'],
  },
  'SC-SECRETS': {
    cwe: ['CWE-200', 'CWE-312', 'CWE-540', 'CWE-798'],
    owaspApi: ['API8:2023'],
    asvs: ['13.3.1', '13.3.4', '16.2.5'],
  },
  'SC-CORS-CSRF': {
    cwe: ['CWE-346', 'CWE-352', 'CWE-942'],
    owaspApi: ['API8:2023'],
    asvs: ['3.4.2', '3.5.1', '3.5.2', '3.5.3'],
  },
  'SC-LOGS': { cwe: ['CWE-532', 'CWE-778'], owaspApi: ['API8:2023'], asvs: ['16.2.5', '16.3.1', '16.3.2'] },
  'SC-LOG-ALERT': {
    cwe: ['CWE-223', 'CWE-778'],
    owaspApi: ['API8:2023'],
    asvs: ['16.3.1', '16.3.2', '16.3.4'],
  },
  'SC-EMAIL': { cwe: ['CWE-290', 'CWE-345'], owaspApi: [], asvs: [] },
  'SC-TLS': {
    cwe: ['CWE-295', 'CWE-319', 'CWE-523'],
    owaspApi: ['API8:2023'],
    asvs: ['3.4.1', '12.1.1', '12.2.1', '12.2.2'],
  },
  'SC-EDGE': { cwe: ['CWE-400', 'CWE-770'], owaspApi: ['API4:2023', 'API8:2023'], asvs: ['2.4.1', '4.1.3'] },
  'SC-MONITOR': { cwe: ['CWE-778'], owaspApi: ['API8:2023'], asvs: ['16.3.4'] },
  'SC-DEPLOY': {
    cwe: ['CWE-209', 'CWE-489', 'CWE-1188'],
    owaspApi: ['API8:2023', 'API9:2023'],
    asvs: ['3.4.1', '3.4.3', '3.4.4', '3.4.6', '13.4.1', '13.4.2', '16.5.1'],
  },
  'SC-ROLLBACK': { cwe: [], owaspApi: [], asvs: [] },
} as const satisfies Readonly<Record<string, References>>;

/** Ids of the scorecard lines that profiles are made of. */
export type LineId = keyof typeof referencesByLine;
