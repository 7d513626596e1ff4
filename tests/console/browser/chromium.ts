import { chromium, type Browser } from 'playwright-core';
import { CHROMIUM, HOW_TO_GET_CHROMIUM, hasChromium } from './chromium-path.ts';

/** Debian's Chromium, which speaks to nobody but the page. Throws, with what to do, where it is not installed. */
export async function openChromium(): Promise<Browser> {
  if (!hasChromium()) throw new Error(HOW_TO_GET_CHROMIUM);
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
