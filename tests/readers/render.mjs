// Opens a .drawio file in the real draw.io, headless: render.mjs IN.drawio OUT.png
// Prints a report as JSON; exits with 1 where the file has a fatal fault. Reaches nothing but itself.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const tools = path.resolve(here, '../../.tools');
const { chromium } = createRequire(path.join(tools, 'package.json'))('playwright-core');
const [input, output] = process.argv.slice(2);
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.xml': 'text/xml', '.svg': 'image/svg+xml' };
const own = { '/draw.html': path.join(here, 'draw.html'), '/judge.js': path.join(here, 'judge.js') };

const server = http.createServer((request, response) => {
  const wanted = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  const app = path.join(tools, 'drawio');
  const file = own[wanted] ?? path.join(app, path.normalize(wanted));
  if (!own[wanted] && !file.startsWith(app + path.sep) || !fs.existsSync(file) || !fs.statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  const type = types[path.extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` });
  fs.createReadStream(file).pipe(response);
});
await new Promise(ready => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--force-color-profile=srgb'],
});
let report;
try {
  const page = await browser.newPage({ deviceScaleFactor: 2 });
  await page.route('**/*', route => route.request().url().startsWith(origin) ? route.continue() : route.abort());
  await page.goto(`${origin}/draw.html`);
  await page.waitForFunction(() => window.Graph && window.Editor && window.draw);
  report = await page.evaluate(text => window.draw(text), fs.readFileSync(input, 'utf8'));
  if (report.width && report.height) {
    const size = { width: Math.min(8000, Math.ceil(report.width)), height: Math.min(8000, Math.ceil(report.height)) };
    await page.setViewportSize(size);
    await page.screenshot({ path: output, clip: { x: 0, y: 0, ...size } });
  }
} finally {
  await browser.close();
  server.close();
}
console.log(JSON.stringify(report));
process.exitCode = report.fatal.length > 0 ? 1 : 0;
