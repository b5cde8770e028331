/** A workspace as large ones are: mostly code that has nothing to do with networks. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { imports, network } from "./modelCode.ts";

/** A model with its training: about 40 lines. `at` makes each another one. */
const model = (at: number, depth: number): string =>
  `${network(at, {
    width: 128 + (at % 7) * 32,
    slope: 1 + (at % 9),
    hidden: "            nn.Linear(width, width),\n            nn.ReLU(),\n".repeat(depth),
  })}

def train${at}(loader, epochs: int = 10) -> None:
    for epoch in range(epochs):
        for images, labels in loader:
            optimizer${at}.zero_grad()
            loss = F.cross_entropy(net${at}(images), labels)
            loss.backward()
            optimizer${at}.step()
`;

/** A file of models, with this many lines at least. */
function models(lines: number, at = 1): string {
  let text = imports;
  for (let index = at; text.split("\n").length < lines; index++) text += model(index, 1 + (index % 2));
  return text;
}

/** Code of other kinds; half of it has words that could be activations. */
const plain = (at: number): string =>
  `"""Helpers of part ${at}. Distributed under a free software licence."""
import json
import logging
from pathlib import Path

log = logging.getLogger(__name__)


def load_${at}(path: Path, limit: int = ${at}) -> dict:
    with path.open() as file:
        rows = json.load(file)
    ${at % 2 === 0 ? 'log.info("linear search in %d rows", len(rows))' : "rows = rows[:limit]"}
    return {row["id"]: row for row in rows[:limit]}
`.concat(
    Array.from(
      { length: 2 + (at % 20) },
      (_, index) => `

def step_${index}(values: list[float], factor: float = ${index}.5) -> list[float]:
    """Scales the values, and leaves out those that are not positive."""
    return [factor * value for value in values if value > 0]
`,
    ).join(""),
  );

export interface Tree {
  readonly files: number;
  readonly networks: number;
  readonly bytes: number;
}

/** Of a hundred files five have a network, some of them losing units; one of four hundred has a thousand lines of them. */
export function writeTree(root: string, files: number): Tree {
  let [networks, bytes] = [0, 0];
  const write = (file: string, text: string) => {
    bytes += text.length;
    writeFileSync(path.join(root, file), text);
  };
  write("open.py", models(500));
  for (let at = 1; at < files; at++) {
    const folder = `part${Math.floor(at / 1000)}/group${Math.floor(at / 100) % 10}`;
    if (at % 100 === 0 || at === 1) mkdirSync(path.join(root, folder), { recursive: true });
    const kind = at % 100;
    const isModel = kind % 20 === 0;
    if (at % 400 === 0) write(`${folder}/long${at}.py`, plain(at) + models(1000, at));
    else if (isModel) write(`${folder}/net${at}.py`, imports + model(at, 1 + (at % 9)));
    else if (kind % 10 === 1)
      write(`${folder}/page${at}.ts`, `export const page${at} = { title: "${at}" };\n`.repeat(40));
    else if (kind === 2) write(`${folder}/data${at}.json`, JSON.stringify(numbers(2000, at)));
    else if (kind === 3) write(`${folder}/long${at}.py`, plain(at).repeat(30));
    else write(`${folder}/code${at}.py`, plain(at));
    if (isModel) networks++;
  }
  return { files, networks: networks + 1, bytes };
}

const numbers = (count: number, by: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index * by);
