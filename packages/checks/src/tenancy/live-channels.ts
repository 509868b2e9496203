import { defineCheck } from '@launch-ready/core';
import { judgeTrials } from '../trials/judge-trials.ts';

/** What is sent by itself reaches only the tenant that it belongs to. */
export const liveChannels = defineCheck({
  id: 'tenancy/live-channels',
  title: 'WebSockets and event streams bring nobody what another tenant makes',
  failureTitle: 'A WebSocket or event stream brings what another tenant makes',
  criterion:
    'While an owner makes objects and receives them on its own channel, no actor of another tenant and nobody without a login receives any of them, neither on a channel of its own nor on one that it asks for in the name of the owner.',
  requirements: ['SC-AUTHZ', 'CK-TENANT'],
  severity: 'critical',
  how: 'Opens the WebSockets and event streams that the document, recordings, pages or the target file name, and the subscriptions of a GraphQL schema that need no argument, as the owner, as an actor of another tenant and as nobody, lets the owner make objects with canaries, and looks for those in every frame; twice on fresh objects.',
  why: 'What is pushed is often sent to everybody who is connected, since the request that is authorised lies long before.',
  needs: ['liveChannels', 'planting'],
  options: { provenShare: 0.8 },
  evaluate({ liveChannels: evidence, planting }, { provenShare }) {
    if (evidence.channels.length === 0)
      return {
        status: 'not-applicable',
        because:
          'neither the document nor recordings, pages or the target file name a WebSocket or event stream',
        evidence: [evidence.id],
      };
    return judgeTrials({
      record: evidence.id,
      trials: evidence.trials,
      state: ({ verdict }) => (verdict === 'leak' ? 'bad' : verdict === 'safe' ? 'good' : 'unclear'),
      finding: (trial) => ({
        subject: { operation: trial.operation, relation: trial.relation },
        message: `${trial.relation === 'anonymous' ? 'nobody in particular' : `a ${trial.relation}`} receives ${trial.objectType} of another tenant on ${trial.operation}${trial.asked === 'for-the-owner' ? ', asked for in the name of the owner' : ''}: ${trial.because}`,
        actors: [...new Set([trial.listener, trial.owner])],
        reproduce: trial.reproduce,
      }),
      passed: (good) => `${good} strangers listened and received nothing, while the owner received it`,
      failed: (findings) =>
        `${findings} ${findings === 1 ? 'channel brings' : 'channels bring'} what belongs to others`,
      untried: planting.objects.length === 0 ? 'nothing could be planted' : 'no channel could be listened to',
      provenShare,
    });
  },
  fix: {
    summary: 'Decide for every connection and every message who may receive it.',
    steps: [
      'Authenticate the handshake, and keep the tenant of the session with the connection.',
      'Name channels after the tenant of the session, and refuse to subscribe to any other.',
      'Send each message only to connections of the tenant that it belongs to.',
      'Test with connections of two tenants that neither receives what the other makes.',
    ],
    today: 'Switch the named channel off.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-200', 'CWE-862'], owaspApi: ['API1:2023'], asvs: ['8.2.2', '8.4.1', '4.4.3'] },
});
