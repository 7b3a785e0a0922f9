// A page in a headless browser that reaches nothing but what it is given, and tells whatever went wrong in it.
import { browse } from '../readers/browser.mjs';

/** Opens the page, runs `work` on it, and adds what it asked for and what failed. */
export async function opened(address, work, viewport = { width: 1280, height: 800 }) {
  const origin = address.startsWith('file:') ? address : new URL(address).origin;
  return browse(origin, async page => {
    const asked = [], faults = [];
    page.on('request', request => asked.push(request.url().startsWith('data:') ? 'data:' : request.url()));
    page.on('console', message => { if (['error', 'warning'].includes(message.type())) faults.push(message.text()); });
    page.on('pageerror', error => faults.push(String(error)));
    page.on('dialog', dialog => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    await page.addInitScript(() => {
      window.ran = [];
      window.hostile = what => window.ran.push(String(what));
      Object.defineProperty(window, 'hacked', { set: window.hostile });
      window.violations = [];
      document.addEventListener('securitypolicyviolation', event => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
    });
    await page.setViewportSize(viewport);
    await page.goto(address);
    await page.evaluate(() => document.fonts.ready);
    const said = await work(page);
    const { ran, violations } = await page.evaluate(() => ({ ran: window.ran, violations: window.violations }));
    return { said, ran, asked: [...new Set(asked)], faults: [...faults, ...violations] };
  });
}

/** What a picture shows of the page: the part that is seen. */
export const seen = page => page.evaluate(() => {
  const svg = document.querySelector('.picture:not([hidden]) svg');
  const [x, y, width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
  return { x, y, width, height };
});

/** The middle of a thing on the screen. */
export const place = (page, id) => page.evaluate(id => {
  const box = document.getElementById(id).getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}, id);

/** Until nothing glides any more. */
export const still = page => page.waitForTimeout(350);

/** The entry that is open: its name, and everything that it tells. */
export const told = page => page.evaluate(() => {
  const open = [...document.querySelectorAll('.about details[open]')];
  return open.map(entry => ({ about: entry.dataset.about, text: entry.innerText }));
});

/** How wide each line of each text is drawn, by the text's id. */
export const widths = page => page.evaluate(() => {
  const groups = [...document.querySelectorAll('.picture g[data-type]')].map(group => [group.id, [...group.querySelectorAll('text')]]);
  const texts = groups.filter(([, lines]) => lines.length > 0);
  return Object.fromEntries(texts.map(([id, lines]) => [id, lines.map(line => line.getComputedTextLength())]));
});
