/** Type, links, code and the small things that everything stands on. */
export const base = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 24px; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", system-ui, sans-serif; -webkit-font-smoothing: antialiased; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
h1, h2, h3, h4, p, ul, ol, dl, dd, pre { margin: 0; }
h2 { font-size: 22px; line-height: 1.25; font-weight: 650; letter-spacing: -0.015em; }
h3 { font-size: 15px; line-height: 1.4; font-weight: 600; }
h4 { font-size: 12px; line-height: 1.4; font-weight: 600; color: var(--soft); letter-spacing: 0.01em; margin-bottom: 6px; }
h2 a { color: inherit; text-decoration: none; }
a { color: var(--accent); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 3px; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
code, pre { font-family: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.9em; }
ul, ol { padding-left: 20px; }
.plain { list-style: none; padding: 0; }
.muted { color: var(--soft); }
.small { font-size: 13px; color: var(--soft); }
.label { display: block; font-size: 12px; font-weight: 600; color: var(--soft); }
.icon { width: 14px; height: 14px; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 16px; background: var(--surface); padding: 8px 12px; z-index: 2; }
`;
