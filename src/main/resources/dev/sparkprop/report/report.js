'use strict';
// Builds the page from its data.

const runs = JSON.parse(document.getElementById('data').textContent);

/** Gives each run a unique label. */
runs.forEach(run => {
  const name = run.record.name ?? run.directory;
  run.label = runs.filter(other => other.record.name === name).length > 1
    ? name + ' ' + run.directory.split('/').filter(part => part).pop() : name;
});

/** The phases of all runs, so that each phase has one colour. */
const timeNames = [...new Set(runs.flatMap(run => run.time ? run.time.names : []))];

/** Everything about one run except its curves. */
function details(run) {
  return [
    runs.length > 1 ? symptoms(run) : null,
    run.frames && run.frames.length > 0 ? framesSection(run) : null,
    run.examples && run.examples.confusion ? confusionSection(run) : null,
    run.time ? timeSection(run, timeNames) : null,
    recordSections(run),
  ].filter(part => part !== null);
}

/** The details of the run that is selected by name. */
function chosenDetails() {
  const place = element('div');
  const choice = element('select', {id: 'run', change: show}, ...runs.map((run, r) => element('option', {value: r}, run.label)));

  function show() {
    place.replaceChildren(...details(runs[choice.value]));
  }

  show();
  return [element('div', {class: 'controls choice'}, element('label', {for: 'run'}, 'Details of'), choice), place];
}

document.getElementById('head').append(...headSection(runs));
document.getElementById('main').replaceChildren(curvesSection(runs),
  ...(runs.length === 1 ? details(runs[0]) : [differences(runs), timeNames.length > 0 ? timesSection(runs, timeNames) : '', ...chosenDetails()]));
