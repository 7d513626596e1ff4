import { createHash } from 'node:crypto';

/**
 * The little script. Everything works without it; with it, changes appear as they happen, a lost server is told of, a notice is counted
 * while it is typed, and a second tap on a button does nothing.
 */
export const script = `'use strict';
(() => {
  const main = document.querySelector('main[data-live]');
  if (main) {
    const lost = document.getElementById('lost');
    let timer = 0;
    const isTyped = () => [...main.querySelectorAll('textarea,input:not([type=hidden])')].some((one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked);
    const renew = async () => {
      const typing = main.contains(document.activeElement) && /^(INPUT|TEXTAREA|SELECT|BUTTON)$/.test(document.activeElement.tagName);
      if (typing || isTyped()) return;
      try {
        const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
        if (answer.redirected) return location.reload();
        if (!answer.ok) return;
        const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('main');
        if (!fresh) return;
        // By what they are, not by their place: what stood above may have come or gone.
        const nameOf = (one) => [one.querySelector('form')?.getAttribute('action'), one.querySelector('summary')?.textContent].join(' ');
        const open = new Set([...main.querySelectorAll('details')].filter((one) => one.open).map(nameOf));
        // Whoever goes from link to link with the keyboard stays where they are.
        const faceOf = (one) => [one.tagName, one.getAttribute('href'), one.textContent].join(' ');
        const at = main.contains(document.activeElement) ? faceOf(document.activeElement) : null;
        main.replaceChildren(...fresh.childNodes);
        main.querySelectorAll('details').forEach((one) => { if (open.has(nameOf(one))) one.open = true; });
        if (at !== null) [...main.querySelectorAll('a,summary')].find((one) => faceOf(one) === at)?.focus({ preventScroll: true });
      } catch { /* the stream tells when the server is lost */ }
    };
    const gone = () => { const note = document.getElementById('lost') ?? lost; note.hidden = false; };
    const listen = () => {
      const stream = new EventSource(main.dataset.live);
      const heard = () => { clearTimeout(timer); timer = setTimeout(gone, 30000); document.getElementById('lost').hidden = true; };
      stream.addEventListener('open', heard);
      stream.addEventListener('beat', heard);
      stream.addEventListener('change', () => { heard(); renew(); });
      stream.addEventListener('progress', (event) => {
        heard();
        for (const { id, done, total, text } of JSON.parse(event.data)) {
          const words = document.getElementById('task-' + id);
          const bar = document.getElementById('progress-' + id);
          if (words) words.textContent = text;
          if (!bar || total === null) continue;
          bar.max = Math.max(1, total);
          bar.value = done;
        }
      });
      stream.addEventListener('over', () => {
        stream.close();
        clearTimeout(timer);
        // Signed out: what nobody is typing into is for nobody's eyes any more.
        if (!isTyped()) return location.reload();
        document.getElementById('over').hidden = false;
      });
      stream.addEventListener('error', gone);
      addEventListener('pagehide', () => stream.close());
    };
    listen();
  }
  for (const form of document.querySelectorAll('form[data-check]')) {
    const shown = document.getElementById(form.dataset.shows);
    let wait = 0;
    let turn = 0;
    form.addEventListener('input', (event) => {
      // What stands in the answer itself changes nothing of it, and must not be wiped away.
      if (shown.contains(event.target)) return;
      clearTimeout(wait);
      wait = setTimeout(async () => {
        const mine = ++turn;
        try {
          const body = new URLSearchParams(new FormData(form));
          body.delete('password');
          const answer = await fetch(form.dataset.check, { method: 'POST', body });
          if (!answer.ok || mine !== turn) return;
          const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
          shown.replaceChildren(...fresh.body.childNodes);
        } catch { /* the preview button still asks the server */ }
      }, 350);
    });
  }
  // A clock shows what it showed when the page came, and the time since: no clock of this machine need be right.
  const begun = new WeakMap();
  setInterval(() => {
    for (const one of document.querySelectorAll('.clock[data-seconds]')) {
      if (!begun.has(one)) begun.set(one, performance.now() - Number(one.dataset.seconds) * 1000);
      const all = Math.floor((performance.now() - begun.get(one)) / 1000);
      const hours = Math.floor(all / 3600);
      const { h, m, s } = one.dataset;
      one.textContent = (hours ? hours + h : '') + (Math.floor(all / 60) % 60) + m + (all % 60) + s;
    }
  }, 1000);
  addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post') return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });
  addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent));
})();
`;

/** The name carries the content's hash, so that a changed script is never taken from a cache. */
export const SCRIPT_PATH = `/script-${createHash('sha256').update(script).digest('hex').slice(0, 12)}.js`;
