import {
  defineCheck,
  type EvidenceFor,
  type ExchangeId,
  type FindingDraft,
  type Outcome,
} from '@launch-ready/core';
import { holesOf, isPlumbing, nameRoute, nameRoutes, type SourceRoute } from './route-risk.ts';

type Needs = 'sourceRoutes' | 'accessCoverage' | 'crossTenant';

/** The API document lists every route that the source serves. */
export const undocumentedRoute = defineCheck({
  id: 'routes/undocumented-route',
  title: 'The API document lists every route that is served',
  failureTitle: 'A route is served that the API document does not list',
  criterion:
    'Every route in the source, except signs of life, pages of documentation and files, stands in the API document; a route that does not is a finding when it was seen to be served.',
  requirements: ['CK-ROUTES', 'SC-AUTHZ'],
  severity: 'low',
  how: 'Reads the routes from the source code, without running it, compares them with the operations of the API document, and looks whether the routes that are missing there gave something to their owner when they were called.',
  why: 'What is not in the document is left out of reviews, gateways and tests, and is where forgotten holes stay.',
  needs: ['sourceRoutes', 'accessCoverage', 'crossTenant'],
  options: {},
  evaluate: (evidence) => judge(evidence),
  fix: {
    summary: 'Put the route into the API document, or take it out of the application.',
    steps: [
      'Decide whether the named route is still needed, and delete it when it is not.',
      'Generate the document from the routes, so that neither can change alone.',
    ],
    today: null,
    effort: 'minutes',
  },
  references: { cwe: ['CWE-1059'], owaspApi: ['API9:2023'], asvs: [] },
});

function judge({ sourceRoutes, accessCoverage, crossTenant }: EvidenceFor<Needs>): Outcome {
  const cited = [sourceRoutes.id, crossTenant.id, accessCoverage.id] as const;
  const served = sourceRoutes.routes.filter((route) => route.mounted && !isPlumbing(route));
  if (sourceRoutes.routes.length === 0)
    return {
      status: 'unknown',
      because: `no route was found in ${sourceRoutes.files} files of ${sourceRoutes.folder}`,
      evidence: cited,
    };
  if (sourceRoutes.routes.every(({ inDocument }) => inDocument === null))
    return { status: 'not-applicable', because: 'there is no API document to compare with', evidence: cited };
  const missing = served.filter(({ inDocument }) => inDocument === false);
  // A refusal may mean that nothing is there. What an owner saw in it, or a stranger got from it, is really served.
  const proofOf = ({ operation }: SourceRoute): { readonly exchanges: readonly ExchangeId[] } | undefined =>
    crossTenant.trials.find((trial) => trial.operation === operation && trial.verdict !== 'inconclusive') ??
    accessCoverage.trials.find(
      (trial) =>
        trial.operation === operation && (trial.verdict === 'exposed' || trial.verdict === 'changed'),
    );
  const drafts = new Map<string, FindingDraft>();
  const doubtful: SourceRoute[] = [];
  for (const route of missing) {
    const trial = proofOf(route);
    if (trial === undefined || route.operation === null) {
      doubtful.push(route);
      continue;
    }
    drafts.set(route.operation, {
      subject: { operation: route.operation },
      message: `${nameRoute(route)} is served and stands in no API document`,
      actors: [],
      evidence: [sourceRoutes.id, crossTenant.id, accessCoverage.id, ...trial.exchanges.slice(0, 5)],
    });
  }
  const holes = holesOf(sourceRoutes.problems);
  const unproven =
    doubtful.length > 0
      ? `${doubtful.length} ${doubtful.length === 1 ? 'route' : 'routes'} of the source stand in no document and were not seen to be served: ${nameRoutes(doubtful)}`
      : holes.length > 0
        ? `${holes.length} ${holes.length === 1 ? 'place' : 'places'} of the source could not be followed: ${holes[0] ?? ''}`
        : null;
  const [first, ...rest] = drafts.values();
  if (first)
    return {
      status: 'fail',
      because: `${rest.length + 1} of ${served.length} routes stand in no API document`,
      findings: [first, ...rest],
      ...(unproven === null ? {} : { unproven }),
    };
  if (unproven !== null) return { status: 'unknown', because: unproven, evidence: cited };
  if (served.length === 0)
    return { status: 'unknown', because: 'no route of the source was seen to be mounted', evidence: cited };
  return {
    status: 'pass',
    because: `all ${served.length} routes of the source stand in the API document`,
    evidence: cited,
  };
}
