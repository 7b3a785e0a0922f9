// Opens a file in the real draw.io's editor, headless, does to it what a person would do, and saves it:
// edit.mjs IN OUT EDITS.json. Each edit has a `do`, which is one of those in `act`. Prints what the editor then shows, as JSON.
import fs from 'node:fs';
import { browse } from './browser.mjs';
import { served } from './app.mjs';

const [input, output, edits] = process.argv.slice(2);
const embedded = 'embed=1&proto=json&spin=0&stealth=1&ui=kennedy&libraries=0&lang=en&local=1&math=0&offline=1';

/** What the editor is given: the text, or of a picture its address as data. */
function given(file) {
  const bytes = fs.readFileSync(file);
  return file.endsWith('.png') ? `data:image/png;base64,${bytes.toString('base64')}` : bytes.toString('utf8');
}

/** Loads a file as an application does that has the editor in a frame. */
const load = ([address, text]) => new Promise((loaded, failed) => {
  const frame = Object.assign(document.createElement('iframe'), { src: address, id: 'editor' });
  frame.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;border:0';
  window.said = {};
  window.addEventListener('message', message => {
    const said = JSON.parse(message.data);
    window.said[said.event] = said;
    if (said.event === 'init') frame.contentWindow.postMessage(JSON.stringify({ action: 'load', xml: text, autosave: 0 }), '*');
    if (said.event === 'load') setTimeout(loaded, 500);
  });
  setTimeout(() => failed(new Error(`the editor does not load: ${Object.keys(window.said)}`)), 90000);
  document.body.append(frame);
});

/** In the editor: does the edits, as its own actions do them. */
const act = edits => {
  const { editor } = window.ui, { graph } = editor, model = graph.getModel();
  const cell = id => model.getCell(id) ?? (() => { throw new Error(`no cell ${id}`); })();
  const acts = {
    move: ({ id, x, y }) => graph.moveCells([cell(id)], x, y),
    resize: ({ id, width, height }) => {
      const box = cell(id).geometry.clone();
      Object.assign(box, { width, height });
      graph.resizeCell(cell(id), box);
    },
    restyle: ({ id, key, value }) => graph.setCellStyles(key, value, [cell(id)]),
    rename: ({ id, label }) => graph.cellLabelChanged(cell(id), label, false),
    bend: ({ id, points }) => {
      const line = cell(id).geometry.clone();
      line.points = points.map(([x, y]) => new mxPoint(x, y));
      model.setGeometry(cell(id), line);
    },
    note: ({ id, text, x, y, parent }) => {
      graph.insertVertex(cell(parent ?? '1'), id, text, x, y, 120, 60, 'shape=note;whiteSpace=wrap;html=1;');
    },
    remove: ({ id }) => graph.removeCells([cell(id)]),
  };
  for (const edit of edits) acts[edit.do](edit);
};

/** In the editor: where each cell of its page is, in the page's own coordinates. */
const places = () => {
  const { graph } = window.ui.editor, { view } = graph;
  const at = point => [Math.round(point.x / view.scale - view.translate.x), Math.round(point.y / view.scale - view.translate.y)];
  const shown = Object.values(graph.getModel().cells).map(cell => [cell.id, view.getState(cell)]).filter(([, state]) => state);
  return Object.fromEntries(shown.map(([id, state]) => [id, state.absolutePoints ? state.absolutePoints.filter(Boolean).map(at) : [at(state)]]));
};

/** What the editor saves: XML, or a picture as its address as data. */
const save = ([frame, format]) => new Promise((saved, failed) => {
  window.said.export = undefined;
  document.getElementById(frame).contentWindow.postMessage(JSON.stringify({ action: 'export', format }), '*');
  const asked = setInterval(() => { if (window.said.export) { clearInterval(asked); saved(window.said.export.data ?? window.said.export.xml); } }, 50);
  setTimeout(() => failed(new Error('the editor does not save')), 60000);
});

/** The app's page, with its parts in the window's reach. */
const reachable = page => page.replaceAll('App.main();', 'App.main(ui => { window.ui = ui; });');

await served(origin => browse(origin, async page => {
  await page.goto(`${origin}/judge.js`);
  await page.setContent('<body></body>');
  await page.evaluate(load, [`${origin}/index.html?${embedded}`, given(input)]);
  const editor = page.frames().find(frame => frame.url().includes('index.html'));
  const before = await editor.evaluate(places);
  await editor.evaluate(act, JSON.parse(edits));
  const after = await editor.evaluate(places);
  if (output.endsWith('.svg') || output.endsWith('.png')) {
    const data = await page.evaluate(save, ['editor', output.endsWith('.svg') ? 'xmlsvg' : 'xmlpng']);
    fs.writeFileSync(output, Buffer.from(data.slice(data.indexOf(',') + 1), 'base64'));
  } else {
    fs.writeFileSync(output, await editor.evaluate(() => window.ui.getFileData(true)));
  }
  const pages = await editor.evaluate(() => window.ui.pages.map(page => page.getName()));
  console.log(JSON.stringify({ before, after, pages }));
}), { '/index.html': reachable });
