// The style sheet of the HTML report: screen first, then narrow screens, then A4. Text keeps a contrast of 4.5 or more.
const SCREEN = `
:root{--ink:#17212b;--quiet:#52606d;--line:#d5dce3;--faint:#f3f6f8;--blue:#14577f;--red:#a8322a;--green:#1c6b4a;color-scheme:light}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:3.5rem}
body{margin:0;background:#fff;color:var(--ink);font:16px/1.55 "Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums;overflow-wrap:break-word}
body [lang=en]:not(.always){display:none}
body:has(#lang-en:checked) [lang=vi]:not(.always){display:none}
body:has(#lang-en:checked) [lang=en]:not(.always){display:inline}
.page{max-width:1000px;margin:0 auto;padding:0 28px 48px}
p{margin:0 0 .5em}
a{color:var(--blue)}
:focus-visible{outline:3px solid #e0a11b;outline-offset:2px}
.top{border-top:6px solid var(--blue);padding-top:18px}
.line{display:flex;justify-content:space-between;align-items:flex-start;gap:16px}
.kind{color:var(--blue);font-weight:600;margin:0}
h1{font-size:2.3rem;line-height:1.15;letter-spacing:-.01em;margin:.15em 0 .5em;font-weight:700}
h2{font-size:1.45rem;line-height:1.25;margin:0 0 .7em;padding-top:.7em;border-top:2px solid var(--ink);font-weight:700}
h3{font-size:1.12rem;margin:0 0 .5em;font-weight:700}
section,aside{margin-top:44px}
#headline{margin-top:34px}
.languages{border:1px solid var(--line);border-radius:4px;margin:0;padding:2px;display:flex;flex:none}
.languages legend,.languages input{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.languages label{padding:2px 10px;font-size:.86rem;border-radius:3px;cursor:pointer;color:var(--quiet)}
.languages input:checked+label{background:var(--blue);color:#fff}
.languages input:focus-visible+label{outline:3px solid #e0a11b;outline-offset:2px}
.facts{display:flex;flex-wrap:wrap;gap:6px 32px;margin:0;font-size:.93rem}
.facts div{display:flex;gap:.5em}
dt{color:var(--quiet)}
dd{margin:0}
.facts dd{font-weight:600}
nav{position:sticky;top:0;z-index:1;background:#fff;border-bottom:1px solid var(--line);margin-top:20px}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:0 22px;margin:0;padding:9px 0;font-size:.93rem}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
.headline{font-size:1.75rem;line-height:1.32;font-weight:600;letter-spacing:-.005em;max-width:32em;margin-bottom:.45em;text-wrap:balance}
.lede{font-size:1.1rem;color:#33404d;max-width:46em}
.tiles{list-style:none;margin:26px 0 0;padding:0;display:grid;grid-template-columns:repeat(4,minmax(0,1fr));border:1px solid var(--line);border-radius:4px}
.tiles li{padding:15px 17px 13px;border-left:1px solid var(--line)}
.tiles li:first-child{border-left:0}
.tiles p{margin:0;font-size:.93rem}
.tiles .what{font-weight:600;min-height:2.9em;line-height:1.4}
#marks .what{min-height:0}
.tiles .big{font-size:1.75rem;line-height:1.2;font-weight:700;letter-spacing:-.015em;margin:.1em 0 .2em;white-space:nowrap}
.tiles .aside,.aside{color:var(--quiet);font-size:.86rem}
.tiles .bar{margin:0 0 9px;width:100%}
.tiles .fraction{font-weight:600}
.bar{display:block;height:5px;background:#e3e8ed;width:100%;min-width:64px;margin-top:5px}
.bar span{display:block;height:100%;background:var(--blue)}
.bar.relative{background:none;direction:rtl}
.bar.bad span{background:#b23a2e}
.bar.good span{background:#14577f}
.change{white-space:nowrap;color:var(--quiet)}
.change.good{color:var(--green)}
.change.bad{color:var(--red)}
.change [aria-hidden]{font-size:.72em;vertical-align:.1em}
.notes{background:#fdf6e3;border-left:5px solid #c79a2b;padding:13px 18px;margin-top:30px}
.notes p:last-child{margin:0}
figure{margin:0 0 22px}
svg{display:block;width:100%;height:auto;font-size:13px}
svg .name{font-weight:600;fill:var(--ink)}
svg .figure{fill:#33404d}
svg text{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}
svg.stack,svg.narrow{display:none}
svg.stack{font-size:12px}
svg.tilemap.wide{max-width:650px}
svg.tilemap text{stroke:none;font-size:11px}
svg.tilemap .place{font-weight:600}
svg.stroke{display:inline-block;width:26px;height:8px;margin-right:8px;vertical-align:2px}
figure .kind{margin-bottom:.3em}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 20px;margin:0 0 12px;padding:0;font-size:.9rem}
.key{display:inline-block;width:12px;height:12px;margin-right:8px;vertical-align:-1px}
.accounting{background:var(--faint);border-left:5px solid var(--blue);padding:11px 18px;margin:0 0 26px}
.accounting.wrong{background:#fdeceb;border-color:var(--red)}
.scroll{overflow-x:auto;margin:0 0 30px}
table{border-collapse:collapse;width:100%;font-size:.93rem;line-height:1.4}
caption{text-align:left;font-weight:700;font-size:1.05rem;padding-bottom:7px}
th,td{text-align:left;vertical-align:top;padding:7px 14px 7px 0;border-bottom:1px solid var(--line);font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{font-weight:600;color:#33404d;vertical-align:bottom;border-bottom:2px solid var(--ink);font-size:.86rem}
.n{text-align:right}
td.n{white-space:nowrap}
td:not(.n){min-width:13em}
.n+:not(.n){padding-left:12px}
tbody th{min-width:9em}
tr.heading th{font-weight:700;padding-top:16px;color:var(--blue)}
tfoot th,tfoot td{font-weight:700;border-bottom:0;border-top:2px solid var(--ink)}
small{display:block;color:var(--quiet);font-size:.84rem;line-height:1.4;max-width:44em}
#outcomes-table small{padding-left:20px}
code{font:.86em/1.4 Consolas,"DejaVu Sans Mono",monospace;color:var(--quiet);overflow-wrap:anywhere}
ul.plain{list-style:none;margin:0;padding:0}
ul.prose{padding-left:1.2em;max-width:46em}
ul.prose li{margin-bottom:.55em}
bdi{overflow-wrap:anywhere}
.details{margin:20px 0 26px;font-size:.93rem}
.details div{display:grid;grid-template-columns:16em 1fr;border-bottom:1px solid var(--line);padding:6px 0}
footer{border-top:1px solid var(--line);margin-top:40px;padding-top:12px;color:var(--quiet);font-size:.86rem}`;

