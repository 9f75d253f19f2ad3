'use strict';
// The page from its data.

const runs = JSON.parse(document.getElementById('data').textContent);

/** Names that tell the runs apart. */
runs.forEach(run => {
  const name = run.record.name ?? run.directory;
  run.label = runs.filter(other => other.record.name === name).length > 1
    ? name + ' ' + run.directory.split('/').filter(part => part).pop() : name;
});

/** Kinds of time that any of the runs knows, so that each has one colour. */
const timeNames = [...new Set(runs.flatMap(run => run.time ? run.time.names : []))];

/** All about one run but for the curves. */
function details(run) {
  return [
    runs.length > 1 ? symptoms(run) : null,
    run.frames && run.frames.length > 0 ? framesSection(run) : null,
    run.examples && run.examples.confusion ? confusionSection(run) : null,
    run.time ? timeSection(run, timeNames) : null,
    recordSections(run),
  ].filter(part => part !== null);
}

/** Those of one run after the other, chosen by its name. */
function chosenDetails() {
  const place = element('div');
  const permanent = redraws.length;
  const choice = element('select', {id: 'run', change: show}, ...runs.map((run, r) => element('option', {value: r}, run.label)));

  function show() {
    redraws.length = permanent;
    place.replaceChildren(...details(runs[choice.value]));
  }

  show();
  return [element('div', {class: 'controls choice'}, element('label', {for: 'run'}, 'More about'), choice), place];
}

document.getElementById('head').append(...headSection(runs));
document.getElementById('main').replaceChildren(curvesSection(runs),
  ...(runs.length === 1 ? details(runs[0]) : [differences(runs), timeNames.length > 0 ? timesSection(runs, timeNames) : '', ...chosenDetails()]));
