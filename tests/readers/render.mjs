// Opens a .drawio file in the real draw.io, headless: render.mjs IN.drawio OUT.png
// Prints a report as JSON; exits with 1 where the file has a fatal fault.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { browse, here, picture, tools } from './browser.mjs';

const [input, output] = process.argv.slice(2);
const app = path.join(tools, 'drawio');
const own = { '/draw.html': path.join(here, 'draw.html'), '/judge.js': path.join(here, 'judge.js') };
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.xml': 'text/xml', '.svg': 'image/svg+xml' };

const server = http.createServer((request, response) => {
  const wanted = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  const file = own[wanted] ?? path.join(app, path.normalize(wanted));
  const allowed = own[wanted] !== undefined || file.startsWith(app + path.sep);
  if (!allowed || !fs.existsSync(file) || !fs.statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': `${types[path.extname(file)] ?? 'application/octet-stream'}; charset=utf-8` });
  fs.createReadStream(file).pipe(response);
});
await new Promise(ready => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;
try {
  const report = await browse(origin, async page => {
    await page.goto(`${origin}/draw.html`);
    await page.waitForFunction(() => window.Graph && window.Editor && window.draw);
    const said = await page.evaluate(text => window.draw(text), fs.readFileSync(input, 'utf8'));
    if (said.width && said.height) await picture(page, said, output);
    return said;
  });
  console.log(JSON.stringify(report));
  process.exitCode = report.fatal.length > 0 ? 1 : 0;
} finally {
  server.close();
}
