import { startDemo } from '/work/main/packages/launch-ready/src/demo/start-demo.ts';
import { loadTarget, createTransport, createLedger, discoverOperations, connectSessions, systemClock, cryptoRandom, createLeakIndex } from '/work/main/packages/probes/src/index.ts';
import { plant } from '/work/main/packages/probes/src/access/plant.ts';
import { crossTenant } from '/work/main/packages/probes/src/access/cross-tenant.ts';
import { accessCoverage } from '/work/main/packages/probes/src/access/access-coverage.ts';
import { roleMatrix } from '/work/main/packages/probes/src/access/role-matrix.ts';
import { loadTargetFile } from '/work/main/packages/launch-ready/src/run/load-target-file.ts';
import { writeFileSync } from 'node:fs';
const demo = await startDemo();
Object.assign(process.env, demo.env);
try {
  const loaded: any = await loadTargetFile(demo.targetFile);
  const target = { ...(loaded.target ?? loaded), limits: { requestsPerSecond: 2000, maxRequests: 5000, concurrency: 8 } };
  const ledger = createLedger({ journal: null });
  const ex: any[] = [];
  const transport = createTransport({ target, ledger, mode: 'full', clock: systemClock, redactor: { addSecret() {}, text: (v: string) => v, headers: (l: any) => l } as any, transcript: { write: (e: any) => void ex.push(e), close() {} }, runId: 'f', version: '0' });
  const { operations } = await discoverOperations({ target, transport });
  const { sessions } = await connectSessions({ target, transport, operations, clock: systemClock });
  const leaks = createLeakIndex({ transport, ledger, tenantOf: (id: string) => target.actors.find((a: any) => a.id === id)?.tenant ?? null });
  const got: any = {};
  const context: any = { target, mode: 'full', transport, sessions, operations, ledger, leaks, inbox: null, clock: systemClock, random: cryptoRandom, evidence: (k: string) => got[k] ?? null, progress() {} };
  console.log('operations', operations.length, 'requests', transport.requests.sent);
  for (const probe of [plant, crossTenant, accessCoverage, roleMatrix] as any[]) {
    const t = Date.now(); const before = transport.requests.sent;
    const r = await probe.run(context);
    if (r.status !== 'gathered') { console.log(probe.id, r); continue; }
    got[probe.provides] = r.data;
    console.log('==', probe.id, 'requests', transport.requests.sent - before, 'ms', Date.now() - t);
    const d = r.data;
    if (d.objects) { for (const o of d.objects) if (o.twin === 'victim') console.log(o.type, o.owner, o.canaries, o.ownerReads); console.log(d.notPlantable); }
    if (d.trials) {
      const n: any = {}; for (const x of d.trials) { const k = `${x.action ?? x.credential} ${x.verdict}`; n[k] = (n[k] ?? 0) + 1; } console.log(n);
      for (const x of d.trials) if (!['safe', 'refused', 'public', 'existence'].includes(x.verdict)) console.log('  ', x.verdict, x.operation, x.slot ?? x.credential, x.attacker ?? x.actor, '|', x.because.slice(0, 200));
      if (d.notTested) console.log(d.notTested);
    }
    if (d.cells) { const n: any = {}; for (const x of d.cells) { const k = `${x.declared} ${x.observed}`; n[k] = (n[k] ?? 0) + 1; } console.log(d.declaredBy, n); for (const x of d.cells) if (x.declared === 'denied' && x.observed !== 'denied') console.log('  ', x.observed, x.operation, x.role, '|', x.because.slice(0, 160)); console.log(d.promotions.map((p: any) => [p.operation, p.verdict, p.because])); }
  }
  writeFileSync('/tmp/f-work/out.json', JSON.stringify({ got, ex }, null, 1));
  console.log('ledger', ledger.entries.length, ledger.leftovers);
  await transport.close();
} finally { await demo.stop(); }
