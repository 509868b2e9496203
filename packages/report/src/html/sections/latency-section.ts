import type { Review } from '@launch-ready/core';
import { grouped } from '../../words/count.ts';
import { duration } from '../../words/duration.ts';
import { dataTable } from '../parts/data-table.ts';
import { operationName } from '../parts/operation-name.ts';
import type { Section } from '../parts/section.ts';

/** Times of the answers of this run; null when none were kept. */
export function latencySection({ latency }: Review): Section | null {
  if (latency.length === 0) return null;
  return {
    id: 'latency',
    title: 'Latency',
    note: String(latency.length),
    lead: 'Answers of this run, seen by one client. This is not a load test.',
    body: dataTable(
      [
        { title: 'Operation' },
        { title: 'Answers', numeric: true },
        { title: 'Median', numeric: true },
        { title: '95th percentile', numeric: true },
      ],
      latency.map((each) => [
        operationName(each.operation),
        grouped(each.count),
        duration(each.p50Ms),
        duration(each.p95Ms),
      ]),
    ),
  };
}
