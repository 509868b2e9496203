import { setMaxListeners } from 'node:events';
import type { ExchangeId, RunMode } from '@launch-ready/core';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Target } from '../target/target.ts';
import { answerOf } from './answer-of.ts';
import { createBrowsers } from './browsers.ts';
import type { Desk, Prepared } from './desk.ts';
import { encodeBody } from './encode-body.ts';
import { guardRefusal } from './guard.ts';
import { createHttp1Wire } from './http1-wire.ts';
import { createHttp2Wire } from './http2-wire.ts';
import { memoRedactor } from './memo-redactor.ts';
import { createRateGate } from './rate-gate.ts';
import { outgoingHeaders } from './outgoing-headers.ts';
import { parseRawUrl } from './raw-url.ts';
import { retryAfterSeconds } from './retry-after.ts';
import { recordedExchange } from './recorded-exchange.ts';
import { secretsInExchange } from './secrets-in-exchange.ts';
import type { TransportRedactor } from './redactor.ts';
import { createPurse } from './purse.ts';
import { createSockets } from './sockets.ts';
import { tlsTrust } from './tls-trust.ts';
import type { Transcript } from './transcript.ts';
import { createTargetWatch } from './target-watch.ts';
import { GuardRefusal, Stopped } from './transport-errors.ts';
import type {
  Answer,
  OutgoingRequest,
  ReceivedBytes,
  SendResult,
  TogetherResult,
  Transport,
} from './transport.ts';
import { heard } from '../wires/heard.ts';
import type { Wording } from '../wires/plain-request.ts';
import { createWireDesk } from '../wires/wire-desk.ts';
import { nothingCame, unsendable, type WireRequest, type WireResult } from './wire.ts';

export interface TransportSetting {
  readonly target: Pick<
    Target,
    'app' | 'origins' | 'allow' | 'tenants' | 'tenantIds' | 'limits' | 'certificateAuthority'
  >;
  readonly ledger: Ledger;
  readonly mode: RunMode;
  readonly clock: Clock;
  readonly redactor: TransportRedactor;
  readonly transcript: Transcript;
  readonly runId: string;
  readonly version: string;
  /** Ends the run when it fires; clean-up goes on after `beginCleanUp`. */
  readonly signal?: AbortSignal;
  /** Number of the first exchange; not 1 when a later command appends to the transcript of a run. */
  readonly firstExchange?: number;
}

const defaultTimeoutMs = 30_000;
const defaultMaxBytes = 5 * 1024 * 1024;
const triesAt429 = 3;
const longestWaitSeconds = 70;

