import { expect, test } from 'vitest';
import { metaPolicy } from './meta-policy.ts';

test.each([
  [
    `<head><meta http-equiv="Content-Security-Policy" content="default-src 'self'"></head>`,
    "default-src 'self'",
  ],
  [`<meta content="img-src 'none'" http-equiv=content-security-policy>`, "img-src 'none'"],
  ['<meta http-equiv="Content-Security-Policy" content="">', null],
  ['<meta http-equiv="Content-Security-Policy-Report-Only" content="default-src *">', null],
  [`<!-- <meta http-equiv="Content-Security-Policy" content="default-src 'self'"> -->`, null],
  [`<body><meta http-equiv="Content-Security-Policy" content="default-src 'self'"></body>`, null],
  ['<meta name="description" content="content-security-policy">', null],
])('%s', (html, policy) => expect(metaPolicy(html)).toBe(policy));
