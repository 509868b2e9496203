import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import * as z from 'zod';
import type { LimitName, Limits } from './limits.ts';

/** One bucket to take from: which limit, and of whom. */
export interface Draw {
  readonly limit: LimitName;
  readonly of: string;
}

/** The state of the fullest used bucket after a request. */
export interface LimitState {
  readonly allowed: boolean;
  readonly limit: LimitName;
  readonly capacity: number;
  readonly remaining: number;
  /** Whole seconds until one more is allowed; 0 when it is now. */
  readonly retrySeconds: number;
  /** Whole seconds until the bucket is full again. */
  readonly resetSeconds: number;
}

/** Counts in PostgreSQL, so that all processes count together. */
export interface Limiter {
  /** Takes one from every bucket, or from none when one is empty. */
  take(draws: readonly Draw[]): Promise<LimitState>;
  /** Puts back what a request turned out not to have used up. */
  refund(draws: readonly Draw[]): Promise<void>;
}

const answer = z.object({
  allowed: z.boolean(),
  bucket: z.int(),
  remaining: z.number(),
  retry_seconds: z.number(),
});

/** Names and addresses are not kept in clear in the table of buckets. */
const keyOf = (draw: Draw): string =>
  `${draw.limit}:${createHash('sha256').update(draw.of).digest('base64url').slice(0, 22)}`;

export const createLimiter = (pool: Pool, limits: Limits): Limiter => ({
  take: async (draws) => {
    const sorted = [...draws]
      .map((draw) => ({ ...draw, key: keyOf(draw) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    const { rows } = await pool.query({
      name: 'take_tokens',
      text: 'select allowed, bucket, remaining, retry_seconds from ops.take_tokens($1, $2, $3)',
      values: [
        sorted.map(({ key }) => key),
        sorted.map(({ limit }) => limits[limit].capacity),
        sorted.map(({ limit }) => limits[limit].capacity / limits[limit].perSeconds),
      ],
    });
    const row = answer.parse(rows[0]);
    const worst = sorted[row.bucket - 1];
    if (worst === undefined) throw new Error('the limiter named a bucket that was not asked for');
    const { capacity, perSeconds } = limits[worst.limit];
    const remaining = Math.max(0, Math.floor(row.remaining));
    return {
      allowed: row.allowed,
      limit: worst.limit,
      capacity,
      remaining,
      retrySeconds: row.allowed ? 0 : Math.max(1, Math.ceil(row.retry_seconds)),
      resetSeconds: Math.ceil(((capacity - row.remaining) * perSeconds) / capacity),
    };
  },
  refund: async (draws) => {
    const keys = draws.map(keyOf);
    await pool.query({
      name: 'refund_tokens',
      text: 'update ops.rate_buckets set tokens = tokens + 1 where key = any ($1)',
      values: [keys],
    });
  },
});
