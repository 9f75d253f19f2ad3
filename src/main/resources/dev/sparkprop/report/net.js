'use strict';
// Draws a network: one colour for positive parameters, one for negative ones; large values have stronger colours.

const NET_WIDTH = 520;

function netView(run) {
  const {nodes, lines, height} = netShapes(run);
  const drawing = shape('svg', {viewBox: `0 0 ${NET_WIDTH} ${height}`, class: 'net', role: 'img'},
    ...lines.map(line => line.shape), ...nodes.flatMap(node => [node.shape, node.text]));
  const strongest = element('span');
  const figure = element('figure', {},
    element('figcaption', {}, 'Network', element('small', {}, ` ${run.layers.join('-')}, ${number(run.parameters)} parameters`)),
    drawing,
    element('ul', {class: 'legend'},
      element('li', {}, swatch(() => series(0)), 'positive'), element('li', {}, swatch(() => series(1)), 'negative'),
      element('li', {}, strongest)));
  return {
    figure,
    show(frame) {
      const largest = Math.max(...frame.parameters.map(Math.abs), 1e-9);
      drawing.setAttribute('aria-label', 'Network ' + run.layers.join('-') + ' at ' + frameName(run, frame));
      strongest.textContent = 'lines are weights, circles are biases; the strongest colour stands for ±' + number(largest, 3);
      for (const part of [...lines, ...nodes.filter(node => node.parameter !== undefined)]) {
        const value = frame.parameters[part.parameter];
        part.paint(value >= 0 ? series(0) : series(1), Math.abs(value) / largest);
        part.title.textContent = part.name + ' = ' + number(value, 5);
      }
    },
  };
}

/** Circles for units and lines for weights. Parameters are in the order W1 (outputs × inputs), b1, W2, …; units count from 0, as in explain. */
function netShapes(run) {
  const widest = Math.max(...run.layers);
  const height = Math.max(340, Math.min(640, widest * 44));
  const radius = Math.max(3, Math.min(14, height / widest / 3));
  const left = 100;
  const place = (layer, unit) => [
    left + layer * (NET_WIDTH - 2 * left) / (run.layers.length - 1),
    height * (unit + 0.5) / run.layers[layer],
  ];
  const nodes = [];
  const lines = [];
  let offset = 0;
  run.layers.forEach((width, layer) => {
    const below = layer === 0 ? 0 : run.layers[layer - 1];
    for (let unit = 0; unit < width; unit++) {
      const [x, y] = place(layer, unit);
      for (let input = 0; input < below; input++) {
        const [x0, y0] = place(layer - 1, input);
        const from = layer === 1 && run.examples && run.examples.features ? ` (${inputNames(run)[input]})` : '';
        lines.push(weight(offset + unit * below + input, `W${layer}[${unit},${input}]${from}`, x0, y0, x, y));
      }
      nodes.push(layer === 0 ? unitShape(x, y, radius, unit, run)
        : bias(offset + width * below + unit, `b${layer}[${unit}]`, x, y, radius, layer === run.layers.length - 1, unit, run));
    }
    offset += layer === 0 ? 0 : width * below + width;
  });
  return {nodes, lines, height};
}

function weight(parameter, name, x1, y1, x2, y2) {
  const title = shape('title');
  const line = shape('line', {x1, y1, x2, y2}, title);
  return {parameter, name, title, shape: line, paint(stroke, strength) {
    line.setAttribute('stroke', stroke);
    line.setAttribute('stroke-opacity', 0.12 + 0.88 * strength);
    line.setAttribute('stroke-width', 1 + 6 * strength);
  }};
}

function bias(parameter, name, x, y, r, last, unit, run) {
  const title = shape('title');
  const circle = shape('circle', {cx: x, cy: y, r}, title);
  return {parameter, name, title, shape: circle, text: last && r > 5 ? nameShape(x + r + 6, y, 'start', outputName(run, unit)) : '',
    paint(fill, strength) {
      // opaque, because the lines end behind the circle
      circle.setAttribute('fill', `rgb(${mix(rgb(colour('card')), rgb(fill), 0.08 + 0.92 * strength)})`);
      circle.setAttribute('stroke', colour('soft'));
    }};
}

/** An input unit, which has no parameters. */
function unitShape(x, y, r, unit, run) {
  return {
    shape: shape('circle', {cx: x, cy: y, r, class: 'input'}),
    text: r > 5 ? nameShape(x - r - 6, y, 'end', inputNames(run)[unit]) : '',
  };
}

function outputName(run, unit) {
  const outputs = run.layers[run.layers.length - 1];
  return outputs === 1 ? 'y' : String(classNames(run)[unit]);
}

function nameShape(x, y, anchor, text) {
  const short = text.length > 12 ? text.slice(0, 11) + '…' : text;
  const title = shape('title');
  title.textContent = text;
  return shape('text', {x, y, 'text-anchor': anchor, 'dominant-baseline': 'central'}, short, title);
}
