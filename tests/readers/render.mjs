// Opens a .drawio file in the real draw.io, headless: render.mjs IN.drawio OUT.png
// Prints a report as JSON; exits with 1 where the file has a fatal fault.
import fs from 'node:fs';
import { served } from './app.mjs';
import { browse, picture } from './browser.mjs';

const [input, output] = process.argv.slice(2);
const report = await served(origin => browse(origin, async page => {
  await page.goto(`${origin}/draw.html`);
  await page.waitForFunction(() => window.Graph && window.Editor && window.draw);
  const said = await page.evaluate(text => window.draw(text), fs.readFileSync(input, 'utf8'));
  if (said.width && said.height) await picture(page, said, output);
  return said;
}));
console.log(JSON.stringify(report));
process.exitCode = report.fatal.length > 0 ? 1 : 0;
