// Opens a .drawio file in the real draw.io, headless: render.mjs IN.drawio OUT.png. All pages are judged, the first is
// drawn into the picture.
// Prints a report as JSON; exits with 1 where the file has a fatal fault.
import fs from 'node:fs';
import { served } from './app.mjs';
import { browse, picture } from './browser.mjs';

const [input, output] = process.argv.slice(2);
const report = await served(origin => browse(origin, async page => {
  await page.goto(`${origin}/draw.html`);
  await page.waitForFunction(() => window.Graph && window.Editor && window.draw);
  const text = fs.readFileSync(input, 'utf8');
  const said = await page.evaluate(text => window.draw(text), text);
  if (said.width && said.height) await picture(page, said, output);
  for (let nth = 1; nth < (said.pages ?? 1); nth++) {
    const other = await page.evaluate(([text, nth]) => window.draw(text, nth), [text, nth]);
    said.fatal.push(...other.fatal.map(fault => `page ${nth + 1}: ${fault}`));
  }
  return said;
}));
console.log(JSON.stringify(report));
process.exitCode = report.fatal.length > 0 ? 1 : 0;
