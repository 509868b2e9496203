import type { EvidenceKind } from '@launch-ready/core';
import { defineProbe, type Probe } from '@launch-ready/probes';
import { describe, expect, it } from 'vitest';
import { orderProbes } from './order-probes.ts';

const probe = (provides: EvidenceKind, needs: readonly EvidenceKind[]): Probe =>
  defineProbe({
    id: `test/${provides}`,
    title: provides,
    provides,
    needs,
    leastMode: 'observe',
    estimate: () => 0,
    run: async () => ({ status: 'missing', because: 'a probe of a test' }),
  });

const all = [
  probe('rateLimits', ['cookies', 'crossTenant', 'planting']),
  probe('crossTenant', ['planting']),
  probe('cookies', []),
  probe('planting', []),
];
const ids = (wanted: readonly EvidenceKind[]): readonly string[] =>
  orderProbes(all, new Set(wanted)).map(({ provides }) => provides);

describe('orderProbes', () => {
  it('runs what others build on first', () => {
    expect(ids(['rateLimits', 'crossTenant', 'cookies', 'planting'])).toEqual([
      'cookies',
      'planting',
      'crossTenant',
      'rateLimits',
    ]);
  });

  it('plants for whatever needs planted objects, and pulls in nothing else', () => {
    expect(ids(['rateLimits'])).toEqual(['planting', 'rateLimits']);
  });

  it('leaves out what nobody wants', () => {
    expect(ids(['cookies'])).toEqual(['cookies']);
  });

  it('names a circle', () => {
    const circle = [probe('cookies', ['cors']), probe('cors', ['cookies'])];
    expect(() => orderProbes(circle, new Set<EvidenceKind>(['cookies', 'cors']))).toThrow(
      'test/cookies > test/cors',
    );
  });
});
