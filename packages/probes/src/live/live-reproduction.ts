import { anonymous, type Reproduction } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import { answerPointer } from '../wires/spoken-step.ts';
import type { Ear } from './listen-round.ts';
import type { LiveEndpoint } from './live-endpoint.ts';

/** Listens as the stranger and as the owner, makes one object as the owner, and looks who received it. */
export function liveReproduction(
  { graph }: Workshop,
  object: PlantedObject,
  { actor, endpoint, origin: from }: Ear,
  own: LiveEndpoint,
): Reproduction {
  const { origin } = new URL(endpoint.url);
  const values = Object.fromEntries(object.canaries.slice(0, 1).map(({ value }) => ['marker', value]));
  const { operation, url, headers, body } = object.made;
  const make = requestTemplate({ method: operation.method, url, headers, body, operation }, origin, values);
  const { remove } = object.resource;
  const filled = remove ? fillCall(remove, graph.boundSlots(remove), object.values) : null;
  const drop =
    remove && filled?.kind === 'filled'
      ? requestTemplate(
          { method: remove.method, url: filled.url, headers: filled.headers, operation: remove },
          origin,
          {
            id: object.id,
          },
        )
      : null;
  const owner = credentialVariable(object.owner);
  const stranger = actor === anonymous ? null : credentialVariable(actor);
  const at = ({ kind, url: address, hello, graphql }: LiveEndpoint): object => ({
    kind,
    place: address.slice(new URL(address).origin.length),
    hello,
    ...(graphql ? { graphql: true } : {}),
  });
  const idAt = object.idPointer === null ? null : answerPointer(operation) + object.idPointer;
  return {
    curl: `curl -N "$BASE_URL${endpoint.url.slice(origin.length)}"${stranger === null ? '' : ` -H "$${stranger}"`} & ${curlLine(make, { credential: owner })} # as a WebSocket: open it with the same headers`,
    script: reproductionScriptOf({
      does: [`Listens as ${actor} while ${object.owner} makes something. Needs Node 22 or newer.`],
      needs: [
        [owner, `a session of ${object.owner}, as header lines (Cookie or Authorization)`],
        ...(stranger === null ? [] : [[stranger, `a session of ${actor}, as header lines`] as const]),
      ],
      plan: {
        origin,
        owner,
        stranger,
        make,
        drop,
        idAt,
        theirs: { ...at(endpoint), ...(from === undefined ? {} : { from }) },
        own: at(own),
      },
      body: `
const listen = async ({ kind, place, hello, from, graphql }, session) => {
  const heard = { text: '', open: false, end: () => {} };
  if (kind === 'websocket') {
    const headers = Object.fromEntries([...session, ['origin', from ?? new URL(base).origin]]);
    const socket = new WebSocket(base.replace(/^http/, 'ws') + place, { headers, protocols: graphql ? ['graphql-transport-ws'] : [] });
    const named = Object.fromEntries(session);
    const first = graphql ? [JSON.stringify({ type: 'connection_init', payload: { ...named, Authorization: named.authorization ?? named.Authorization, headers: named } })] : hello;
    if (graphql) socket.addEventListener('message', () => hello.forEach((one) => socket.send(one)), { once: true });
    socket.addEventListener('message', ({ data }) => { heard.text += String(data); });
    await new Promise((done) => { socket.addEventListener('open', () => { heard.open = true; for (const one of first) socket.send(one); done(); }); socket.addEventListener('error', done); socket.addEventListener('close', done); });
    heard.end = () => socket.close();
    return heard;
  }
  const stop = new AbortController();
  const answer = await fetch(base + place, { headers: [...session, ['accept', 'text/event-stream']], signal: stop.signal }).catch(() => null);
  heard.open = answer !== null && answer.ok;
  heard.end = () => stop.abort();
  if (heard.open) (async () => { const decoder = new TextDecoder(); for await (const part of answer.body) heard.text += decoder.decode(part, { stream: true }); })().catch(() => {});
  return heard;
};
const mine = given(plan.owner);
const own = await listen(plan.own, mine);
const theirs = await listen(plan.theirs, plan.stranger === null ? [] : given(plan.stranger));
await pause(400);
const marker = fresh();
const made = await send(plan.make, { marker }, mine);
for (let tries = 0; tries < 20 && !own.text.includes(marker); tries += 1) await pause(150);
await pause(300);
own.end(); theirs.end();
const id = plan.idAt === null ? undefined : at(made.json, plan.idAt);
if (plan.drop && id !== undefined) await send(plan.drop, { id }, mine);
if (!made.ok) cannotTell('making something was answered ' + made.status);
if (theirs.text.includes(marker)) there('a stranger received what the owner made');
if (!own.text.includes(marker)) cannotTell('not even the owner received it');
gone(theirs.open ? 'the stranger listened and received nothing' : 'the stranger was turned away');`,
    }),
  };
}
