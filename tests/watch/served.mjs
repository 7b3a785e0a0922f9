// Opens a page of `eksdiagram watch` and does one of these to it: served.mjs ADDRESS FOLDER WHAT [PID]. The inputs lie in
// the folder. Prints what was seen, as JSON.
import fs from 'node:fs';
import path from 'node:path';
import { opened, seen, still, told, widths } from './browser.mjs';

const [address, folder, what, pid] = process.argv.slice(2);

const read = name => fs.readFileSync(path.join(folder, name), 'utf8');
const save = (name, text) => fs.writeFileSync(path.join(folder, name), text);
/** As editors do that write a new file and put it in the old one's place. */
const saveByRename = (name, text) => {
  save(`${name}.new~`, text);
  fs.renameSync(path.join(folder, `${name}.new~`), path.join(folder, name));
};
const change = (name, from, to, how = save) => {
  const text = read(name);
  if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
  how(name, text.replaceAll(from, to));
};
const shows = (page, text) => page.waitForFunction(text => document.querySelector('.pictures').textContent.includes(text), text, { timeout: 10000 });
const says = (page, text) => page.waitForFunction(text => document.querySelector('.messages').textContent.includes(text), text, { timeout: 10000 });
const banner = page => page.textContent('.banner.drawn');

const acts = {
  widths,
  async redraws(page) {
    await page.click('[data-zoom=in]');
    await page.locator('summary', { hasText: 'myeks-PublicSubnet1' }).first().click();
    await still(page);
    const before = await seen(page);
    change('main.yaml', '192.168.1.0/24', '192.168.41.0/24');
    await shows(page, '192.168.41.0/24');
    const after = await seen(page);
    const open = await told(page);
    change('main.yaml', '192.168.2.0/24', '192.168.42.0/24', saveByRename);
    await shows(page, '192.168.42.0/24');
    change('main.yaml', '192.168.41.0/24', '192.168.43.0/24', saveByRename);
    await shows(page, '192.168.43.0/24');
    return { before, after, open };
  },
  async belongings(page) {
    change('child.yaml', '10.0.1.0/24', '10.0.77.0/24');
    await shows(page, '10.0.77.0/24');
    change('parameters.json', 'first', 'second', saveByRename);
    await shows(page, 'second');
    return {};
  },
  async broken(page) {
    const good = read('main.yaml');
    save('main.yaml', 'Resources:\n  Vpc: [1, 2\n');
    await page.waitForFunction(() => document.querySelector('.banner.drawn').textContent !== '');
    const broken = { banner: await banner(page), messages: await page.textContent('.messages'), picture: await page.textContent('.pictures'), open: await page.locator('.messages details[open]').count() };
    save('main.yaml', good.replaceAll('192.168.1.0/24', '192.168.99.0/24'));
    await shows(page, '192.168.99.0/24');
    return { broken, mended: { banner: await banner(page), messages: await page.textContent('.messages') } };
  },
  /** The page was opened while the input was broken. */
  async brokenFromTheStart(page) {
    const first = { banner: await banner(page), messages: await page.textContent('.messages'), pictures: await page.locator('.picture').count() };
    save('main.yaml', read('good.yaml'));
    await shows(page, '192.168.1.0/24');
    return { first, mended: await banner(page), seen: await seen(page) };
  },
  async choices(page) {
    const words = async () => ({ lang: await page.getAttribute('html', 'lang'), theme: await page.getAttribute('html', 'data-theme'), address: new URL(page.url()).search, title: await page.textContent('.picture svg > title'), find: await page.getAttribute('#find', 'aria-label') });
    const said = { first: await words() };
    await Promise.all([page.waitForNavigation(), page.selectOption('[name=view]', 'endpoint')]);
    said.view = await words();
    await Promise.all([page.waitForNavigation(), page.selectOption('[name=lang]', 'ko')]);
    said.language = await words();
    await page.selectOption('[name=theme]', 'dark');
    said.theme = await words();
    const [download] = await Promise.all([page.waitForEvent('download'), (async () => {
      await page.click('.downloads > summary');
      await page.click('.downloads a:text-is(".svg")');
    })()]);
    said.saved = { name: download.suggestedFilename(), text: fs.readFileSync(await download.path(), 'utf8') };
    change('cluster.yaml', 'name: myeks', 'name: other', saveByRename);
    await shows(page, 'other');
    said.redrawn = await words();
    return said;
  },
  async lost(page) {
    process.kill(Number(pid));
    await page.waitForSelector('.lost:not([hidden])');
    return { said: await page.textContent('.lost'), picture: await page.locator('.picture svg').count() };
  },
  /** Milliseconds from a save to the frame that shows it, of so many saves. */
  async latency(page) {
    const times = [];
    let now = '192.168.1.0/24';
    for (let nth = 0; nth < 21; nth++) {
      const next = `192.168.${60 + nth}.0/24`;
      const drawn = page.evaluate(text => new Promise(done => {
        const look = () => document.querySelector('.pictures').textContent.includes(text) ? requestAnimationFrame(() => done(Date.now())) : requestAnimationFrame(look);
        look();
      }), next);
      await page.waitForTimeout(200);
      const began = Date.now();
      change('main.yaml', now, next);
      times.push(await drawn - began);
      now = next;
    }
    return times;
  },
};

console.log(JSON.stringify(await opened(address, acts[what])));
