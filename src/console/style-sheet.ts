import { createHash } from 'node:crypto';

/** One sheet for all pages: system fonts, both colour schemes, contrast of WCAG 2.2 AA, usable at phone width. */
export const styleSheet = `
:root{color-scheme:light dark;--ink:#1a1a1c;--soft:#4d4d52;--paper:#fff;--line:#c4c4cc;--card:#f7f7f9;--live:#a80f22;--calm:#0b5c3b;--warn:#7a4b00;--link:#0b4fb3}
@media (prefers-color-scheme:dark){:root{--ink:#f2f2f4;--soft:#c3c3cb;--paper:#17171a;--line:#4b4b55;--card:#212126;--live:#ff8791;--calm:#74d6a8;--warn:#f4c065;--link:#9cc4ff}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.7 system-ui,"Hiragino Kaku Gothic ProN","Noto Sans CJK JP","Yu Gothic",Meiryo,sans-serif;color:var(--ink);background:var(--paper)}
a{color:var(--link)}
.band{padding:.9rem 1rem;color:#fff;font-weight:700}
.band p{margin:0;max-width:64rem;margin-inline:auto}
.band.live{background:#8f0d1d}
.band.sandbox,.band.drill{background:repeating-linear-gradient(-45deg,#30343f 0 14px,#434957 14px 28px)}
main{max-width:64rem;margin:0 auto;padding:1rem}
h1{font-size:1.5rem;margin:.5rem 0 0}
h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:2px solid var(--line);padding-bottom:.2rem}
.lede{margin:.25rem 0;color:var(--soft)}
ul.plain{list-style:none;margin:0;padding:0}
.card{border:1px solid var(--line);border-radius:.5rem;background:var(--card);padding:.8rem 1rem;margin:.6rem 0;overflow-wrap:anywhere}
.card p{margin:.2rem 0}
.post-text{white-space:pre-wrap;line-break:strict;word-break:auto-phrase}
.facts{color:var(--soft);font-size:.92rem}
.alarm{border-left:.4rem solid var(--live)}
.warning{border-left:.4rem solid var(--warn)}
.good{border-left:.4rem solid var(--calm)}
.state{font-weight:700}
table{border-collapse:collapse;width:100%}
.wide{overflow-x:auto}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
nav{float:right}
`;

/** The name carries the content's hash, so that a changed sheet is never taken from a cache. */
export const STYLE_PATH = `/style-${createHash('sha256').update(styleSheet).digest('hex').slice(0, 12)}.css`;
