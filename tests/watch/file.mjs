// Opens an HTML file from disk and does one of these to it: file.mjs PAGE.html WHAT. Prints what was seen, as JSON.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { opened, place, seen, still, told, widths } from './browser.mjs';

const [file, what] = process.argv.slice(2);

/** The colour of the page's ground in the picture. */
const ground = page => page.evaluate(() => getComputedStyle(document.querySelector('.picture:not([hidden]) .page')).fill);

const acts = {
  widths,
  async search(page) {
    // What fades is as it will be at once.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const before = await seen(page);
    await page.fill('#find', '192.168.3.0');
    await still(page);
    const listed = await page.evaluate(() => [...document.querySelectorAll('.about [data-page="0"] > li:not([hidden])')].map(entry => entry.querySelector('.name').textContent));
    const opacity = id => page.evaluate(id => getComputedStyle(document.getElementById(id)).opacity, id);
    const found = { lit: await opacity('p1-myeks/PrivateSubnet1'), dimmed: await opacity('p1-myeks/Host'), count: await page.textContent('.found') };
    const after = await seen(page);
    await page.press('#find', 'Enter');
    await still(page);
    const chosen = await told(page);
    await page.fill('#find', 'no such thing');
    const nothing = await page.textContent('.found');
    return { before, after, listed, ...found, chosen, nothing };
  },
  async zoom(page) {
    const views = { whole: await seen(page) };
    const box = await page.locator('.stage').boundingBox();
    const at = { x: box.x + 200, y: box.y + 150 };
    const under = () => page.evaluate(({ x, y }) => {
      const svg = document.querySelector('.picture:not([hidden]) svg');
      const point = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());
      return [point.x, point.y];
    }, at);
    const before = await under();
    await page.mouse.move(at.x, at.y);
    await page.mouse.wheel(0, -400);
    views.wheel = await seen(page);
    views.kept = { before, after: await under() };
    await page.mouse.down();
    await page.mouse.move(at.x + 100, at.y + 50, { steps: 4 });
    await page.mouse.up();
    views.dragged = await seen(page);
    await page.focus('.stage');
    await page.keyboard.press('ArrowRight');
    views.key = await seen(page);
    await page.keyboard.press('0');
    await still(page);
    views.back = await seen(page);
    await page.click('[data-zoom=in]');
    views.button = await seen(page);
    return views;
  },
  async click(page) {
    const results = {};
    for (const id of ['p1-myeks/Host', 'p1-myeks/Host#label', 'p1-myeks/EksVPC', 'p1-administration/administrator/internet']) {
      const at = id.endsWith('EksVPC')
        ? await page.evaluate(id => {
          const box = document.getElementById(id).getBoundingClientRect();
          return { x: box.x + box.width - 4, y: box.y + box.height - 4 };
        }, id)
        : await place(page, id);
      await page.mouse.click(at.x, at.y);
      await still(page);
      results[id] = await told(page);
      results[`${id} is marked`] = await page.evaluate(id => document.getElementById(id)?.classList.contains('chosen') ?? false, id);
    }
    await page.focus('.stage');
    await page.keyboard.press('Escape');
    results.none = await told(page);
    return results;
  },
  /** From the list, by the keyboard alone. */
  async list(page) {
    await page.click('[data-zoom=in]');
    await page.click('[data-zoom=in]');
    await page.locator('summary', { hasText: 'myeks-PrivateSubnet2' }).focus();
    await page.keyboard.press('Enter');
    await still(page);
    const inside = await page.evaluate(() => {
      const thing = document.getElementById('p1-myeks/PrivateSubnet2').getBoundingClientRect();
      const stage = document.querySelector('.stage').getBoundingClientRect();
      return thing.left >= stage.left && thing.right <= stage.right && thing.top >= stage.top && thing.bottom <= stage.bottom;
    });
    return { told: await told(page), inside };
  },
  async themes(page) {
    const grounds = {};
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const theme of ['auto', 'light', 'dark', 'print']) {
        await page.selectOption('[name=theme]', theme);
        grounds[`${theme} on a ${scheme} screen`] = await ground(page);
      }
    }
    await page.selectOption('[name=theme]', 'dark');
    await page.emulateMedia({ media: 'print' });
    grounds['dark on paper'] = await ground(page);
    return grounds;
  },
  /** What its buttons save. */
  async downloads(page) {
    const saved = {};
    await page.selectOption('[name=theme]', 'dark');
    for (const choose of ['[data-save=svg]', '[data-save=png]', 'a[download]']) {
      await page.click('.downloads > summary');
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`.downloads ${choose}`)]);
      const to = path.join(path.dirname(file), `saved-${download.suggestedFilename()}`);
      await download.saveAs(to);
      saved[download.suggestedFilename()] = to;
      if (await page.evaluate(() => document.querySelector('.downloads').open)) await page.click('.downloads > summary');
    }
    return saved;
  },
  async pages(page) {
    const buttons = await page.locator('.pages button').allTextContents();
    const shown = [];
    for (const button of await page.locator('.pages button').all()) {
      await button.click();
      shown.push(await page.evaluate(() => ({
        picture: [...document.querySelectorAll('.picture:not([hidden]) svg > title')].map(title => title.textContent),
        listed: document.querySelectorAll('.about > ul:not([hidden]) > li').length,
        boxes: document.querySelectorAll('.picture:not([hidden]) [data-thing]').length,
        pressed: document.querySelectorAll('.pages [aria-pressed=true]').length,
      })));
    }
    return { buttons, shown };
  },
  /** Opens, points at and finds everything. */
  async everything(page) {
    for (const button of await page.locator('.pages button').all()) {
      await button.click();
      await page.evaluate(async () => {
        const visible = element => element.checkVisibility();
        for (const summary of [...document.querySelectorAll('.about summary')].filter(visible)) {
          summary.click();
          await new Promise(requestAnimationFrame);
        }
        for (const group of [...document.querySelectorAll('.picture [data-thing]')].filter(visible)) {
          for (const event of ['mouseover', 'mousemove', 'focus', 'click']) group.dispatchEvent(new MouseEvent(event, { bubbles: true }));
        }
      });
      for (const word of ['<script>', '"', 'constructor', '__proto__', '\\', '[', '${']) await page.fill('#find', word);
      await page.fill('#find', '');
    }
    const listed = await page.locator('.about .name').allTextContents();
    const elements = await page.evaluate(() => [...new Set([...document.querySelectorAll('*')].map(element => element.localName))].sort());
    const handlers = await page.evaluate(() => [...document.querySelectorAll('*')].flatMap(element => [...element.attributes]).filter(({ name }) => name.startsWith('on')).length);
    const { texts, links } = await page.evaluate(() => {
      const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) if (!['script', 'style'].includes(walker.currentNode.parentNode.localName)) texts.push(walker.currentNode.data);
      const beginnings = [...document.querySelectorAll('[href]')].map(({ attributes }) => attributes.href.value.match(/^(#|data:|https:\/\/host\.test\/x\/|.*)/)[0]);
      return { texts, links: [...new Set(beginnings)].sort() };
    });
    return { listed, elements, handlers, texts, links, title: await page.title() };
  },
};

const report = await opened(pathToFileURL(path.resolve(file)).href, acts[what]);
console.log(JSON.stringify(report));
