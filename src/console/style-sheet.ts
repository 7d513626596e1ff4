import { createHash } from 'node:crypto';

/** One sheet for all pages: system fonts, both colour schemes, contrast of WCAG 2.2 AA, usable at phone width and at 200 % zoom. */
export const styleSheet = `
:root{color-scheme:light dark;--ink:#16181d;--soft:#4a4e57;--paper:#fff;--line:#c6c9d1;--card:#f6f7f9;--live:#a1001a;--good:#0a5c3a;--warn:#7a4b00;--link:#0b4a9e;--go:#0b5c3b;--danger:#a1001a;--focus:#ffcf33}
@media (prefers-color-scheme:dark){:root{--ink:#f0f1f4;--soft:#c2c6cf;--paper:#14161a;--line:#4a4f5a;--card:#1e2127;--live:#ff8f9a;--good:#79d9ad;--warn:#f2c46a;--link:#9fc6ff;--go:#0e6f48;--danger:#b3122c}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;font:17px/1.7 system-ui,"Hiragino Sans","Noto Sans CJK JP","Noto Sans JP","Yu Gothic UI",Meiryo,sans-serif;color:var(--ink);background:var(--paper);line-break:strict;word-break:auto-phrase;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
.link{display:inline-block;max-width:100%;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;vertical-align:bottom}
:focus-visible{outline:3px solid #000;box-shadow:0 0 0 6px var(--focus);outline-offset:0}
.skip{position:absolute;left:-99rem}
.skip:focus{left:0;top:0;background:var(--paper);padding:.5rem 1rem;z-index:2}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.band{padding:.55rem 1rem;color:#fff}
.band p{margin:0 auto;max-width:62rem}
.band strong{display:inline-block;border:2px solid #fff;padding:0 .6rem;margin-right:.5rem;font-size:1.05rem}
.band.live{background:#8f0018}
.band.sandbox,.band.drill{background:#2f3440}
.band.sandbox,.band.drill{border-bottom:.6rem solid;border-image:repeating-linear-gradient(-45deg,#ffcf33 0 14px,#16181d 14px 28px) 1}
.bar{display:flex;gap:1rem;justify-content:space-between;align-items:flex-start;max-width:64rem;margin:0 auto;padding:.4rem 1rem}
.bar .name{margin:0;font-weight:700;padding:.45rem 0}
.bar ul,.choices ul{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem .3rem;margin:0;padding:0}
.bar nav a,.language{display:block;padding:.45rem .6rem;text-decoration:none;white-space:nowrap}
.bar nav a:hover,.language:hover{text-decoration:underline}
.bar form{margin:0}
button.language{border:0;margin:0;min-height:0;font-weight:inherit;background:none;color:var(--link)}
.bar nav a[aria-current]{border-bottom:4px solid var(--link);font-weight:700;color:var(--ink)}
.bar nav a.nav-urgent{color:var(--danger);font-weight:700}
@media (prefers-color-scheme:dark){.bar nav a.nav-urgent{color:var(--live)}}
main{max-width:64rem;margin:0 auto;padding:0 1rem 3rem}
footer{max-width:64rem;margin:0 auto;padding:1rem;border-top:1px solid var(--line);display:flex;flex-wrap:wrap;gap:.3rem 1.5rem}
footer a{padding:.3rem 0}
h1{font-size:1.7rem;line-height:1.35;margin:1.2rem 0 .4rem}
h2{font-size:1.25rem;line-height:1.4;margin:2.2rem 0 .6rem}
h3{font-size:1.05rem;margin:0 0 .3rem}
main>h3{margin-top:1.3rem}
p{margin:.4rem 0;max-width:46rem}
.lede,.facts{color:var(--soft)}
.facts{font-size:.93rem}
.keep{white-space:pre-line}
ul.plain{list-style:none;margin:0;padding:0}
.panel{border:1px solid var(--line);border-left:.5rem solid var(--line);background:var(--card);padding:.7rem 1rem;margin:.7rem 0}
.panel p{margin:.25rem 0}
.panel[hidden]{display:none}
.alarm{border-left-color:var(--live)}
.warning{border-left-color:var(--warn)}
.good{border-left-color:var(--good)}
.notice{font-weight:700}
.why{border-left:3px solid var(--warn);padding-left:.7rem}
.tag{border:1px solid currentColor;padding:0 .45rem;font-size:.88rem;white-space:nowrap}
.tag.urgent,.state.uncertain,.state.rejected,.state.refused,.result.deny{color:var(--live)}
.state.held,.result.hold,.result.wait{color:var(--warn)}
.state.published,.result.pass{color:var(--good)}
.post-text,.text{white-space:pre-wrap;line-break:strict;word-break:auto-phrase}
.post{margin:1rem 0;border:1px solid var(--line);border-radius:1rem;padding:.9rem 1rem;max-width:37rem;background:var(--paper)}
.post-head{display:flex;align-items:center;gap:.6rem}
.post-head .who{display:flex;flex-wrap:wrap;gap:0 .6rem}
.avatar{flex:none;width:2.6rem;height:2.6rem;border-radius:50%;background:#2f3440;color:#fff;display:grid;place-items:center;font-weight:700}
.post-head .name{font-weight:700}
.handle{font-weight:700}
.post-head .name+.handle{font-weight:400;color:var(--soft)}
.post .post-text{word-break:normal}
.clock{font-variant-numeric:tabular-nums;font-size:1.15rem}
table.checks th{min-width:8.5rem}
.diff{border:1px solid var(--line);padding:.7rem 1rem;max-width:37rem}
del{text-decoration:line-through 2px;color:var(--live);background:none}
ins{text-decoration:underline 2px;text-underline-offset:.2em;font-weight:700;color:var(--good)}
.post figcaption{color:var(--soft);font-size:.93rem;border-top:1px solid var(--line);padding-top:.5rem}
.post figcaption.over{color:var(--live);font-weight:700}
.gauge progress{width:6rem;vertical-align:middle;accent-color:var(--good)}
.over .gauge progress{accent-color:var(--live)}
.work progress{display:block;width:100%;max-width:37rem;height:1.2rem;accent-color:var(--link)}
.work details{margin:.2rem 0 0;border:0;padding:0}
form{margin:.6rem 0}
form.narrow{max-width:26rem}
label,legend{display:block;font-weight:700;margin-top:.8rem}
fieldset{min-width:0;border:1px solid var(--line);padding:.2rem 1rem 1rem;margin:1rem 0}
input:not([type=checkbox],[type=radio],[type=hidden]),select,textarea{font:inherit;color:inherit;background:var(--paper);border:2px solid var(--soft);border-radius:0;padding:.45rem .6rem;width:100%;max-width:37rem;min-height:2.8rem}
select{width:auto;max-width:100%}
.check{display:flex;gap:.6rem;align-items:flex-start;margin:.8rem 0}
.check label{margin:0;font-weight:400}
input[type=checkbox],input[type=radio]{width:1.6rem;height:1.6rem;flex:none}
button,.button{font:inherit;font-weight:700;cursor:pointer;display:inline-block;min-height:2.8rem;padding:.45rem 1.1rem;border:2px solid var(--soft);border-radius:0;background:var(--paper);color:var(--ink);text-decoration:none;margin:.8rem .5rem 0 0;text-align:left}
.button{margin-top:.2rem}
button.primary,.button.primary{background:var(--go);border-color:var(--go);color:#fff}
button.danger{background:var(--danger);border-color:var(--danger);color:#fff}
button:hover,.button:hover{filter:brightness(.9)}
.actions{display:flex;flex-wrap:wrap;gap:.2rem 1rem;align-items:center;max-width:none}
.choice{display:flex;flex-wrap:wrap;gap:.1rem .8rem;align-items:baseline;border-top:1px solid var(--line);padding:.2rem 0 .8rem;margin-top:.8rem}
.choices p{font-weight:700;margin-bottom:.2rem}
.choices a{display:block;border:2px solid var(--line);padding:.4rem .8rem;min-height:2.8rem;text-decoration:none}
.choices a[aria-current]{border-color:var(--link);background:var(--card);font-weight:700;color:var(--ink)}
textarea.source{font-family:ui-monospace,monospace;font-size:.9rem;max-width:none}
.search{display:flex;flex-wrap:wrap;gap:.2rem 1rem;align-items:flex-end;border:1px solid var(--line);background:var(--card);padding:.2rem 1rem 1rem}
.search div{flex:1 1 13rem}
.search div:last-child{flex:0 0 auto}
.search select{width:100%}
.search .exports{flex:1 1 100%;margin:.8rem 0 0;background:var(--paper)}
details{margin:1rem 0;border:1px solid var(--line);padding:.2rem 1rem}
summary{cursor:pointer;padding:.5rem 0;color:var(--link);text-decoration:underline}
table{border-collapse:collapse;width:100%}
.wide{overflow-x:auto}
.wide table{min-width:44rem}
.wide th,.wide td{overflow-wrap:break-word}
th,td{text-align:left;vertical-align:top;padding:.45rem .7rem .45rem 0;border-bottom:1px solid var(--line)}
.numbers th[scope=row]{white-space:nowrap}
.stacked thead th{overflow-wrap:normal}
.facts-list>div{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:0 1rem;border-bottom:1px solid var(--line);padding:.45rem 0}
dt{font-weight:700}
dd{margin:0}
.cards article{border:1px solid var(--line);border-left:.5rem solid var(--line);background:var(--card);padding:.7rem 1rem;margin:1rem 0}
.cards article.wouldPublish,.cards article.wouldWait{border-left-color:var(--good)}
.cards article.wouldHold{border-left-color:var(--warn)}
.cards article.wouldRefuse{border-left-color:var(--live)}
.cards h2{font-size:1rem;margin:.6rem 0 .2rem}
.cards blockquote{margin:.5rem 0;padding:.7rem 1rem;border:1px solid var(--line);border-radius:1rem;background:var(--paper);max-width:37rem}
.decision{font-weight:700}
.chart{margin:.6rem 0;max-width:38rem}
.chart svg{display:block;width:100%;height:auto;font:11px system-ui,sans-serif}
.chart text{fill:var(--soft)}
.chart .scale{text-anchor:end}
.chart .day{text-anchor:middle}
.chart .grid{stroke:var(--line);stroke-width:.7}
.chart .limit{stroke:var(--warn);stroke-width:1.6;stroke-dasharray:5 3}
.chart rect.first{fill:var(--link)}
.chart rect.second{fill:var(--warn)}
.chart rect.bad{fill:var(--live)}
.chart figcaption{display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;font-size:.93rem;color:var(--soft)}
.key{display:inline-flex;align-items:center;gap:.4rem}
.swatch{width:1rem;height:1rem;flex:none}
.swatch.first{background:var(--link)}
.swatch.second{background:var(--warn)}
.swatch.bad{background:var(--live)}
.swatch.limit{height:0;border-top:2px dashed var(--warn)}
@media (max-width:40rem){
.bar{flex-direction:column-reverse;gap:0}
.language,.bar form{align-self:flex-end}
button.language{width:auto}
.bar nav,.bar nav ul{width:100%}
.bar nav a{white-space:normal}
.bar nav ul{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(8.5rem,48%),1fr))}
.facts-list>div{grid-template-columns:1fr}
.stacked thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stacked,.stacked tbody,.stacked tr,.stacked th,.stacked td{display:block}
.stacked tr{border-bottom:1px solid var(--line);padding:.5rem 0}
.stacked th,.stacked td{border:0;padding:.1rem 0}
.stacked td:empty{display:none}
.stacked td::before{content:attr(data-head) " ";color:var(--soft);font-size:.88rem;margin-right:.5rem}
.stacked td p{margin:.1rem 0}
button,.button,select{width:100%;margin-right:0}
h1{font-size:1.45rem}
}
@media print{.bar,form,.skip,footer{display:none}}
`;

/** The name carries the content's hash, so that a changed sheet is never taken from a cache. */
export const STYLE_PATH = `/style-${createHash('sha256').update(styleSheet).digest('hex').slice(0, 12)}.css`;
