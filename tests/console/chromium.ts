import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PATH = '/usr/bin/chromium';

/** Debian's Chromium, which speaks to nobody but the page. Throws, with what to do, where it is not installed. */
export async function openChromium(): Promise<Browser> {
  if (!existsSync(PATH))
    throw new Error(`there is no ${PATH}; the tests of the pages need it: apt-get install chromium`);
  return chromium.launch({
    executablePath: PATH,
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
