/** The verdict, the score and the four numbers below them. */
export const banner = `
.banner { display: grid; grid-template-columns: minmax(0, 1fr) 210px; gap: 32px; padding: 32px; border-radius: 16px; border: 1px solid; }
.banner.good { background: var(--good-ground); border-color: var(--good-line); --tone: var(--good); }
.banner.bad { background: var(--bad-ground); border-color: var(--bad-line); --tone: var(--bad); }
.banner.unsure { background: var(--unsure-ground); border-color: var(--unsure-line); --tone: var(--unsure); }
.eyebrow { font-size: 13px; color: var(--soft); }
.banner .target { font-size: 17px; font-weight: 600; letter-spacing: -0.01em; margin-top: 2px; }
h1 { display: flex; align-items: center; gap: 14px; font-size: 52px; line-height: 1.05; font-weight: 700; letter-spacing: -0.03em; color: var(--tone); margin: 20px 0 14px; }
.sign { display: grid; place-items: center; width: 46px; height: 46px; border-radius: 50%; background: var(--tone); color: var(--surface); flex: none; }
.sign .icon { width: 26px; height: 26px; stroke-width: 2.2; }
.sentence { font-size: 18px; line-height: 1.45; max-width: 46ch; text-wrap: pretty; }
.banner-score { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 12px; text-align: center; font-size: 13px; line-height: 1.45; color: var(--soft); }
.ring { width: 124px; height: 124px; fill: none; stroke-width: 8; }
.ring .track { stroke: color-mix(in srgb, var(--tone) 16%, transparent); }
.ring .score { stroke: var(--tone); stroke-linecap: round; }
.ring .judged { stroke: var(--soft); opacity: 0.4; }
.ring text { fill: var(--ink); stroke: none; text-anchor: middle; }
.ring .value { font-size: 34px; font-weight: 700; letter-spacing: -0.03em; }
.ring .unit { font-size: 11px; fill: var(--soft); }

.notice { display: flex; gap: 10px; align-items: flex-start; margin-top: 16px; padding: 14px 16px; border-radius: 12px; border: 1px solid var(--unsure-line); background: var(--unsure-ground); }
.notice .icon { margin-top: 4px; color: var(--unsure); }
.notice.bad { border-color: var(--bad-line); background: var(--bad-ground); margin: 0 0 16px; }
.notice.bad .icon { color: var(--bad); }

.glance { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 12px; margin-top: 16px; }
.tile { display: flex; flex-direction: column; padding: 16px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); color: inherit; text-decoration: none; }
.tile:hover { border-color: color-mix(in srgb, var(--soft) 55%, transparent); }
.tile-title { font-size: 13px; color: var(--soft); }
.tile-value { font-size: 26px; line-height: 1.3; font-weight: 650; letter-spacing: -0.02em; }
.tile-words { font-size: 12.5px; line-height: 1.4; color: var(--soft); }
.meter { display: flex; gap: 2px; height: 6px; margin: 8px 0; border-radius: 3px; overflow: hidden; background: var(--quiet-ground); }
.meter span { min-width: 3px; }
.meter .good { background: var(--good-fill); }
.meter .bad, .meter .critical { background: var(--bad-fill); }
.meter .high { background: color-mix(in srgb, var(--bad-fill) 60%, var(--surface)); }
.meter .unsure, .meter .medium { background: var(--unsure-fill); }
.meter .low, .meter .info, .meter .quiet { background: color-mix(in srgb, var(--quiet) 50%, var(--surface)); }
`;
