'use strict';
// Time per iteration, by the phases named in the logs.

/** One run's bar with a legend, and a plot over the iterations. */
function timeSection(run, names) {
  const {mean} = run.time;
  const all = sum(mean);
  const holder = element('div', {class: 'chart'});
  const over = run.time.x.length > 1;
  if (over) {
    requestAnimationFrame(() => drawn(holder, () => timeChart(holder, run, names)));
  }
  return section('time', 'Where the time went', `Mean up to the last logged iteration: ${number(all)} ms per iteration, measured on the driver.`,
    timeBar(run, names),
    element('ul', {class: 'legend'}, ...run.time.names.map((name, i) =>
      element('li', {}, swatch(() => series(names.indexOf(name))),
        `${name} `, element('b', {}, percent(mean[i], all)), ` ${number(mean[i], 3)} ms`))),
    over ? element('figure', {}, element('figcaption', {}, 'Shares by iteration'), holder) : null);
}

/** One bar per run, all of the same length. */
function timesSection(runs, names) {
  return section('times', 'Where the time went', 'Shares of the time per iteration, for each run.',
    ...runs.filter(run => run.time).map(run => element('div', {class: 'time'},
      element('div', {}, run.label, element('small', {}, ` ${number(sum(run.time.mean))} ms`)), timeBar(run, names))),
    element('ul', {class: 'legend'}, ...names.map((name, i) => element('li', {}, swatch(() => series(i)), name))));
}

function timeBar(run, names) {
  const {mean} = run.time;
  const all = sum(mean);
  const text = (name, i) => `${name} ${percent(mean[i], all)}`;
  const bar = shape('svg', {viewBox: '0 0 1000 28', preserveAspectRatio: 'none', class: 'bar', role: 'img',
    'aria-label': 'Shares of the time per iteration: ' + run.time.names.map(text).join(', ')});
  let x = 0;
  run.time.names.forEach((name, i) => {
    const width = all > 0 ? 1000 * mean[i] / all : 0;
    const part = shape('rect', {x, y: 0, width, height: 28}, shape('title', {}, text(name, i)));
    drawn(part, () => part.setAttribute('fill', series(names.indexOf(name))));
    bar.append(part);
    x += width;
  });
  return bar;
}

function sum(numbers) {
  return numbers.reduce((all, one) => all + one, 0);
}

function percent(part, all) {
  return all > 0 ? (100 * part / all).toFixed(part / all < 0.0995 ? 1 : 0) + ' %' : '–';
}

/** Draws stacked areas: first the sum of all phases, then, over it, the sum of all but the last phase, and so on. */
function timeChart(holder, run, names) {
  const {x, milliseconds} = run.time;
  const wholes = x.map((nothing, at) => sum(milliseconds.map(part => part[at])));
  const upTo = phase => x.map((nothing, at) =>
    wholes[at] === 0 ? 0 : sum(milliseconds.slice(0, phase + 1).map(part => part[at])) / wholes[at]);
  const order = run.time.names.map((nothing, i) => milliseconds.length - 1 - i);
  replace(holder, {
    width: holder.clientWidth,
    height: 180,
    cursor: {points: {show: false}, drag: {x: true, y: false}},
    scales: {x: {time: false}, y: {range: [0, 1]}},
    axes: [axis(null, 30), axis(share => Math.round(100 * share) + ' %', 58)],
    legend: {markers: {width: 0, fill: (u, s) => u.series[s].stroke()}},
    series: [{label: 'iteration', value: (u, at) => number(at)}].concat(order.map(phase => ({
      label: run.time.names[phase],
      stroke: series(names.indexOf(run.time.names[phase])),
      fill: series(names.indexOf(run.time.names[phase])),
      width: 1,
      points: {show: false},
      value: (u, y, s, at) => at === null || at === undefined ? '–' : percent(milliseconds[phase][at], wholes[at]),
    }))),
  }, [x, ...order.map(upTo)], 'Shares of the time');
}
