import { TargetLost, type Target, type Transport } from '@launch-ready/probes';

/**
 * Sends the first request of a run.
 * @throws {TargetLost} an origin does not answer at all
 */
export async function reachTarget(target: Target, transport: Transport): Promise<void> {
  for (const origin of new Set([target.app, target.api])) {
    const result = await transport.send({
      actor: 'anonymous',
      probe: 'target/reach',
      purpose: 'does it answer',
      method: 'GET',
      url: `${origin}/`,
      effect: { kind: 'none' },
    });
    if (result.kind === 'no-answer' && result.cause !== 'too-large')
      throw new TargetLost(
        `${origin} does not answer (${result.because}): check the address and that the application runs`,
      );
  }
}
