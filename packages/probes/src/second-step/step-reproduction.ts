import type { ActorId, Reproduction } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { scriptByHand } from '../reproduction/script-kit.ts';

/** The login of an account up to its second step, and what to do there in words. */
export function stepReproduction(
  { sessions }: Pick<ProbeContext, 'sessions'>,
  actor: ActorId,
  then: string,
): Reproduction {
  const secret = sessions.secretOf(actor);
  const request = secret === null ? null : sessions.loginRequest(secret);
  const curl =
    secret === null || request === null
      ? `# sign in as ${actor} up to the code, then ${then}`
      : `${curlLine(
          requestTemplate(request, new URL(request.url).origin, {
            username: secret.username,
            password: secret.password,
          }),
          { variables: { username: 'STEP_USERNAME', password: 'STEP_PASSWORD' } },
        )} # then ${then}`;
  return { curl, script: scriptByHand(`sign in as ${actor} up to the code, then ${then}`) };
}