/** The transport of a run: see {@link Transport} for what it holds. */
export function createTransport(setting: TransportSetting): Transport {
  const { target, clock, transcript } = setting;
  const redactor = memoRedactor(setting.redactor);
  const gate = createRateGate(target.limits, clock);
  const trust = tlsTrust(target.certificateAuthority ?? null);
  const http1 = createHttp1Wire({ concurrency: target.limits.concurrency, trust });
  const http2 = createHttp2Wire({ trust });
  const userAgent = `launch-ready/${setting.version} (+run ${setting.runId})`;
  // Every request under way listens for the stop.
  if (setting.signal) setMaxListeners(0, setting.signal);
  const listeners: ((request: OutgoingRequest, answer: Answer) => void)[] = [];
  const receivers: ((request: OutgoingRequest, received: ReceivedBytes) => void)[] = [];
  const wires = createWireDesk();
  let nextExchange = setting.firstExchange ?? 1;
  const purse = createPurse(target.limits.maxRequests);
  let cleaning = false;

  const signal = (): AbortSignal | null => (cleaning ? null : (setting.signal ?? null));
  const stopIfAsked = (): void => {
    if (signal()?.aborted) throw new Stopped('the run was interrupted');
  };

  const prepare = (asked: OutgoingRequest, said: OutgoingRequest): Prepared => {
    const exchange: ExchangeId = `x${nextExchange++}`;
    const request = said;
    const url = parseRawUrl(request.url);
    if (url === null) throw new GuardRefusal(`${request.url} is not a URL`);
    const body = request.body ? encodeBody(request.body, `launch-ready-${exchange}`) : null;
    const headers = outgoingHeaders(request, url, body, userAgent);
    const outgoing: WireRequest = {
      method: request.method,
      url,
      headers,
      body: body?.bytes ?? null,
      timeoutMs: request.timeoutMs ?? defaultTimeoutMs,
      maxBytes: request.maxBytes ?? defaultMaxBytes,
      signal: signal(),
    };
    return { exchange, at: clock.now(), asked, request, outgoing };
  };

  const record: Desk['record'] = ({ exchange, at, request, headers, body, result }) => {
    // A secret is known before the exchange that brings it is recorded.
    for (const secret of secretsInExchange(request, headers, result)) redactor.addSecret(secret);
    transcript.write(recordedExchange({ exchange, at, request, headers, body, result, redactor }));
  };

  /** Records what came, and makes an answer of it. */
  const settle = ({ exchange, at, asked, request, outgoing }: Prepared, result: WireResult): SendResult => {
    const { headers, body } = outgoing;
    record({ exchange, at, request, headers, body, result });
    if (result.failure?.cause === 'stopped') throw new Stopped('the run was interrupted');
    // What came before an answer broke off, or grew too large, was received all the same.
    const received = result.status === null ? null : answerOf(exchange, result);
    if (received) for (const listener of receivers) listener(asked, received);
    if (!result.failure) {
      const operation = wires.operationOf(asked);
      if (!operation || !received || asked.method === 'OPTIONS')
        return received ?? answerOf(exchange, result);
      const { totalMs, bytes, headers: came } = result;
      const plain = heard(operation, { status: result.status ?? 0, headers: came, bytes });
      return answerOf(exchange, { ...plain, totalMs });
    }
    return { kind: 'no-answer', exchange, cause: result.failure.cause, because: result.failure.because };
  };

  const tell = (request: OutgoingRequest, answer: Answer): void => {
    for (const listener of listeners) listener(request, answer);
  };

  /** The request as it is really said: the same for plain HTTP, another for the operations of other protocols. */
  const sayable = (request: OutgoingRequest, wording?: Wording): OutgoingRequest => {
    const operation = wires.operationOf(request);
    if (!operation) return request;
    const first = wires.wordingOf(operation, request.actor);
    const said = wires.speak(operation, request, wording ?? first);
    if (said.kind === 'unspeakable') throw new GuardRefusal(`it was not sent: ${said.because}`);
    const { body, ...rest } = said.request;
    const { body: _, ...kept } = request;
    return { ...kept, ...rest, ...(body === null ? {} : { body }) };
  };

  const exchangeOnce = async (request: OutgoingRequest): Promise<SendResult> => {
    const said = sayable(request);
    purse.pay(1);
    const leave = await gate.enter();
    try {
      stopIfAsked();
      const wire = request.httpVersion === '2' ? http2 : http1;
      const prepared = prepare(request, said);
      const result = await wire.send(prepared.outgoing, clock).catch(unsendable);
      const settled = settle(prepared, result);
      const operation = wires.operationOf(request);
      if (purse.isEmpty || !wires.isWorthPlain(operation, request.actor, result.bytes)) return settled;
      purse.pay(1);
      const plainer = prepare(request, sayable(request, 'plain'));
      return settle(plainer, await wire.send(plainer.outgoing, clock).catch(unsendable));
    } finally {
      leave();
    }
  };

  const watch = createTargetWatch({ app: target.app, clock, send: exchangeOnce, stopIfAsked });

  const judge = (request: OutgoingRequest): void => {
    const url = parseRawUrl(request.url);
    const refusal = guardRefusal(request, url, setting);
    if (refusal !== null || url === null) throw new GuardRefusal(refusal ?? `${request.url} is not a URL`);
  };

  const sendTogether = async (requests: readonly OutgoingRequest[]): Promise<TogetherResult> => {
    stopIfAsked();
    await watch.spare();
    for (const request of requests) judge(request);
    const said = requests.map((request) => sayable(request));
    purse.pay(requests.length);
    await gate.enterTogether(requests.length);
    stopIfAsked();
    const prepared = requests.map((request, index) => prepare(request, said[index] ?? request));
    const outgoing = prepared.map((one) => one.outgoing);
    const overHttp2 = requests.some((one) => one.httpVersion === '1.1')
      ? null
      : await http2.together(outgoing, clock);
    const httpVersion = overHttp2 ? '2' : '1.1';
    const found = overHttp2 ?? (await http1.together(outgoing, clock)) ?? [];
    const results = prepared.map((one, index) => {
      const result = found[index] ?? nothingCame({ cause: 'protocol', because: 'it was not sent' });
      const settled = settle({ ...one, request: { ...one.request, httpVersion } }, result);
      if (settled.kind === 'answer') tell(one.asked, settled);
      return settled;
    });
    if (results.some(({ kind }) => kind === 'answer')) watch.sawAnswer();
    return { httpVersion, results };
  };

  const send = async (request: OutgoingRequest): Promise<SendResult> => {
    stopIfAsked();
    await watch.spare();
    judge(request);
    for (let attempt = 1; ; attempt += 1) {
      const result = await exchangeOnce(request);
      await watch.note(request, result);
      if (result.kind === 'no-answer') return result;
      tell(request, result);
      if (result.status !== 429 || request.obeyRateLimit === false || attempt >= triesAt429 || purse.isEmpty)
        return result;
      const seconds = retryAfterSeconds((name) => result.header(name), clock.now()) ?? 2 ** attempt;
      if (seconds > longestWaitSeconds) return result;
      await untilAborted(clock.sleep(Math.max(seconds, 0.25) * 1000), signal());
      stopIfAsked();
    }
  };

  const desk: Desk = {
    admit: async (requests) => {
      stopIfAsked();
      await watch.spare();
      for (const request of requests) judge(request);
      purse.pay(requests.length);
      await gate.enterTogether(requests.length);
      stopIfAsked();
    },
    prepare: (request) => prepare(request, request),
    record,
    received: (request, received) => {
      for (const listener of receivers) listener(request, received);
    },
    stopIfAsked,
    clock,
  };
  const openSockets = createSockets(desk, { trust, userAgent });
  const browsers = createBrowsers(desk, {
    origins: Object.values(target.origins),
    signal: setting.signal ?? null,
  });

  return {
    send,
    sendTogether,
    openSocket: (request) => openSockets.open(request),
    openBrowser: () => browsers.open(),
    onAnswer: (listener) => void listeners.push(listener),
    onReceived: (listener) => void receivers.push(listener),
    addWires: (operations) => wires.add(operations),
    requests: purse.counts,
    limitNext: (requests) => purse.limitNext(requests),
    addSecret: (value) => redactor.addSecret(value),
    beginCleanUp: () => {
      if (cleaning) return;
      cleaning = true;
      watch.beginCleanUp();
      purse.openReserve(100 + setting.ledger.entries.length * 5);
    },
    close: async () => {
      await openSockets.close();
      await browsers.close();
      await http1.close();
      await http2.close();
      transcript.close();
    },
  };
}

async function untilAborted(wait: Promise<void>, signal: AbortSignal | null): Promise<void> {
  if (!signal) return wait;
  const over = new AbortController();
  const aborted = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal }),
  );
  await Promise.race([wait, aborted]);
  over.abort();
}
