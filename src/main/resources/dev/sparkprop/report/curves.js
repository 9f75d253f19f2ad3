'use strict';
// Curves over the iterations, for all runs.

/** The plots, each with its training curve and its validation curve. */
const PLOTS = [
  {title: 'Cost', curves: ['cost', 'validationCost'], log: true},
  {title: 'Accuracy', curves: ['accuracy', 'validationAccuracy'], log: false},
  {title: 'Gradient norm', curves: ['gradientNorm'], log: true},
  {title: 'Relative update size', curves: ['updateRatio'], log: true,
    about: '‖update‖ / ‖parameters‖'},
];

const PLOT_HEIGHT = 250;

function curvesSection(runs) {
  const plots = PLOTS.filter(plot => runs.some(run => plot.curves.some(name => run.curves[name])));
  if (plots.length === 0) {
    return section('curves', 'Curves', 'No iteration has been logged yet.');
  }
  const box = element('input', {type: 'checkbox', id: 'log', change: () => charts.forEach(({draw}) => draw())});
  const grid = element('div', {class: 'grid'});
  const all = section('curves', 'Curves', null,
    element('div', {class: 'controls'},
      element('label', {for: 'log'}, box, ' Logarithmic'),
      element('span', {class: 'hint'}, 'Drag to zoom, double-click to reset. Keys: ← → read values, + − zoom, Esc reset.')),
    grid);
  const charts = plots.map(plot => {
    const holder = element('div', {class: 'chart'});
    grid.append(element('figure', {},
      element('figcaption', {}, plot.title, plot.about ? element('small', {}, ' ' + plot.about) : null), holder));
    return {holder, draw: () => chart(holder, plot, runs, plot.log && box.checked)};
  });
  // the width of a plot is known once it is on the page
  requestAnimationFrame(() => charts.forEach(({holder, draw}) => drawn(holder, draw)));
  return all;
}

/** Draws a plot into its holder, replacing an earlier one. */
function chart(holder, plot, runs, log) {
  const lines = [];
  runs.forEach((run, r) => plot.curves.forEach((name, c) => {
    if (run.curves[name]) {
      lines.push({run, r, c, curve: run.curves[name]});
    }
  }));
  const data = uPlot.join(lines.map(line => [line.curve.x, line.curve.y.map(y => log && y <= 0 ? null : y)]),
    lines.map(() => [0, 0]));
  const options = {
    width: holder.clientWidth,
    height: PLOT_HEIGHT,
    cursor: {sync: {key: 'iterations', scales: ['x', null]}, drag: {x: true, y: false}, points: {size: 7}},
    scales: {x: iterationsScale(runs, data[0]), y: log ? {distr: 3} : {}},
    axes: [axis(null, 30), axis(number, 58)],
    legend: {markers: {width: 0, fill: (u, s) => u.series[s].stroke()}},
    series: [{label: 'iteration', value: (u, x) => x === null ? '–' : number(x)}].concat(lines.map(line => ({
      label: lineLabel(line, runs, plot),
      stroke: series(runs.length > 1 ? line.r : line.c),
      width: 2,
      dash: line.c === 1 ? [6, 4] : undefined,
      spanGaps: true,
      points: {show: line.curve.x.length === 1},
      value: (u, y) => number(y, 5),
    }))),
  };
  replace(holder, options, data, plot.title);
}

/** All plots cover the same iterations, even if a curve has no values at the ends. */
function iterationsScale(runs, x) {
  const end = Math.max(...runs.map(run => lastIteration(run) ?? 1), 1);
  return {time: false, range: (u, min, max) => min === x[0] && max === x[x.length - 1] ? [0, end] : [min, max]};
}

function lineLabel(line, runs, plot) {
  const which = plot.curves.length === 1 ? plot.title.toLowerCase() : ['training', 'validation'][line.c];
  return runs.length > 1 ? line.run.label + (line.c === 1 ? ', validation' : '') : which;
}

/** An axis of a given size in pixels. */
function axis(format, size) {
  return {
    stroke: colour('soft'),
    grid: {stroke: colour('grid'), width: 1},
    ticks: {stroke: colour('grid'), width: 1, size: 5},
    size,
    font: '12px system-ui, sans-serif',
    values: (u, ticks) => ticks.map(tick => tick === null ? '' : (format || number)(tick, 3)),
  };
}

/** Puts a plot into its holder, keeps the zoom of the earlier one, and adds keyboard control. */
function replace(holder, options, data, title) {
  const old = holder.plot;
  const zoom = old && [old.scales.x.min, old.scales.x.max];
  if (old) {
    old.destroy();
  }
  const plot = new uPlot(options, data, holder);
  holder.plot = plot;
  if (zoom && zoom[0] !== null) {
    plot.setScale('x', {min: zoom[0], max: zoom[1]});
  }
  holder.tabIndex = 0;
  holder.setAttribute('role', 'group');
  holder.setAttribute('aria-label', title + ' by iteration: arrow keys read values, plus and minus zoom, escape resets');
  holder.querySelector('.u-legend').setAttribute('aria-live', 'polite');
  holder.onkeydown = event => {
    if (key(plot, event.key)) {
      event.preventDefault();
    }
  };
}

/** Handles a key in a plot. Returns whether it did anything. */
function key(plot, name) {
  const x = plot.data[0];
  const {min, max} = plot.scales.x;
  const at = plot.cursor.idx ?? plot.valToIdx((min + max) / 2);
  if (name === 'ArrowLeft' || name === 'ArrowRight') {
    const next = Math.min(x.length - 1, Math.max(0, at + (name === 'ArrowLeft' ? -1 : 1)));
    plot.setCursor({left: plot.valToPos(x[next], 'x'), top: plot.bbox.height / devicePixelRatio / 2});
  } else if (name === '+' || name === '=' || name === '-') {
    const half = (max - min) / 2 * (name === '-' ? 2 : 0.5);
    plot.setScale('x', {min: Math.max(x[0], x[at] - half), max: Math.min(x[x.length - 1], x[at] + half)});
  } else if (name === 'Escape' || name === '0') {
    plot.setScale('x', {min: x[0], max: x[x.length - 1]});
  } else {
    return false;
  }
  return true;
}

addEventListener('resize', () => document.querySelectorAll('.chart').forEach(holder => {
  if (holder.plot && holder.clientWidth !== holder.plot.width) {
    holder.plot.setSize({width: holder.clientWidth, height: holder.plot.height});
  }
}));
