'use strict';
// The page from its data.

const runs = JSON.parse(document.getElementById('data').textContent);
runs.forEach((run, r) => { run.label = run.record.name; });
document.getElementById('head').append(element('h1', {}, runs.map(run => run.label).join(' · ')));
document.getElementById('main').replaceChildren(curvesSection(runs));
