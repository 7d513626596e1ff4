import { existsSync } from 'node:fs';

/** Debian's Chromium. It comes with the system, so that `npm ci` need not fetch a browser. */
export const CHROMIUM = '/usr/bin/chromium';

/** Said wherever it is missing. The second package is a Japanese font: without one the pages are measured with empty boxes. */
export const HOW_TO_GET_CHROMIUM = `there is no ${CHROMIUM}; to run the tests of the pages in a browser: apt-get install chromium fonts-noto-cjk`;

export const hasChromium = (): boolean => existsSync(CHROMIUM);
