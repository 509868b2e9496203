import type { Review } from '@launch-ready/core';
import { grouped } from '../../words/count.ts';
import { actorWords } from '../../words/status-word.ts';
import { sentenceCase } from '../../words/sentence-case.ts';
import { badge } from '../parts/badge.ts';
import { dataTable } from '../parts/data-table.ts';
import { emptyNote } from '../parts/empty-note.ts';
import { fold } from '../parts/fold.ts';
import { meter } from '../parts/meter.ts';
import { operationName } from '../parts/operation-name.ts';
import type { Section } from '../parts/section.ts';
import { html, type Html } from '../template/html.ts';

type OperationCoverage = Review['coverage']['operations'][number];

/** A longer table is folded. */
const longTable = 30;

const operationTable = (operations: readonly OperationCoverage[]): Html =>
  dataTable(
    [
      { title: 'Operation' },
      { title: 'Trials', numeric: true },
      { title: 'Proven', numeric: true },
      { title: 'Inconclusive', numeric: true },
      { title: 'Share proven' },
    ],
    operations.map((each) => [
      operationName(each.operation),
      grouped(each.trials),
      grouped(each.proven),
      grouped(each.inconclusive),
      each.trials === 0
        ? html`<span class="muted">not tried</span>`
        : html`<span class="share"
            >${meter([
              { tone: 'good', value: each.proven },
              { tone: 'unsure', value: each.trials - each.proven },
            ])}${Math.floor((each.proven / each.trials) * 100)}
            %</span
          >`,
    ]),
  );

function operationPart({ operations }: Review['coverage']): Html {
  if (operations.length === 0) return emptyNote('No operation was tried.');
  const table = operationTable(operations);
  return operations.length > longTable ? fold(`All ${grouped(operations.length)} operations`, table) : table;
}

const actorPart = ({ actors }: Review['coverage']): Html =>
  actors.length === 0
    ? emptyNote('No actor was used.')
    : dataTable(
        [
          { title: 'Actor' },
          { title: 'Tenant' },
          { title: 'Role' },
          { title: 'Login' },
          { title: 'Because' },
        ],
        actors.map((each) => [
          html`<code>${each.actor}</code>`,
          each.tenant,
          each.role,
          badge(each.proven ? actorWords.proven : actorWords.unproven),
          sentenceCase(each.because),
        ]),
      );

/** Which operations were tried as which actors, and how many trials ended in a proof. */
export function coverageSection({ coverage }: Review): Section {
  const proven = coverage.operations.filter((each) => each.trials > 0 && each.proven === each.trials).length;
  return {
    id: 'coverage',
    title: 'Coverage',
    note: `${proven}/${coverage.operations.length}`,
    lead: 'A trial is one attempt to reach something as one actor. It is proven when it ended in evidence either way, and inconclusive when nothing could be concluded.',
    body: html`<h3>Operations</h3>
      ${operationPart(coverage)}
      <h3>Actors</h3>
      ${actorPart(coverage)}`,
  };
}
