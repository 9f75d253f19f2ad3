'use strict';
// The predictions of a network with two inputs over the input plane, at several iterations.

/** Index of the frame shown first: the model's, or else the last. */
function firstFrame(run) {
  const model = run.frames.findIndex(frame => frame.iteration === run.model);
  return model < 0 ? run.frames.length - 1 : model;
}

function frameName(run, frame) {
  return 'iteration ' + number(frame.iteration) + (frame.iteration === run.model ? ' (saved model)' : '');
}

/** A section whose slider and thumbnails select the iteration to show. */
function framesSection(run) {
  const views = [];
  if (run.surface) {
    views.push(surfaceView(run));
  }
  if (run.frames[0].parameters) {
    views.push(netView(run));
  }
  const slider = element('input', {type: 'range', id: 'frame', min: 0, max: run.frames.length - 1, step: 1,
    value: firstFrame(run), input: () => show(Number(slider.value))});
  const said = element('output', {for: 'frame'});
  const small = run.surface && run.frames.length > 1 ? smallPictures(run, at => show(at)) : null;

  function show(at) {
    slider.value = at;
    slider.setAttribute('aria-valuetext', frameName(run, run.frames[at]));
    said.textContent = frameName(run, run.frames[at]);
    views.forEach(view => view.show(run.frames[at]));
    if (small) {
      [...small.children].forEach((button, i) => button.setAttribute('aria-pressed', i === at));
    }
  }

  const all = section('learned', 'Learned function', null,
    element('div', {class: 'controls'}, element('label', {for: 'frame'}, 'Iteration'), slider, said),
    element('div', {class: 'grid'}, ...views.map(view => view.figure)), small);
  drawn(all, () => show(Number(slider.value)));
  return all;
}

function smallPictures(run, choose) {
  return element('div', {class: 'small', role: 'group', 'aria-label': 'Input plane at each iteration'},
    ...run.frames.map((frame, i) => {
      const canvas = element('canvas', {width: 128, height: 128, 'aria-hidden': 'true'});
      drawn(canvas, () => drawSurface(canvas, run, frame, 0));
      return element('button', {type: 'button', click: () => choose(i), 'aria-label': frameName(run, frame)},
        canvas, number(frame.iteration));
    }));
}

function surfaceView(run) {
  const names = inputNames(run);
  const {low, high} = run.surface;
  const canvas = element('canvas', {id: 'surface', width: 840, height: 840, role: 'img'});
  const figure = element('figure', {},
    element('figcaption', {}, 'Input plane', element('small', {}, ' ' + pointsText(run))),
    element('div', {class: 'plane'},
      element('span', {class: 'y'}, element('span', {}, number(high[1], 3)), element('span', {}, names[1]),
        element('span', {}, number(low[1], 3))),
      canvas,
      element('span', {class: 'x'}, element('span', {}, number(low[0], 3)), element('span', {}, names[0]),
        element('span', {}, number(high[0], 3)))),
    element('ul', {class: 'legend'}, ...classNames(run).map((name, c) =>
      element('li', {}, swatch(() => classColour(c)), 'class ' + name)),
    run.frames[0].classes ? null : element('li', {}, 'line: decision boundary')));
  return {
    figure,
    show(frame) {
      drawSurface(canvas, run, frame, 10);
      canvas.setAttribute('aria-label', 'Predicted class at each point, at ' + frameName(run, frame));
    },
  };
}

function pointsText(run) {
  const points = run.examples && run.examples.points;
  const all = run.record.data && run.record.data.examples;
  return !points ? '' : points.length < all
    ? `${number(points.length)} of ${number(all)} training examples`
    : 'all training examples';
}

function inputNames(run) {
  const features = run.examples && run.examples.features;
  return features || Array.from({length: run.layers[0]}, (nothing, i) => 'x' + (i + 1));
}

function classNames(run) {
  const outputs = run.layers[run.layers.length - 1];
  return (run.examples && run.examples.classes) || Array.from({length: Math.max(2, outputs)}, (nothing, c) => String(c));
}

