import { isSafeMethod, type RunMode } from '@launch-ready/core';
import type { Probe, ProbeContext } from '@launch-ready/probes';

/** What a run is about to do. */
export interface RunPlan {
  readonly mode: RunMode;
  readonly probes: readonly { readonly id: string; readonly title: string; readonly requests: number }[];
  readonly actors: readonly string[];
  readonly operations: number;
  readonly budget: number;
  /** Operations by which objects of the run may be made; none in observe mode. */
  readonly creates: readonly string[];
  /** Operations that may reach beyond the target, by their names. */
  readonly outward: readonly string[];
  /** Domain of the e-mail addresses that are made up. */
  readonly mailDomain: string;
}

const outward =
  /invit|e-?mail|notif|sms|remind|reset|forgot|verif|webhook|callback|subscri|pay|charge|checkout|refund|invoice|import|deploy/i;
const enters = /(^|\/)(log-?in|sign-?in|log-?out|sign-?out|sessions?|tokens?|refresh|auth|oauth2?)(\/|$)/i;

/** Says what the probes of a run will do, before anything is changed. */
export function planRun(context: ProbeContext, probes: readonly Probe[]): RunPlan {
  const { mode, operations, target } = context;
  const changing = mode === 'observe' ? [] : operations.filter(({ method }) => !isSafeMethod(method));
  const allowed = changing.filter(({ id }) => !target.allow.never.includes(id));
  return {
    mode,
    probes: probes
      .filter(({ leastMode }) => order.indexOf(mode) >= order.indexOf(leastMode))
      .map((probe) => ({ id: probe.id, title: probe.title, requests: probe.estimate(context) })),
    actors: context.sessions.actors.map(({ id }) => id),
    operations: operations.length,
    budget: context.transport.requests.budget,
    creates: allowed
      .filter(({ method, path }) => method === 'POST' && !enters.test(path))
      .map(({ id }) => id),
    outward: allowed
      .filter(({ path, summary }) => outward.test(`${path.replace(/\{[^}]*\}/g, '')} ${summary ?? ''}`))
      .map(({ id }) => id),
    mailDomain: target.mail?.domain ?? 'example.com',
  };
}

const order: readonly RunMode[] = ['observe', 'standard', 'full'];
