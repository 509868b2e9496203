/** What belongs to one section alone. */
export const sections = `
.gates { display: grid; grid-template-columns: repeat(auto-fill, minmax(270px, 1fr)); gap: 12px; }
.gate { padding: 16px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); font-size: 14px; }
.gate.bad { border-color: var(--bad-line); }
.gate.unsure { border-color: var(--unsure-line); }
.gate-head { display: flex; justify-content: space-between; align-items: flex-start; gap: 12px; margin-bottom: 6px; }
.gate h3 a { color: inherit; text-decoration: none; }
.gate h3 a:hover { text-decoration: underline; }
.gate p { color: var(--soft); }

.scorecard-head { display: grid; padding: 9px 20px; font-size: 12px; font-weight: 600; color: var(--soft); background: var(--sunken); border-radius: 12px 12px 0 0; }
.scorecard-head span:last-child { text-align: right; }
.scorecard > li + li { border-top: 1px solid var(--line); }
.line > summary, .scorecard-head { grid-template-columns: 20px minmax(0, 1.15fr) minmax(0, 1fr) 124px 14px; gap: 16px; }
.line > summary { display: grid; padding: 16px 20px; align-items: start; }
.line > summary:hover, .finding > summary:hover, .folds .fold > summary:hover { background: color-mix(in srgb, var(--quiet-ground) 55%, transparent); }
.line-number { color: var(--soft); font-size: 13px; line-height: 23px; }
.line-title { display: block; font-weight: 600; }
.line-criterion { display: block; color: var(--soft); font-size: 13.5px; line-height: 1.5; }
.line-saw { font-size: 13.5px; line-height: 1.5; padding-top: 1px; }
.line-result { text-align: right; }
.line-saw .label { display: none; }
.line-body { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 20px 32px; padding: 4px 54px 20px 56px; font-size: 14px; }
.line-body > .block:has(.check-rows, .wide), .line-foot { grid-column: 1 / -1; }
.wide { columns: 2; column-gap: 32px; }
.wide li { break-inside: avoid; padding-bottom: 2px; }
.line-foot { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 12.5px; color: var(--soft); }
.check-rows > li { display: grid; grid-template-columns: 124px minmax(0, 1fr); gap: 12px; padding: 8px 0; align-items: start; }
.check-rows > li + li { border-top: 1px solid var(--line); }
.check-rows .badge { justify-self: start; }
.check-rows b { font-weight: 550; }

/* The id stands inside the fold, so that a link to it opens the fold (HTML, ancestor revealing); its heading is above. */
.finding-body, .line-body { scroll-margin-top: 120px; }
.finding:has(:target) { border-color: var(--accent); }
.group-title { margin: 24px 0 10px; }
.finding-group:first-of-type .group-title { margin-top: 0; }
.finding { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.finding + .finding { margin-top: 8px; }
.finding > summary { display: flex; gap: 16px; align-items: flex-start; padding: 14px 20px; }
.finding > summary > .tag { margin: 2px 0 0; }
.finding-head { flex: 1; min-width: 0; }
.finding-title { display: block; font-weight: 600; text-wrap: pretty; }
.finding-where { display: block; color: var(--soft); font-size: 12.5px; overflow-wrap: anywhere; }
.severity { display: inline-flex; align-items: center; gap: 8px; width: 88px; flex: none; font-size: 13px; font-weight: 600; line-height: 23px; }
.severity .steps { display: inline-flex; align-items: flex-end; gap: 2px; }
.severity i { width: 3px; border-radius: 1px; background: currentColor; opacity: 0.22; }
.severity i:nth-child(1) { height: 5px; } .severity i:nth-child(2) { height: 8px; } .severity i:nth-child(3) { height: 11px; } .severity i:nth-child(4) { height: 14px; }
.severity.critical i, .severity.high i:not(:nth-child(4)), .severity.medium i:nth-child(-n+2), .severity.low i:first-child { opacity: 1; }
.severity.critical, .severity.high { color: var(--bad); }
.severity.medium { color: var(--medium); }
.severity.low, .severity.info { color: var(--low); }
.finding-body { display: grid; gap: 20px; padding: 16px 20px 20px; border-top: 1px solid var(--line); font-size: 14px; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 20px 32px; }
.finding-body .facts { padding-top: 16px; border-top: 1px solid var(--line); }
.today-note { display: flex; gap: 8px; margin-top: 10px; padding: 10px 12px; border-radius: 8px; background: var(--quiet-ground); }
.today-note .icon { margin-top: 4px; color: var(--accent); }

.todo li { display: flex; gap: 14px; padding: 14px 20px; }
.todo li + li { border-top: 1px solid var(--line); }
.box { flex: none; width: 16px; height: 16px; margin-top: 3px; border: 1.5px solid var(--soft); border-radius: 4px; }

.window { position: relative; display: grid; grid-template-columns: 170px minmax(0, 1fr); gap: 28px; padding-bottom: 12px; }
.window-hours { padding-top: 16px; }
.window-hours b { display: block; font-size: 14px; font-weight: 600; }
.track { position: relative; display: block; height: 6px; margin-top: 8px; border-radius: 3px; background: var(--line); overflow: hidden; }
.track i { position: absolute; inset: 0 auto 0 0; border-radius: 3px; background: var(--accent); }
.window-steps { display: grid; gap: 12px; }
.plan-step { padding: 16px 20px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); font-size: 14px; }
.plan-step .small { margin-top: 8px; }
.plan-step ul.small { margin-top: 2px; }

.row li { color: var(--soft); font-size: 14px; }
.testable { font-size: 14px; }
#coverage h3 { margin: 20px 0 10px; }
.changes { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 12px; }
.change { padding: 16px; font-size: 14px; }
.change h3 { margin-bottom: 6px; }
.change ul { padding-left: 16px; overflow-wrap: anywhere; }
`;
