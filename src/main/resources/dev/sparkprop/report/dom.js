'use strict';
// What all drawings share: elements, numbers and colours. Text becomes text nodes only, so that no name can be markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; a child that is not an element is text. */
function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same within a drawing. */
function shape(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      node.addEventListener(key, value);
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(key, value === true ? '' : value);
    }
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

/** A part of the page, with its heading and a line that says what it is. */
function section(id, title, about, ...children) {
  return element('section', {id, 'aria-labelledby': id + '-title'},
    element('h2', {id: id + '-title'}, title),
    about ? element('p', {class: 'about'}, about) : null,
    ...children);
}

/** A number in as few digits as tell it, such as 0.01549 or 1.2e-7. */
function number(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) {
    return value.toLocaleString('en');
  }
  return size !== 0 && (size < 1e-3 || size >= 1e6)
    ? Number(value.toPrecision(Math.min(digits, 3))).toExponential().replace('e+', 'e')
    : String(Number(value.toPrecision(digits)));
}

/** A colour of the style sheet as it is now, in light or dark. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

/** The colour of a run, a class or a kind of time; they come again after eight. */
function series(index) {
  return colour('series-' + index % 8);
}

/** Its red, green and blue. */
function rgb(hex) {
  return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
}

/** Between two colours: 0 is all the first, 1 all the second. */
function mix(from, to, share) {
  return from.map((part, i) => Math.round(part + (to[i] - part) * share));
}

/** Draws now, and again whenever the colours of the page change. */
const redraws = [];

function drawn(draw) {
  redraws.push(draw);
  draw();
}

for (const query of ['(prefers-color-scheme: dark)', 'print']) {
  matchMedia(query).addEventListener('change', () => redraws.forEach(draw => draw()));
}
