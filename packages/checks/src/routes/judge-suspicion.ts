import type {
  CitationId,
  EvidenceId,
  ExchangeId,
  FindingDraft,
  Gathered,
  Outcome,
  Reproduction,
} from '@launch-ready/core';
import { holesOf, nameRoutes, riskOf, type SourceRoute } from './route-risk.ts';

/** What trying a route showed. */
export interface Tried {
  readonly state: 'open' | 'safe';
  readonly because: string;
  readonly actors: readonly string[];
  readonly exchanges: readonly ExchangeId[];
  readonly reproduce: Reproduction | null;
}

export interface SuspicionRules {
  readonly source: Gathered<'sourceRoutes'>;
  /** The record that says what trying showed. */
  readonly tried: EvidenceId;
  readonly triedOf: (operation: string) => Tried | null;
  /** Routes the check is about. */
  readonly concerned: (route: SourceRoute) => boolean;
  /** Whether the source shows what is wanted. */
  readonly seen: (route: SourceRoute) => boolean;
  readonly relation: string;
  /** What is wanted, as it is missed: `a guard`. */
  readonly wanted: string;
  readonly safely: string;
  readonly message: (route: SourceRoute, tried: Tried) => string;
}

/**
 * Reading alone proves nothing: a route that looks unprotected is a finding only when trying it showed that it is open, counts
 * as protected when trying it showed that, and is otherwise named as not proven.
 */
export function judgeSuspicion(rules: SuspicionRules): Outcome {
  const { source } = rules;
  const routes = source.routes.filter(rules.concerned);
  const states = routes.map((route) => ({
    route,
    tried: route.operation === null ? null : rules.triedOf(route.operation),
  }));
  const drafts = new Map<string, FindingDraft>();
  // What was proven to be open is open, whatever its path looks like.
  for (const route of source.routes) {
    const tried = route.operation === null ? null : rules.triedOf(route.operation);
    if (tried?.state !== 'open' || route.operation === null) continue;
    drafts.set(route.operation, {
      subject: { operation: route.operation, relation: rules.relation },
      message: rules.message(route, tried),
      actors: tried.actors,
      evidence: [source.id, rules.tried, ...tried.exchanges.slice(0, 20)],
      reproduce: tried.reproduce,
    });
  }
  const doubtful = states.filter(({ route, tried }) => tried === null && !rules.seen(route));
  const holes = holesOf(source.problems);
  const unproven =
    doubtful.length > 0
      ? `${doubtful.length} ${doubtful.length === 1 ? 'route' : 'routes'} without ${rules.wanted} in sight could not be tried: ${nameRoutes(doubtful.map(({ route }) => route))}`
      : holes.length > 0
        ? `${holes.length} ${holes.length === 1 ? 'place' : 'places'} of the source could not be followed: ${holes[0] ?? ''}`
        : null;
  const [first, ...rest] = drafts.values();
  if (first)
    return {
      status: 'fail',
      because: `${rest.length + 1} ${rest.length === 0 ? 'route of the source was' : 'routes of the source were'} seen to be open`,
      findings: [first, ...rest],
      ...(unproven === null ? {} : { unproven }),
    };
  const cited: readonly [CitationId, ...CitationId[]] = [source.id, rules.tried];
  if (source.routes.length === 0)
    return {
      status: 'unknown',
      because: `no route was found in ${source.files} files of ${source.folder}${holes[0] === undefined ? '' : `: ${holes[0]}`}`,
      evidence: cited,
    };
  if (unproven !== null) return { status: 'unknown', because: unproven, evidence: cited };
  if (routes.length === 0)
    return {
      status: 'not-applicable',
      because: `none of ${source.routes.length} routes of the source needs it`,
      evidence: cited,
    };
  const unseen = states.filter(({ route }) => !rules.seen(route));
  const risks = [...new Set(routes.flatMap((route) => riskOf(route) ?? []))];
  return {
    status: 'pass',
    because:
      `${routes.length - unseen.length} of ${routes.length} routes show ${rules.wanted} in the source` +
      (unseen.length === 0
        ? ''
        : `, and ${unseen.length} ${rules.safely} when tried: ${nameRoutes(unseen.map(({ route }) => route))}`) +
      (risks.length === 0 ? '' : `; of high risk among them: ${risks.join(', ')}`),
    evidence: cited,
  };
}
