// The real draw.io on a loopback address, with pages of ours beside it.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { here, tools } from './browser.mjs';

const app = path.join(tools, 'drawio');
const own = { '/draw.html': path.join(here, 'draw.html'), '/judge.js': path.join(here, 'judge.js') };
const types = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.xml': 'text/xml', '.svg': 'image/svg+xml', '.txt': 'text/plain',
};

/** Serves the app while `work` runs, which gets its address; `changed` may turn one of its files into another text. */
export async function served(work, changed = {}) {
  const server = http.createServer((request, response) => {
    const wanted = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const file = own[wanted] ?? path.join(app, path.normalize(wanted));
    const allowed = own[wanted] !== undefined || file.startsWith(app + path.sep);
    if (!allowed || !fs.existsSync(file) || !fs.statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': `${types[path.extname(file)] ?? 'application/octet-stream'}; charset=utf-8` });
    if (changed[wanted]) response.end(changed[wanted](fs.readFileSync(file, 'utf8')));
    else fs.createReadStream(file).pipe(response);
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  try {
    return await work(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.close();
  }
}
