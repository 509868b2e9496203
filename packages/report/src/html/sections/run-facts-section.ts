import type { Review } from '@launch-ready/core';
import { grouped } from '../../words/count.ts';
import { duration } from '../../words/duration.ts';
import { moment } from '../../words/moment.ts';
import type { Section } from '../parts/section.ts';
import { html, type Html, type HtmlValue } from '../template/html.ts';

const fact = (name: string, value: HtmlValue): Html =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

/** What this review rests on, so that it can be repeated. */
export function runFactsSection({
  run,
  tool,
  target,
  profile,
  schemaVersion,
  algorithmVersion,
}: Review): Section {
  return {
    id: 'run',
    title: 'About this run',
    body: html`<dl class="facts surface padded">
      ${fact('Run', html`<code>${run.id}</code>`)} ${fact('Started', moment(run.startedAt))}
      ${fact('Took', duration(run.durationMs))}
      ${fact('Ended', run.interrupted === null ? 'By itself, at its end' : `Early: ${run.interrupted}`)}
      ${fact('Mode', run.mode)} ${fact('Requests', grouped(run.requests))}
      ${fact('Profile', html`${profile.title} <code>${profile.id}</code>`)}
      ${fact(
        'Origins',
        Object.entries(target.origins).map(
          ([name, origin]) => html`<div>${name}: <code>${origin}</code></div>`,
        ),
      )}
      ${fact('Tenants', target.tenants.length === 0 ? 'none given' : target.tenants.join(', '))}
      ${fact('Actors', target.actors.length === 0 ? 'none given' : target.actors.map((actor) => actor.id).join(', '))}
      ${fact('Tool', `${tool.name} ${tool.version} on Node ${tool.node}`)}
      ${fact('Versions', `schema ${schemaVersion}, judging rules ${algorithmVersion}`)}
    </dl>`,
  };
}
