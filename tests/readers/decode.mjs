// Decodes a PNG by pngjs: decode.mjs IN.png OUT.rgba. Prints what its head says, or what is wrong with it, as JSON.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { tools } from './browser.mjs';

const { PNG } = createRequire(path.join(tools, 'package.json'))('pngjs');
const [input, output] = process.argv.slice(2);
try {
  const { data, ...head } = PNG.sync.read(fs.readFileSync(input));
  fs.writeFileSync(output, data);
  console.log(JSON.stringify(head));
} catch (error) {
  console.log(JSON.stringify({ fault: error.message }));
}
