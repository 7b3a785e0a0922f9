// In the browser: draws a page with draw.io's own code and says what is wrong with it.
'use strict';

/** Names of stencils that draw.io draws since a version newer than the app at hand (21.1.6). */
const NEWER = /^mxgraph\.(aws4\.group_vpc2|aws4\.vpc_lattice|kubernetes\.icon2|kubernetes2\..+)$/;

/** What the file itself breaks: draw.io drops such cells without a word, or shows an empty page. */
function brokenFile(root) {
  const broken = [];
  const cells = [...root.getElementsByTagName('mxCell')];
  const idOf = cell => cell.getAttribute('id') ?? cell.parentNode.getAttribute('id');
  const ids = new Set();
  for (const cell of cells) {
    if (ids.has(idOf(cell))) broken.push(`duplicate id ${idOf(cell)}`);
    ids.add(idOf(cell));
  }
  for (const cell of cells) {
    const id = idOf(cell);
    const geometry = [...cell.children].find(child => child.nodeName === 'mxGeometry');
    const points = geometry ? [...geometry.children].map(child => child.getAttribute('as')) : [];
    if (id !== '0' && !ids.has(cell.getAttribute('parent'))) broken.push(`${id}: no parent ${cell.getAttribute('parent')}`);
    for (const end of ['source', 'target']) {
      const joined = cell.getAttribute(end);
      if (joined !== null && !ids.has(joined)) broken.push(`${id}: no ${end} ${joined}`);
      if (cell.getAttribute('edge') === '1' && joined === null && !points.includes(`${end}Point`)) broken.push(`${id}: no ${end}`);
    }
    if ((cell.getAttribute('edge') || cell.getAttribute('vertex')) && !geometry) broken.push(`${id}: no geometry`);
  }
  return broken;
}

/** The stencils that a cell's style names and the app does not have. */
function missingStencils(style) {
  const named = [style.shape, style.grIcon, style.resIcon].filter(name => /^mxgraph\./.test(name ?? ''));
  if (/kubernetes\.icon2$/.test(style.shape ?? '')) named.push(`mxgraph.kubernetes2.${style.prIcon}`);
  return named.filter(name => !mxStencilRegistry.getStencil(name) && !mxCellRenderer.defaultShapes[name]);
}

/** Boxes that are not wholly in the container that they stand in. What hangs under an icon, such as a pill, is in none. */
function outside(graph, cells) {
  const model = graph.getModel();
  const isIn = (inner, outer) => inner.x >= outer.x - 1 && inner.y >= outer.y - 1
    && inner.x + inner.width <= outer.x + outer.width + 1 && inner.y + inner.height <= outer.y + outer.height + 1;
  return cells.filter(cell => {
    const parent = model.getParent(cell);
    if (!model.isVertex(cell) || !model.isVertex(parent) || cell.geometry?.relative) return false;
    if (graph.getCellStyle(parent).container !== 1 && graph.getCellStyle(parent).container !== '1') return false;
    return !isIn(graph.view.getState(cell), graph.view.getState(parent));
  }).map(cell => `${cell.id}: outside of ${model.getParent(cell).id}`);
}

/** Draws a page of a file, counted from 0, at its own coordinates, and reports. */
window.draw = function (text, nth = 0) {
  const file = new DOMParser().parseFromString(text, 'text/xml');
  const error = file.getElementsByTagName('parsererror')[0];
  if (error) return { fatal: [`no XML: ${error.textContent}`], newer: [], cells: 0 };
  const pages = file.getElementsByTagName('diagram');
  const page = Editor.parseDiagramNode(pages[nth]);
  const fatal = brokenFile(page);
  const box = document.getElementById('page');
  box.replaceChildren();
  const width = Number(page.getAttribute('pageWidth')), height = Number(page.getAttribute('pageHeight'));
  Object.assign(box.style, { position: 'relative', width: `${width}px`, height: `${height}px`, overflow: 'hidden' });
  const graph = new Graph(box);
  graph.setEnabled(false);
  graph.resetViewOnRootChange = false;
  new mxCodec(page.ownerDocument).decode(page, graph.getModel());
  graph.view.validate();
  const newer = new Set();
  const cells = Object.values(graph.getModel().cells);
  for (const cell of cells) {
    for (const name of missingStencils(graph.getCellStyle(cell) ?? {})) {
      if (NEWER.test(name)) newer.add(name);
      else fatal.push(`${cell.id}: no stencil ${name}`);
    }
    const state = graph.view.getState(cell);
    if (state && ![state.x, state.y, state.width, state.height].every(Number.isFinite)) fatal.push(`${cell.id}: has no place`);
    if (graph.getModel().isEdge(cell) && (state?.absolutePoints ?? []).filter(Boolean).length < 2) fatal.push(`${cell.id}: is not drawn`);
  }
  fatal.push(...outside(graph, cells));
  return { pages: pages.length, fatal, newer: [...newer].sort(), cells: cells.length, width, height, paths: paths(graph, cells) };
};

/** The corners of each edge as drawn, by id: for comparison with where they should be. */
function paths(graph, cells) {
  const drawn = cells.filter(cell => graph.getModel().isEdge(cell)).map(cell => [cell.id, graph.view.getState(cell)]);
  return Object.fromEntries(drawn.map(([id, state]) => [id, (state?.absolutePoints ?? []).filter(Boolean).map(p => [p.x, p.y])]));
}
