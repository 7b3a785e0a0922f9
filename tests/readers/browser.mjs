// A headless browser that reaches nothing but what it is given.
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const here = path.dirname(fileURLToPath(import.meta.url));
export const tools = path.resolve(here, '../../.tools');
const { chromium } = createRequire(path.join(tools, 'package.json'))('playwright-core');

/** Runs `work` on a page that may load what begins with `origin`. */
export async function browse(origin, work) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--force-color-profile=srgb'],
  });
  try {
    const page = await browser.newPage({ deviceScaleFactor: 2 });
    const allowed = url => url.startsWith(origin) || url.startsWith('data:');
    await page.route('**/*', route => allowed(route.request().url()) ? route.continue() : route.abort());
    return await work(page);
  } finally {
    await browser.close();
  }
}

/** The page's picture, at its own size up to what a browser can hold. */
export async function picture(page, report, output) {
  const size = { width: Math.min(8000, Math.ceil(report.width)), height: Math.min(8000, Math.ceil(report.height)) };
  await page.setViewportSize(size);
  await page.screenshot({ path: output, clip: { x: 0, y: 0, ...size } });
}
