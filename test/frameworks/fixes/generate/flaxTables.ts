/** Tables as Flax' users make arrays of JAX of them. */
import type { Plan } from "./plan.ts";
import { loaded, type Table } from "./tables.ts";

/** What a network is shown, and how its loss comes to it. */
export interface Shown {
  readonly lines: readonly string[];
  /** What parameters are made for. */
  readonly sample: string;
  /** More parameters of the loss, and what they are given; none: it sees `x` and `y` by itself. */
  readonly taken: string;
  readonly given: string;
  /** Inputs that are shown when the network is trained. */
  readonly test?: string;
}

export function flaxTable(about: Plan, table: Table): Shown {
  const { lines, train, test } = loaded("X", "Y", table);
  const [x, y] = train;
  const targets = (name: string): string =>
    about.isClasses ? `jnp.asarray(${name})` : `jnp.asarray(${name}, dtype=jnp.float32).reshape(-1, 1)`;
  const made =
    [
      (name: string) => `jnp.asarray(${name})`,
      (name: string) => `jnp.array(${name})`,
      (name: string) => `jnp.asarray(${name}, dtype=jnp.float32)`,
      (name: string) => `jnp.array(${name}, jnp.float32)`,
    ][table.form % 4] ?? String;
  const isBlank = table.form % 3 === 0;
  const sample = (name: string): string => (isBlank ? `jnp.ones((1, ${table.features}))` : name);
  if (table.form <= 6)
    return {
      lines: [...lines, `x = ${made(x)}`, `y = ${targets(y)}`],
      sample: sample("x"),
      taken: "",
      given: "",
      ...(test ? { test: made(test[0]) } : {}),
    };
  // The names of the arrays become those of JAX's, and go into the loss.
  return {
    lines: [
      ...lines,
      `${x} = ${made(x)}`,
      ...(test ? [`${test[0]} = ${made(test[0])}`] : []),
      `${y} = ${targets(y)}`,
    ],
    sample: sample(table.form % 2 ? x : `${x}[:1]`),
    taken: ", x, y",
    given: `, ${x}, ${y}`,
    ...(test ? { test: test[0] } : {}),
  };
}
