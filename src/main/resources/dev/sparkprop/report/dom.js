'use strict';
// Shared by all parts of the page: elements, numbers and colours. Text always becomes text nodes, so no name can inject markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element with attributes and children. Children that are not elements become text. */
function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same for SVG. */
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

/** A section of the page with a heading and an optional description. */
function section(id, title, about, ...children) {
  return element('section', {id, 'aria-labelledby': id + '-title'},
    element('h2', {id: id + '-title'}, title),
    about ? element('p', {class: 'about'}, about) : null,
    ...children);
}

/** A number rounded to a few digits, such as 0.01549 or 1.2e-7. */
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

/** A colour of the current theme, light or dark. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

/** The colour of a run, a class or a phase. Colours repeat after eight. */
function series(index) {
  return colour('series-' + index % 8);
}

/** Red, green and blue of a hexadecimal colour. */
function rgb(hex) {
  return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
}

/** Mixes two colours: a share of 0 is the first, 1 the second. */
function mix(from, to, share) {
  return from.map((part, i) => Math.round(part + (to[i] - part) * share));
}

/** Draws an element, now and when the theme changes while it is on the page. */
function drawn(on, draw) {
  on.classList.add('drawn');
  on.redraw = draw;
  draw();
}

for (const query of ['(prefers-color-scheme: dark)', 'print']) {
  matchMedia(query).addEventListener('change', () => document.querySelectorAll('.drawn').forEach(on => on.redraw()));
}
