// Opens an SVG file in a browser, headless: browse.mjs IN.svg OUT.png [SCREEN], which is light or dark.
// Prints, as JSON, its fonts and how wide each line of each text is drawn, by the text's id.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { browse, picture } from './browser.mjs';

const [input, output, screen = 'light'] = process.argv.slice(2);
const address = pathToFileURL(path.resolve(input)).href;
const report = await browse(address, async page => {
  await page.emulateMedia({ colorScheme: screen });
  await page.goto(address);
  const said = await page.evaluate(async () => {
    await document.fonts.ready;
    const root = document.documentElement;
    const groups = [...root.querySelectorAll('g[data-type]')].map(group => [group.id, [...group.querySelectorAll('text')]]);
    const texts = groups.filter(([, lines]) => lines.length > 0);
    return {
      width: Number(root.getAttribute('width')),
      height: Number(root.getAttribute('height')),
      fonts: [...document.fonts].map(font => `${font.family} ${font.weight} ${font.status}`),
      texts: Object.fromEntries(texts.map(([id, lines]) => [id, lines.map(line => line.getComputedTextLength())])),
    };
  });
  await picture(page, said, output);
  return said;
});
console.log(JSON.stringify(report));
