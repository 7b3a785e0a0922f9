
'use strict';
// Finding, moving, choosing, themes, downloads. Listeners stand on what a later drawing leaves in its place; what it
// replaces is looked up when it is needed.
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const stage = one('.stage'), find = one('#find');

  // The page in view, and the part of its picture that the eye is on: a centre in the picture's pixels, and how many of
  // the screen's one of them takes.
  let page = 0;
  let eye;
  const picture = () => one(`.picture[data-page="${page}"] svg`);
  const entries = () => all(`.about [data-page="${page}"] > li > details`);
  const size = () => ({ width: Number(picture().getAttribute('width')), height: Number(picture().getAttribute('height')) });

  function look(at) {
    const svg = picture();
    if (!svg) return;
    const { width, height } = size();
    const within = (value, least, most) => Math.min(Math.max(value, least), most);
    const scale = within(at.scale, 0.05, 12);
    eye = { x: within(at.x, 0, width), y: within(at.y, 0, height), scale, isWhole: at.isWhole === true };
    const wide = stage.clientWidth / scale, high = stage.clientHeight / scale;
    svg.setAttribute('viewBox', [eye.x - wide / 2, eye.y - high / 2, wide, high].join(' '));
    one('.scale').value = `${Math.round(scale * 100)} %`;
  }

  /** Where all of a box is seen, no larger than is good to read, and not behind the buttons at the bottom. */
  function seeing(box, most = 1.5, margin = 20) {
    const buttons = 40, wide = stage.clientWidth - 2 * margin, high = stage.clientHeight - 2 * margin - buttons;
    const scale = Math.max(Math.min(wide / box.width, high / box.height, most), 0.01);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 + buttons / 2 / scale, scale };
  }
  const whole = () => ({ ...seeing({ x: 0, y: 0, ...size() }), isWhole: true });
  const shift = change => look({ x: eye.x, y: eye.y, scale: eye.scale, ...change });

  let moving = 0;
  function glide(to) {
    cancelAnimationFrame(moving);
    if (matchMedia('(prefers-reduced-motion)').matches) return look(to);
    const from = eye, began = performance.now();
    const step = now => {
      const part = Math.min((now - began) / 220, 1), eased = 1 - (1 - part) ** 3;
      if (part === 1) return look(to);
      look({
        x: from.x + (to.x - from.x) * eased,
        y: from.y + (to.y - from.y) * eased,
        scale: from.scale * (to.scale / from.scale) ** eased,
      });
      moving = requestAnimationFrame(step);
    };
    moving = requestAnimationFrame(step);
  }

  const move = (right, down) => shift({ x: eye.x + right / eye.scale, y: eye.y + down / eye.scale });

  /** Zooms; what is at this place of the screen stays there. */
  function zoom(factor, clientX, clientY) {
    const box = stage.getBoundingClientRect();
    const right = clientX - box.left - box.width / 2, down = clientY - box.top - box.height / 2;
    const before = eye;
    shift({ scale: eye.scale * factor });
    shift({ x: before.x + right / before.scale - right / eye.scale, y: before.y + down / before.scale - down / eye.scale });
  }
  function zoomMiddle(factor) {
    const box = stage.getBoundingClientRect();
    zoom(factor, box.left + box.width / 2, box.top + box.height / 2);
  }
  const zooms = { in: () => zoomMiddle(1.25), out: () => zoomMiddle(0.8), fit: () => glide(whole()) };

  stage.addEventListener('wheel', event => {
    if (!eye) return;
    event.preventDefault();
    cancelAnimationFrame(moving);
    const lines = event.deltaMode === 1 ? 30 : 1, pinch = event.ctrlKey ? 6 : 1;
    zoom(Math.exp(-event.deltaY * lines * pinch * 0.0016), event.clientX, event.clientY);
  }, { passive: false });

  // One finger, or the mouse, drags; two pinch; a press that does not move chooses.
  const fingers = new Map();
  let press;
  const middle = points => ({
    x: points.reduce((sum, point) => sum + point.x, 0) / points.length,
    y: points.reduce((sum, point) => sum + point.y, 0) / points.length,
    apart: points.length > 1 ? Math.hypot(points[0].x - points[1].x, points[0].y - points[1].y) : 0,
  });
  stage.addEventListener('pointerdown', event => {
    if (event.button !== 0 || event.target.closest('.zoom') || !eye) return;
    cancelAnimationFrame(moving);
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    press = fingers.size === 1 ? { target: event.target, x: event.clientX, y: event.clientY } : undefined;
  });
  stage.addEventListener('pointermove', event => {
    if (!fingers.has(event.pointerId)) return;
    if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) < 4) return;
    press = undefined;
    const before = middle([...fingers.values()]);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const after = middle([...fingers.values()]);
    move(before.x - after.x, before.y - after.y);
    if (before.apart && after.apart) zoom(after.apart / before.apart, after.x, after.y);
  });
  const lift = event => {
    if (!fingers.delete(event.pointerId)) return;
    if (event.type === 'pointerup' && press) choose(thingAt(press.target, press.x, press.y));
    press = undefined;
  };
  stage.addEventListener('pointerup', lift);
  stage.addEventListener('pointercancel', lift);

  const keys = {
    ArrowLeft: () => move(-60, 0), ArrowRight: () => move(60, 0), ArrowUp: () => move(0, -60), ArrowDown: () => move(0, 60),
    '+': zooms.in, '=': zooms.in, '-': zooms.out, 0: zooms.fit, '/': () => find.focus(), Escape: () => choose(undefined),
  };
  stage.addEventListener('keydown', event => {
    const act = keys[event.key];
    if (!act || !eye || event.target !== stage || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  one('.zoom').addEventListener('click', event => {
    const act = zooms[event.target.dataset.zoom];
    if (act && eye) act();
  });
  new ResizeObserver(() => eye && look(eye.isWhole ? whole() : eye)).observe(stage);

  // The thing at a place of the screen, by the id of its group: what is drawn there; else the icon or the words
  // there, for these have holes; else a line close by; else the least of the boxes around.
  const box = group => one(':scope > rect[class^="frame-"]', group);
  function thingAt(target, x, y) {
    const thing = element => element?.closest('[data-thing]');
    const free = group => group && !box(group);
    const direct = thing(target);
    if (free(direct)) return direct.dataset.thing;
    const groups = all('g[data-thing]', picture());
    const least = parts => {
      const rects = parts.filter(Boolean).map(part => [part, part.getBoundingClientRect()]);
      const holds = rects.filter(([, { left, right, top, bottom }]) => left <= x && x <= right && top <= y && y <= bottom);
      return holds.sort(([, one], [, other]) => one.width * one.height - other.width * other.height)[0]?.[0];
    };
    const isLine = group => one(':scope > .line', group);
    const icon = least(groups.filter(group => free(group) && !isLine(group)));
    const near = [[0, 5], [0, -5], [5, 0], [-5, 0]].map(([right, down]) => thing(document.elementFromPoint(x + right, y + down)));
    const line = near.find(group => free(group) && isLine(group));
    return thing(icon ?? line ?? least(groups.map(box)))?.dataset.thing;
  }

  const bounds = groups => {
    const boxes = groups.map(group => group.getBBox());
    const left = Math.min(...boxes.map(box => box.x)), top = Math.min(...boxes.map(box => box.y));
    const right = Math.max(...boxes.map(box => box.x + box.width)), bottom = Math.max(...boxes.map(box => box.y + box.height));
    return { x: left, y: top, width: right - left, height: bottom - top };
  };
  const shows = id => all('[data-thing]', picture()).filter(group => group.dataset.thing === id);

  let chosen;
  function choose(id) {
    for (const entry of entries()) entry.open = entry.dataset.about === id;
    mark(id);
    entries().find(entry => entry.open)?.scrollIntoView({ block: 'nearest' });
  }
  function mark(id) {
    chosen = id;
    all('.halo').forEach(halo => halo.remove());
    all('.chosen').forEach(group => group.classList.remove('chosen'));
    const group = id && document.getElementById(id);
    if (!group || !picture().contains(group)) return;
    group.classList.add('chosen');
    if (one(':scope > .line', group)) return;
    const { x, y, width, height } = group.getBBox(), halo = document.createElementNS(group.namespaceURI, 'rect');
    const values = { class: 'halo', x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 6 };
    for (const [name, value] of Object.entries(values)) halo.setAttribute(name, value);
    picture().append(halo);
  }
  // An entry that is opened is shown in the picture.
  one('aside').addEventListener('toggle', event => {
    const entry = event.target;
    if (!entry.dataset.about || entry.open === (chosen === entry.dataset.about)) return;
    if (!entry.open) return mark(undefined);
    choose(entry.dataset.about);
    const groups = shows(chosen);
    if (groups.length > 0) glide(seeing(bounds(groups), Math.max(eye.scale, 1), 120));
  }, true);

  // Finding: every word, in whatever is told of a thing.
  const told = entry => entry.textContent.normalize('NFC').toLowerCase();
  function search(follow) {
    const words = find.value.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
    const found = new Set();
    for (const entry of entries()) {
      const text = words.length > 0 ? told(entry) : '';
      const matches = words.every(word => text.includes(word));
      entry.parentElement.hidden = !matches;
      if (matches) found.add(entry.dataset.about);
    }
    const groups = picture() ? all('[data-thing]', picture()) : [];
    for (const group of groups) group.classList.toggle('found', found.has(group.dataset.thing));
    picture()?.classList.toggle('searching', words.length > 0);
    const count = one('.found[for]');
    count.value = words.length === 0 ? '' : found.size > 0 ? `${found.size} / ${entries().length}` : count.dataset.nothing;
    if (!follow || !eye) return;
    const lit = groups.filter(group => found.has(group.dataset.thing));
    if (words.length > 0 && lit.length > 0) glide(seeing(bounds(lit), 1.25, 96));
  }
  find.addEventListener('input', () => search(true));
  find.addEventListener('keydown', event => {
    const first = entries().find(entry => !entry.parentElement.hidden);
    if (event.key === 'Enter' && find.value && first) {
      // Or the key would go on to close what it opens.
      event.preventDefault();
      first.open = true;
      one('summary', first).focus();
    } else if (event.key === 'Escape') {
      find.value = '';
      search(false);
    }
  });

  function turn(to) {
    page = to;
    for (const part of all('.picture, .about > ul')) part.hidden = Number(part.dataset.page) !== page;
    for (const button of all('.pages button')) button.setAttribute('aria-pressed', Number(button.dataset.page) === page);
    root.dataset.page = page;
    if (!picture()) return;
    search(false);
  }
  document.addEventListener('click', event => {
    const button = event.target.closest('.pages button');
    if (!button) return;
    choose(undefined);
    turn(Number(button.dataset.page));
    look(whole());
  });

  // Each palette is a sheet, which says for each theme where it counts.
  function wear(theme) {
    root.dataset.theme = theme;
    for (const sheet of all('style[data-auto]')) sheet.media = sheet.dataset[theme];
  }
  one('[name=theme]').addEventListener('change', event => wear(event.target.value));

  /** The picture in view as a file of its own. */
  function standalone() {
    const { width, height } = size(), copy = picture().cloneNode(true);
    copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
    all('.halo', copy).forEach(halo => halo.remove());
    copy.classList.remove('searching');
    const style = document.createElementNS(copy.namespaceURI, 'style');
    const counts = sheet => !sheet.media || matchMedia(sheet.media).matches;
    style.textContent = all('style[data-pictures]').filter(counts).map(sheet => sheet.textContent).join('\n');
    copy.prepend(style);
    return new XMLSerializer().serializeToString(copy);
  }
  function raster(svg) {
    return new Promise((done, failed) => {
      const { width, height } = size(), canvas = Object.assign(document.createElement('canvas'), { width: 2 * width, height: 2 * height });
      const image = new Image();
      image.onerror = failed;
      image.onload = () => {
        canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(blob => blob ? done(blob) : failed(new Error('too large')), 'image/png');
      };
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    });
  }
  const stem = () => decodeURIComponent(location.pathname).split('/').pop().replace(/\.html?$/, '') || 'picture';
  const numbered = () => page > 0 ? `${stem()}-${page + 1}` : stem();
  one('.downloads').addEventListener('click', async event => {
    const ending = event.target.dataset.save, link = event.target.closest('a[href^="data:"]');
    if (link) link.download = `${stem()}.drawio`;
    if (!ending || !picture()) return;
    const svg = standalone();
    const blob = ending === 'png' ? await raster(svg) : new Blob([svg], { type: 'image/svg+xml' });
    const save = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: `${numbered()}.${ending}` });
    save.click();
    setTimeout(() => URL.revokeObjectURL(save.href), 10000);
  });
  document.addEventListener('click', event => {
    const menu = one('.downloads');
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });

  // A later drawing: the eye stays where it was, and what was chosen and found is so again.
  document.addEventListener('redrawn', () => {
    const before = eye, again = chosen;
    turn(one(`.picture[data-page="${page}"]`) ? page : 0);
    if (!picture()) return;
    look(before && !before.isWhole ? before : whole());
    if (again && document.getElementById(again)) choose(again);
  });

  turn(0);
  if (picture()) look(whole());
})();
