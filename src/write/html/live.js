
'use strict';
// Draws the page anew when the server says that the input has changed.
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const root = document.documentElement;

  /** Asks for the page again, and takes what is drawn from it. */
  async function redraw() {
    const answer = await fetch(location.href, { cache: 'no-store' });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const [before, after] = [document, fresh].map(page => [...page.querySelectorAll('.drawn')]);
    before.forEach((part, at) => part.replaceWith(after[at]));
    root.dataset.drawn = fresh.documentElement.dataset.drawn;
    document.dispatchEvent(new Event('redrawn'));
  }

  // One at a time: what changes meanwhile is drawn when that is done.
  let busy = false, again = false;
  async function follow() {
    again = busy;
    if (busy) return;
    busy = true;
    await redraw().catch(lose);
    busy = false;
    if (again) await follow();
  }

  const lost = one('.lost');
  const lose = () => { lost.hidden = false; };
  const events = new EventSource(`events?drawn=${root.dataset.drawn}`);
  events.addEventListener('message', event => { if (event.data !== root.dataset.drawn) follow(); });
  events.addEventListener('error', lose);
  events.addEventListener('open', () => {
    if (lost.hidden) return;
    lost.hidden = true;
    follow();
  });

  // A view or a language is another page; a theme is not, but belongs to its address and to those of the downloads.
  const choices = one('.choices');
  choices.addEventListener('change', event => {
    if (event.target.name !== 'theme') return choices.requestSubmit();
    history.replaceState(null, '', `?${new URLSearchParams(new FormData(choices))}`);
  });
  one('.downloads').addEventListener('click', event => {
    const link = event.target.closest('a');
    if (!link) return;
    const address = new URL(link.href);
    address.searchParams.set('theme', root.dataset.theme);
    address.searchParams.set('page', Number(root.dataset.page ?? 0) + 1);
    link.href = address.href;
  });
})();
