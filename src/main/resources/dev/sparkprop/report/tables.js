'use strict';
// Text and tables about runs.

/** A small square; its colour follows the theme. */
function swatch(of) {
  const square = shape('svg', {viewBox: '0 0 10 10', class: 'swatch', 'aria-hidden': 'true'},
    shape('rect', {width: 10, height: 10, rx: 2}));
  drawn(square, () => square.firstChild.setAttribute('fill', of()));
  return square;
}

function headSection(runs) {
  const one = runs.length === 1;
  return [
    element('p', {class: 'kind'}, one ? 'Training run' : `${runs.length} training runs`),
    element('h1', {}, one ? runs[0].label : runs.map(run => run.label).join(' and ')),
    one ? element('p', {class: 'about'}, status(runs[0]), ' ' + facts(runs[0])) : null,
    one ? tiles(runs[0]) : overview(runs),
    one && runs[0].record.error ? element('p', {class: 'error', role: 'alert'}, runs[0].record.error) : null,
    one ? symptoms(runs[0]) : null,
  ].filter(part => part !== null);
}

function status(run) {
  return element('span', {class: 'status ' + (run.record.status === 'failed' ? 'bad' : '')}, run.record.status);
}

/** The final diagnosis of a run, or null. */
function symptoms(run) {
  const found = run.record.diagnosis || [];
  return found.length === 0 ? null : element('ul', {class: 'symptoms', 'aria-label': 'Diagnosis'}, ...found.map(symptom =>
    element('li', {}, element('b', {}, symptom.rule), ` (since iteration ${number(symptom.iteration)}). ${symptom.text}`)));
}

function facts(run) {
  const data = run.record.data || {};
  return `a ${run.layers.join('-')} network, ${number(data.examples)} examples (${data.source}), ${started(run)}`;
}

function started(run) {
  return String(run.record.started).replace(/T(\d\d:\d\d).*/, ' $1 UTC');
}

function last(run, name) {
  return run.curves[name] ? run.curves[name].y[run.curves[name].y.length - 1] : undefined;
}

function seconds(run) {
  const result = run.record.result;
  return duration(result ? result.seconds : last(run, 'elapsedSeconds'));
}

function duration(all) {
  if (all === undefined) {
    return '–';
  }
  const whole = Math.round(all);
  return all < 100 ? number(all, 3) + ' s' : all < 6000 ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`;
}

function iterations(run) {
  return number(run.record.result ? run.record.result.iterations : lastIteration(run));
}

function lastIteration(run) {
  return run.curves.cost ? run.curves.cost.x[run.curves.cost.x.length - 1] : undefined;
}

function tiles(run) {
  const all = [['Cost', number(last(run, 'cost'))], ['Accuracy', number(last(run, 'accuracy'))],
    ['Validation cost', number(last(run, 'validationCost'))], ['Validation accuracy', number(last(run, 'validationAccuracy'))],
    ['Iterations', iterations(run)], ['Training time', seconds(run)]].filter(tile => tile[1] !== '–');
  return element('dl', {class: 'tiles'}, ...all.map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, value))));
}

function overview(runs) {
  const validated = runs.some(run => run.curves.validationCost);
  return table(['Run', 'Network', 'Status', 'Cost', 'Accuracy'].concat(validated ? ['Validation cost'] : [], ['Iterations', 'Training time']),
    runs.map((run, r) => [element('span', {}, swatch(() => series(r)), run.label), run.layers.join('-'), status(run),
      number(last(run, 'cost')), number(last(run, 'accuracy'))].concat(
      validated ? [number(last(run, 'validationCost'))] : [], [iterations(run), seconds(run)])));
}

function table(head, rows) {
  return element('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': head.join(', ')},
    element('table', {},
      element('thead', {}, element('tr', {}, ...head.map(name => element('th', {scope: 'col'}, name)))),
      element('tbody', {}, ...rows.map(row => element('tr', {}, ...row.map((cell, i) =>
        i === 0 ? element('th', {scope: 'row'}, cell) : element('td', {}, cell)))))));
}

/** All values in an object except null, by their dotted names. */
function flat(object, prefix = '') {
  return Object.entries(object).flatMap(([name, value]) =>
    value !== null && typeof value === 'object' && !Array.isArray(value) ? flat(value, prefix + name + '.')
      : value === null || value === undefined ? [] : [[prefix + name, Array.isArray(value) ? JSON.stringify(value) : String(value)]]);
}

function differences(runs) {
  const configs = runs.map(run => new Map(flat(run.record.config)));
  const keys = [...new Set(configs.flatMap(config => [...config.keys()]))].sort();
  const differ = keys.filter(key => configs.some(config => config.get(key) !== configs[0].get(key)));
  return section('differences', 'Differences',
    differ.length === 0 ? 'The configurations are the same.' : 'Settings that differ between the configurations, including defaults.',
    differ.length === 0 ? null : table(['Key'].concat(runs.map(run => run.label)),
      differ.map(key => [key].concat(configs.map(config => config.get(key) ?? '–')))));
}

function confusionSection(run) {
  const {classes, confusion, counted} = run.examples;
  const sums = confusion.map(sum);
  const right = sum(confusion.map((row, c) => row[c]));
  const whole = sum(sums);
  const box = table(['actual ↓ predicted →'].concat(classes, ['correct']), confusion.map((row, c) => [classes[c]].concat(
    row.map(weight => number(weight)), [percent(row[c], sums[c])])));
  box.classList.add('confusion');
  drawn(box, () => [...box.querySelectorAll('tbody tr')].forEach((line, c) => [...line.cells].slice(1, -1).forEach((cell, p) => {
    const share = sums[c] === 0 ? 0 : confusion[c][p] / sums[c];
    cell.style.background = `rgb(${mix(rgb(colour('card')), rgb(series(c === p ? 0 : 1)), 0.55 * share)})`;
  })));
  const weighted = run.record.config.data && run.record.config.data.weight;
  return section('confusion', 'Confusion matrix',
    `${number(right)} of ${number(whole)} ${counted} examples${weighted ? ' (weighted)' : ''} are classified correctly by the `
      + `${run.record.status === 'finished' ? 'model' : 'network'}.`, box);
}

function recordSections(run) {
  const {result, versions, cluster, kernels, data} = run.record;
  const parts = [['Result', result || {}], ['Data', data || {}],
    ['Environment', {...versions, cluster, kernels}],
    ['Configuration', run.record.config]];
  return section('record', 'Run details', run.directory,
    element('div', {class: 'columns'}, ...parts.flatMap(([title, object]) => [element('h3', {}, title), list(flat(object))])));
}

function list(entries) {
  return element('dl', {class: 'list'}, ...entries.map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, value))));
}
