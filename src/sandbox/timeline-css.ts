/** Calm on purpose: one column, system fonts, dark on light (7:1 or more), no colour that carries meaning. */
export const TIMELINE_CSS = `
:root { color-scheme: light; }
* { box-sizing: border-box; margin: 0; }
body { font: 1rem/1.7 'Hiragino Sans', 'Noto Sans JP', 'Noto Sans CJK JP', 'Yu Gothic UI', system-ui, sans-serif; color: #1b2430; background: #f3f5f7; }
.band { padding: .7rem 1rem; text-align: center; color: #3a2c00; background: repeating-linear-gradient(-45deg, #ffe9a8 0 14px, #fff3cf 14px 28px); border-bottom: 1px solid #b48a00; }
.band p:first-child { font-weight: 700; }
header, main, footer { max-width: 38rem; margin: 0 auto; background: #fff; border: solid #d3d9df; border-width: 0 1px; }
header { padding: 1.4rem 1.2rem 1rem; border-bottom-width: 1px; }
h1 { font-size: 1.35rem; line-height: 1.4; }
.band, .about, footer { word-break: auto-phrase; text-wrap: pretty; }
.quiet { color: #4a5663; font-size: .875rem; }
.about { margin: .7rem 0; }
article, .empty { padding: 1rem 1.2rem; border-bottom: 1px solid #d3d9df; }
.empty { color: #4a5663; }
.text { margin: .3rem 0 .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: #0b4f9e; text-underline-offset: .2em; }
a.time { color: inherit; text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
a:focus-visible { outline: 3px solid #0b4f9e; outline-offset: 2px; }
strong { color: #1b2430; }
footer { padding: 1rem 1.2rem 2rem; color: #4a5663; font-size: .875rem; }
`;
