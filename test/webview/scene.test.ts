/** The charts as they are drawn, without a browser: every mark against the functions themselves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { activationById, defaultParameters } from "../../src/engine/activations/catalogue.ts";
import { activations } from "../../src/engine/activations/index.ts";
import type { ElementwiseActivation, ParameterValues } from "../../src/engine/model.ts";
import { curveCharts } from "../../webview/charts.ts";
import { isJump, type Zone as View } from "../../webview/curves.ts";
import { areaOf, curveScene, scalesOf } from "../../webview/plot/curveScene.ts";
import { decades, niceStep, ticks } from "../../webview/plot/scale.ts";
import type { Mark, Scene } from "../../webview/plot/scene.ts";
import type { ShownCurve } from "../../webview/shown.ts";
import { initialState } from "../../webview/state.ts";
import type { Theme } from "../../webview/theme.ts";
import { panned, roundX, snapped, stepOf, zoomed } from "../../webview/zoom.ts";

const theme: Theme = {
  foreground: "#000",
  muted: "#666",
  background: "#fff",
  grid: { colour: "#eee" },
  axis: { colour: "#999" },
  zone: { colour: "#ccc" },
  warning: "#fa0",
  bad: "#f00",
  font: "sans-serif",
  fontSize: 13,
  colours: ["#00f"],
  dashes: [[]],
  highContrast: false,
};

const shown = (activation: ElementwiseActivation, parameters: ParameterValues): ShownCurve => ({
  index: 0,
  activation,
  parameters,
  label: activation.name,
  colour: "#00f",
  dash: [],
  selected: true,
});
const elementwise = (id: string) => activationById(id) as ElementwiseActivation;
const size = { width: 500, height: 300 };
const within = (reach: number): View => ({ from: -reach, to: reach });

function drawn(activation: ElementwiseActivation, parameters: ParameterValues, view: View, log = false) {
  const charts = curveCharts({ ...initialState, view, log }, [shown(activation, parameters)], [size, size]);
  return charts.map((chart) => ({ scene: curveScene(chart, theme), scales: scalesOf(chart), chart }));
}

const linesOf = ({ inside }: Scene) =>
  inside.flatMap((mark) => (mark.kind === "line" && mark.colour === "#00f" ? [mark.points] : []));
const dotsOf = ({ inside }: Scene) => inside.flatMap((mark) => (mark.kind === "dot" ? [mark] : []));

for (const activation of activations) {
  if (activation.shape !== "elementwise") continue;
  test(`${activation.id}: every point of both charts is where the function is, and no line crosses a jump`, () => {
    const parameters = defaultParameters(activation);
    for (const view of [within(6), within(0.01), { from: 0.4, to: 3.1 }]) {
      const [upper, lower] = drawn(activation, parameters, view);
      const all = activation.kinks(parameters);
      const kinks = all.filter(isJump);
      const isAtKink = (x: number) => all.some((kink) => Math.abs(kink.x - x) < 1e-9);
      for (const { scene, scales, of } of [
        { ...upper!, of: activation.f },
        { ...lower!, of: activation.gradient },
      ]) {
        assert.ok(linesOf(scene).length > 0);
        for (const [px, py] of linesOf(scene).flat()) {
          const x = scales.x.toValue(px);
          if (isAtKink(x)) continue;
          assert.ok(Math.abs(py - scales.y(of.call(activation, x, parameters))!) < 0.01, `at ${x}`);
        }
      }
      for (const { x, left, right } of kinks) {
        const at = lower!.scales.x.toPixel(x);
        for (const points of linesOf(lower!.scene)) {
          const [from, to] = [points[0]![0], points.at(-1)![0]];
          assert.ok(to <= at + 1e-6 || from >= at - 1e-6, `a line leads over the jump at ${x}`);
        }
        if (x <= view.from || x >= view.to) continue;
        const heights = dotsOf(lower!.scene)
          .filter((dot) => Math.abs(dot.at[0] - at) < 1e-6)
          .map((dot) => dot.at[1]);
        for (const limit of [left, right].filter(Number.isFinite)) {
          const wanted = lower!.scales.y(limit)!;
          assert.ok(
            heights.some((height) => Math.abs(height - wanted) < 0.01),
            `no mark at the one-sided gradient ${limit} at ${x}`,
          );
        }
      }
    }
  });
}

test("at the kink of ReLU the used gradient is a filled dot, the other limit an open one", () => {
  const [, lower] = drawn(elementwise("relu"), {}, within(6));
  const fills = dotsOf(lower!.scene).map(({ at, fill }) => [at[1] === lower!.scales.y(0), fill]);
  assert.deepEqual(fills, [
    [true, "#00f"],
    [false, "#fff"],
  ]);
});

test("on a log scale a gradient of 0 has a row of its own, and a slope of 0.01 is two decades below 1", () => {
  const [, relu] = drawn(elementwise("relu"), {}, within(6), true);
  const bottom = areaOf(size.width, size.height, true).bottom;
  const rows = new Set(linesOf(relu!.scene).map((points) => points[0]![1]));
  assert.equal(rows.size, 2);
  assert.ok([...rows].every((row) => row < bottom));
  assert.equal(relu!.scales.y(1e-9), null, "what is smaller than the axis is not drawn at its end");
  const [, leaky] = drawn(elementwise("leaky_relu"), { negative_slope: 0.01 }, within(6), true);
  const y = (value: number) => leaky!.scales.y(value)!;
  assert.ok(Math.abs(y(0.01) - y(0.1) - (y(0.1) - y(1))) < 1e-9);
  assert.equal(y(-0.1), y(0.1), "the size counts");
  const texts = relu!.scene.outside.flatMap((mark: Mark) => (mark.kind === "text" ? [mark.text] : []));
  assert.ok(texts.includes("0") && texts.includes("1"), texts.join(" "));
});

test("the flat zone ends where |gradient| is 0.01, far below a pixel", () => {
  const tanh = elementwise("tanh");
  const [upper] = drawn(tanh, {}, within(6));
  const [left, right] = upper!.chart.zones;
  for (const x of [left!.to, right!.from]) {
    assert.ok(Math.abs(tanh.gradient(x, {}) - 0.01) < 1e-9, `${tanh.gradient(x, {})}`);
  }
  assert.deepEqual(drawn(elementwise("relu"), {}, within(6))[0]!.chart.zones, [{ from: -6, to: 0 }]);
});

test("ticks are round and exact, and not too many", () => {
  assert.deepEqual(ticks(-0.3, 0.3, 6), [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  assert.deepEqual(ticks(0.00012, 0.00018, 3), [0.00012, 0.00014, 0.00016, 0.00018]);
  assert.deepEqual(decades(1e-3, 1.6), [0.001, 0.01, 0.1, 1]);
  assert.deepEqual([0.005, 0.03, 0.015, 0.07].map(niceStep), [0.005, 0.05, 0.02, 0.1]);
});

test("a zoom keeps the point that it is made at, a pan the width", () => {
  const near = zoomed(within(6), 2, 3);
  assert.deepEqual(near, { from: -1.5, to: 4.5 });
  assert.deepEqual(panned(near, 0.5), { from: 1.5, to: 7.5 });
});

test("the cross-hair takes a kink that it is next to, and else round numbers", () => {
  const relu = [{ activation: elementwise("relu"), parameters: {} }];
  assert.equal(snapped(0.02, relu, within(6)), 0);
  assert.equal(snapped(1.23456, relu, within(6)), roundX(1.23456, within(6)));
  assert.equal(roundX(-1e-9, within(6)), 0);
  assert.ok(stepOf(within(0.01)) < 1e-3, "finer in a nearer view");
});