const NARROW = `
@media screen and (max-width:760px){
.page{padding:0 16px 32px}
h1{font-size:1.75rem}
.headline{font-size:1.32rem}
.lede{font-size:1rem}
nav{position:static}
nav ul{gap:2px 18px}
.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}
.tiles li{padding:12px}
.tiles li:nth-child(odd){border-left:0}
.tiles li:nth-child(n+3){border-top:1px solid var(--line)}
.tiles .big{font-size:clamp(1rem,5.2vw,1.5rem)}
svg.flow,svg.wide{display:none}
svg.stack,svg.narrow{display:block}
.details div{grid-template-columns:1fr}
#outcomes-table small{display:none}
}`;

const PRINT = `
@page{size:A4;margin:17mm 15mm 18mm;@bottom-center{content:counter(page) " / " counter(pages);font:9pt "Noto Sans","Liberation Sans",Arial,sans-serif;color:#52606d}}
@media print{
html{font-size:9.6pt}
body{font-size:9.6pt;line-height:1.45;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.page{max-width:none;padding:0}
nav,.languages{display:none}
h1{font-size:21pt}
h2{font-size:14pt}
h2,h3,section>p{break-after:avoid}
.headline{font-size:15pt}
.lede{font-size:10.5pt}
section,aside{margin-top:15pt}
ul.prose{max-width:none}
ul.prose li{margin-bottom:.3em}
.tiles .big{font-size:16pt}
.tiles li{padding:8pt 9pt}
.details div{padding:3pt 0}
.scroll{overflow:visible;margin-bottom:12pt}
table{font-size:8.6pt}
caption{break-after:avoid;font-size:10.5pt}
thead{display:table-header-group}
tfoot{display:table-row-group}
th,td{padding:2.8pt 8pt 2.8pt 0}
tr.heading th{padding-top:8pt}
thead th,small{font-size:7.8pt}
#outcomes{display:flex;flex-direction:column}
#outcomes figure{order:1;margin-top:10pt}
tr,figure,.tiles,.notes,.accounting,.details div{break-inside:avoid}
tr.heading,thead{break-after:avoid}
tbody tr:first-child{break-before:avoid}
p{orphans:3;widows:3}
section>p{break-inside:avoid}
svg.tilemap.wide{max-width:125mm}
tbody th,td:not(.n){min-width:7em}
.bar{min-width:36pt;height:3pt;margin-top:2pt}
a{color:inherit;text-decoration:none}
}`;

export const STYLE = `${SCREEN}${NARROW}${PRINT}\n`;

/** The style sheet with `running` at the head of every printed page. */
export function pageStyle(running: string): string {
  return `${STYLE}@page{@top-right{content:${cssString(running)};font:8.5pt "Noto Sans","Liberation Sans",Arial,sans-serif;color:#52606d}}
@page:first{@top-right{content:none}}
`;
}

/** A string of CSS that nothing can break out of: all but letters, digits and spaces is written as its number. */
function cssString(text: string): string {
  const safe = text
    .slice(0, 120)
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[^\p{L}\p{N} ]/gu, (c) => `\\${c.codePointAt(0)!.toString(16)} `);
  return `"${safe}"`;
}
