/** The table of values on the page. */
import type { CurveSection } from "./compare.ts";
import { button, element, icon, refill } from "./dom.ts";
import { folded } from "./folded.ts";
import type { Action } from "./state.ts";
import { asText, type ValueTable, valueTable } from "./table.ts";

export function createValues(dispatch: (action: Action) => void, copy: (text: string) => void): CurveSection {
  const host = element("div", {
    class: "scroll",
    tabindex: 0,
    role: "region",
    "aria-label": "Table of values",
  });
  let table: ValueTable = { functions: [], rows: [] };
  const copyButton = button("Copy", { class: "secondary", "data-key": "copy" }, () => copy(asText(table)));
  copyButton.replaceChildren(icon("copy"), "Copy");
  const fold = folded("values", dispatch, { class: "values" });
  const node = fold.fill("Table of values", host, copyButton);
  return {
    node,
    update(state, curves) {
      node.hidden = curves.length === 0;
      fold.update(state);
      if (!node.open) return;
      table = valueTable(curves, state.view, state.probe);
      refill(host, render(table));
    },
  };
}

function render({ functions, rows }: ValueTable): HTMLElement {
  const names = functions.map((label) => element("th", { colspan: 2, scope: "colgroup" }, label));
  const columns = functions.flatMap(() => ["f(x)", "f′(x)"]);
  const body = rows.map(([x, ...values]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, x ?? ""),
      ...values.map((text) => element("td", {}, text)),
    ),
  );
  const head = element(
    "thead",
    {},
    element("tr", {}, element("th", { scope: "col", rowspan: 2 }, "x"), ...names),
    element("tr", {}, ...columns.map((text) => element("th", { scope: "col" }, text))),
  );
  return element("table", { class: "numbers" }, head, element("tbody", {}, ...body));
}
