/** The page's look: one set of tokens, light and dark; figures stay on a light card; print on A4. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fbfbfa; --card: #ffffff; --ink: #1a1a1a; --muted: #5c5c5c; --rule: #dcdcd8; --soft: #f2f2ef; --accent: #a84300; }
@media (prefers-color-scheme: dark) { :root { --ground: #16181a; --card: #1d2022; --ink: #e8e8e6; --muted: #a5a8aa; --rule: #34383b; --soft: #23272a; --accent: #ff9a5c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.55 system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; }
main { max-width: 956px; margin: 0 auto; padding: 32px 24px 64px; }
header p { color: var(--muted); margin: 4px 0 0; }
h1 { font-size: 24px; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 17px; margin: 40px 0 8px; }
h3 { font-size: 14px; margin: 16px 0 0; }
h3 small { color: var(--muted); font-weight: 400; }
p, ul { max-width: 72ch; margin: 4px 0 8px; overflow-wrap: anywhere; }
ul { padding-left: 20px; }
.verdict { margin: 24px 0 8px; padding: 4px 0 4px 16px; border-left: 3px solid var(--accent); }
.verdict p { font-size: 17px; line-height: 1.45; margin: 8px 0; }
.note { color: var(--muted); font-size: 13px; max-width: 110ch; }
.scroll { overflow-x: auto; margin: 12px 0; }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 10px 5px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); font-weight: 400; }
thead th { color: var(--muted); font-size: 12px; vertical-align: bottom; border-bottom: 1px solid var(--muted); }
.number { text-align: right; padding: 5px 0 5px 14px; white-space: nowrap; }
thead .number { white-space: normal; }
tr.emphasis th, tr.emphasis td:nth-child(2) { font-weight: 600; }
tr.emphasis > * { background: var(--soft); }
tr.emphasis > :first-child { box-shadow: inset 3px 0 var(--accent); padding-left: 10px; }
tr.group > * { border-top: 2px solid var(--rule); }
b { font-weight: 700; }
td b { text-decoration: underline; text-underline-offset: 3px; text-decoration-thickness: 1px; }
figure { margin: 24px 0 32px; }
.card { background: #ffffff; border: 1px solid var(--rule); border-radius: 4px; padding: 12px; color-scheme: light; text-align: center; }
.card svg { max-width: 100%; height: auto; display: inline-block; }
figcaption { color: var(--muted); font-size: 13px; margin-top: 8px; max-width: 110ch; overflow-wrap: anywhere; }
figcaption b { color: var(--ink); }
button { font: inherit; color: inherit; background: transparent; border: 1px solid var(--rule); border-radius: 4px; padding: 2px 10px; cursor: pointer; }
button:hover { border-color: var(--muted); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.buttons { display: flex; gap: 8px; margin-top: 8px; font-size: 12px; }
th button { border: 0; padding: 0; text-align: inherit; }
th[aria-sort='ascending'] button::after { content: ' ▲'; font-size: 9px; }
th[aria-sort='descending'] button::after { content: ' ▼'; font-size: 9px; }
details { margin: 12px 0; }
summary { cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; margin: 8px 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
.files th, .files td { overflow-wrap: anywhere; }
.files td:last-child { font: 11.5px ui-monospace, 'DejaVu Sans Mono', monospace; }
@page { size: A4; margin: 15mm 14mm; }
@media print {
  :root { color-scheme: light; --ground: #ffffff; --card: #ffffff; --ink: #000000; --muted: #444444; --rule: #c8c8c8; --soft: #f4f4f4; --accent: #a84300; }
  body { font-size: 9.5pt; line-height: 1.4; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 17pt; } h2 { font-size: 12.5pt; margin: 18pt 0 4pt; break-after: avoid; } h3 { font-size: 10pt; break-after: avoid; }
  .verdict p { font-size: 11.5pt; }
  table, figcaption, .note { font-size: 8.5pt; } thead th { font-size: 7.5pt; }
  th, td { padding: 2.5pt 6pt 2.5pt 0; } .number { padding: 2.5pt 0 2.5pt 8pt; }
  .scroll { overflow: visible; }
  p, ul, figcaption { max-width: none; }
  figure, tr, #comparisons .scroll, .method, .verdict p, li { break-inside: avoid; }
  figure { margin: 10pt 0 14pt; } .card { border: 0; padding: 0; } .card svg { max-height: 225mm; }
  .buttons { display: none; } th button { border: 0; }
  .files td:last-child { font-size: 7pt; }
}
`;
