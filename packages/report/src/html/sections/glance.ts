import { severities, type LineResult, type Review } from '@launch-ready/core';
import { count, grouped } from '../../words/count.ts';
import { severityWords } from '../../words/status-word.ts';
import { gates } from '../../views/gates.ts';
import { openFindings } from '../../views/open-findings.ts';
import { meter, type Share } from '../parts/meter.ts';
import { html, type Html } from '../template/html.ts';

const tile = (href: string, title: string, value: string, shares: readonly Share[], words: string): Html =>
  html` <a class="tile" href="#${href}"
    ><span class="tile-title">${title}</span><span class="tile-value">${value}</span>${meter(shares)}<span
      class="tile-words"
      >${words}</span
    ></a
  >`;

function lineTile(href: string, title: string, lines: readonly LineResult[]): Html {
  const number = (status: LineResult['status']): number =>
    lines.filter((line) => line.status === status).length;
  const [pass, fail, unknown] = [number('pass'), number('fail'), number('unknown')];
  const shares = [
    { tone: 'bad', value: fail },
    { tone: 'unsure', value: unknown },
    { tone: 'good', value: pass },
  ] as const;
  const words = `${fail} failed, ${unknown} not proven, ${pass} passed`;
  return tile(href, title, `${pass} of ${pass + fail + unknown}`, shares, words);
}

const nothing = ({ checks }: Review): string =>
  checks.some((check) => check.status === 'pass')
    ? 'Nothing was found'
    : 'None, but nothing was proven either';

function findingTile(review: Review): Html {
  const open = openFindings(review.findings);
  const total = open.reduce((sum, each) => sum + each.count, 0);
  const shares = severities.map((severity) => ({
    tone: severity,
    value: open.find((each) => each.severity === severity)?.count ?? 0,
  }));
  const words = open.map((each) => `${each.count} ${severityWords[each.severity].toLowerCase()}`).join(', ');
  return tile('findings', 'Open findings', grouped(total), shares, words === '' ? nothing(review) : words);
}

function proofTile({ coverage, run }: Review): Html {
  const trials = coverage.operations.reduce((sum, each) => sum + each.trials, 0);
  const proven = coverage.operations.reduce((sum, each) => sum + each.proven, 0);
  const shares = [
    { tone: 'good', value: proven },
    { tone: 'unsure', value: trials - proven },
  ] as const;
  const words =
    trials === 0 ? 'No trial was made' : `${grouped(proven)} of ${count(trials, 'trial')} ended in a proof`;
  return tile('coverage', 'Requests sent', grouped(run.requests), shares, words);
}

/** Four numbers that say how things stand. */
export const glance = (review: Review): Html =>
  html` <nav class="glance" aria-label="At a glance">
    ${lineTile('gates', 'Gates passed', gates(review))}${lineTile('scorecard', 'Lines passed', review.lines)}${findingTile(review)}${proofTile(review)}
  </nav>`;