/** Class 1 of two classes has the first colour, because it is the positive class. */
function classColour(c) {
  return series(c < 2 ? 1 - c : c);
}

/** Draws one frame. The radius of points is in canvas pixels; 0 draws no points. */
function drawSurface(canvas, run, frame, radius) {
  const size = run.surface.size;
  const paper = canvas.getContext('2d');
  const values = shares(frame.values);
  const classes = frame.classes && bytes(frame.classes);
  const grid = document.createElement('canvas');
  grid.width = grid.height = size;
  grid.getContext('2d').putImageData(image(size, values, classes, classNames(run).length), 0, 0);
  // grid points are pixel centres; the outermost ones lie on the edge of the canvas
  const step = canvas.width / (size - 1);
  paper.drawImage(grid, -step / 2, -step / 2, canvas.width + step, canvas.height + step);
  if (!classes) {
    drawLine(paper, values, size, step, canvas.width);
  }
  if (radius > 0 && run.examples && run.examples.points) {
    drawPoints(paper, run, canvas.width, run.examples.points.length > 100 ? radius / 2 : radius);
  }
}

/** Decodes 16-bit numbers to values from 0 to 1. */
function shares(base64) {
  const from = bytes(base64);
  return Float32Array.from({length: from.length / 2}, (nothing, i) => (256 * from[2 * i] + from[2 * i + 1]) / 65535);
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
}

/** The colour of each grid point, stronger where the prediction is more certain. The first row is at the top. */
function image(size, values, classes, count) {
  const pixels = new ImageData(size, size);
  const neutral = rgb(colour('card'));
  const colours = Array.from({length: count}, (nothing, c) => rgb(classColour(c)));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = (size - 1 - row) * size + column;
      const a = values[from];
      const [of, sure] = classes ? [classes[from], (a - 1 / count) / (1 - 1 / count)] : [a > 0.5 ? 1 : 0, Math.abs(2 * a - 1)];
      pixels.data.set([...mix(neutral, colours[of], 0.15 + 0.6 * sure), 255], 4 * (row * size + column));
    }
  }
  return pixels;
}

/**
 * Draws the decision boundary: in each grid square, a line between the sides that it crosses. Crossings are interpolated in z,
 * which is nearly linear. The output sigmoid(z) is nearly a step where the prediction is confident.
 */
function drawLine(paper, values, size, step, height) {
  const z = values.map(a => Math.log((a + 1e-5) / (1 - a + 1e-5)));
  const at = (x, y) => z[y * size + x];
  paper.beginPath();
  for (let y = 0; y < size - 1; y++) {
    for (let x = 0; x < size - 1; x++) {
      const corners = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]];
      const crossings = [];
      corners.forEach(([x0, y0], i) => {
        const [x1, y1] = corners[(i + 1) % 4];
        const [from, to] = [at(x0, y0), at(x1, y1)];
        if (from > 0 !== to > 0) {
          const share = from / (from - to);
          crossings.push([x0 + (x1 - x0) * share, y0 + (y1 - y0) * share]);
        }
      });
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        paper.moveTo(crossings[i][0] * step, height - crossings[i][1] * step);
        paper.lineTo(crossings[i + 1][0] * step, height - crossings[i + 1][1] * step);
      }
    }
  }
  paper.strokeStyle = colour('ink');
  paper.lineWidth = height / 200;
  paper.lineCap = 'round';
  paper.stroke();
}

function drawPoints(paper, run, size, radius) {
  const {low, high} = run.surface;
  for (const [x, y, c] of run.examples.points) {
    paper.beginPath();
    paper.arc((x - low[0]) / (high[0] - low[0]) * size, size - (y - low[1]) / (high[1] - low[1]) * size, radius, 0, 2 * Math.PI);
    paper.fillStyle = classColour(Math.round(c));
    paper.fill();
    paper.lineWidth = radius / 3;
    paper.strokeStyle = colour('card');
    paper.stroke();
  }
}
