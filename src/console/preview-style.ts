/** Styles of the preview page. System fonts and plain colours: the page must look right on any office computer, offline. */
export const previewStyle = `
:root { color-scheme: light; font-family: system-ui, 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic', sans-serif; line-height: 1.6; color: #1a1a1a; background: #f3f4f6 }
body { margin: 0 auto; max-width: 44rem; padding: 1rem }
h1 { font-size: 1.4rem; margin: 0 }
h2 { font-size: 1rem; margin: .75rem 0 .25rem; overflow-wrap: anywhere }
header p { margin: .25rem 0; color: #3d4450 }
article, .problems { background: #fff; border: 1px solid #c9ced6; border-inline-start: .5rem solid #6b7280; border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; break-inside: avoid }
article.wouldPublish, article.wouldWait { border-inline-start-color: #1d6b34 }
article.wouldHold { border-inline-start-color: #b45309 }
article.wouldRefuse, .problems { border-inline-start-color: #b3261e }
.decision { font-weight: 700; margin: 0 }
blockquote { margin: .5rem 0; padding: .75rem; border: 1px solid #c9ced6; border-radius: .75rem }
.handle { margin: 0; color: #4b5563 }
.text { margin: .25rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere }
.weight { margin: 0; color: #4b5563; font-size: .9rem }
ul { margin: .25rem 0; padding-inline-start: 1.2rem; font-size: .9rem; color: #3d4450 }
a { color: #0b57d0; overflow-wrap: anywhere }
`;
