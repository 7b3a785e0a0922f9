// Opens SVG and HTML files in a browser where scripts may run, and draw.io files in the real app: hostile.mjs FILE...
// Prints, as JSON, what of them ran: marks that scripts left, dialogs, requests to anywhere, links that are no web address.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { served } from './app.mjs';
import { browse } from './browser.mjs';

/** What runs on a page while `open` opens it. */
async function ran(page, own, open) {
  const found = [];
  page.on('dialog', dialog => { found.push(`dialog: ${dialog.message()}`); dialog.dismiss().catch(() => {}); });
  page.on('request', request => {
    const url = request.url();
    if (!url.startsWith(own) && !url.startsWith('data:') && !url.startsWith('blob:')) found.push(`request: ${url.slice(0, 200)}`);
  });
  await open();
  await page.waitForTimeout(300);
  for (const frame of page.frames()) {
    found.push(...await frame.evaluate(() => {
      const marks = [];
      if (window.hacked !== undefined) marks.push(`script ${window.hacked} ran`);
      // What a page saves is in it.
      for (const element of document.querySelectorAll('a:not([download])')) {
        const link = element.getAttribute('href') ?? element.getAttribute('xlink:href') ?? '';
        if (/^\s*(javascript|data|vbscript):/i.test(link)) marks.push(`link: ${link.slice(0, 200)}`);
      }
      return marks;
    }));
  }
  return found;
}

const found = {};
for (const file of process.argv.slice(2)) {
  const name = path.basename(file);
  if (name.endsWith('.drawio')) {
    found[name] = await served(origin => browse(origin, page => ran(page, origin, async () => {
      await page.goto(`${origin}/draw.html`);
      await page.waitForFunction(() => window.Graph && window.Editor && window.draw);
      await page.evaluate(text => window.draw(text), fs.readFileSync(file, 'utf8'));
    })));
  } else {
    const address = pathToFileURL(path.resolve(file)).href;
    found[name] = await browse(address, page => ran(page, address, () => page.goto(address)));
  }
}
console.log(JSON.stringify(found));
