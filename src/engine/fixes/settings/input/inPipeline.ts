/** A scaler in front of scikit-learn's perceptron, as one model. */
import type { Network } from "../../../model.ts";
import type { Unit } from "../../../units.ts";
import type { CodeIndex } from "../../codeIndex.ts";
import { joined } from "../../edits.ts";
import { referStandard } from "../../names/refer.ts";
import type { Edits } from "../call.ts";

/** `make_pipeline(StandardScaler(), MLPClassifier(...))`: whatever it is shown is scaled in the same way. */
export function inPipeline(network: Network, unit: Unit, index: CodeIndex): Edits {
  const found = index.at(network.span);
  if (network.framework !== "sklearn" || found?.node.type !== "call") return undefined;
  const { node, scope } = found;
  const statement = index.statementAt(node);
  const [target] = statement?.type === "assignment" && statement.value === node ? statement.targets : [];
  if (target?.type !== "name") return undefined;
  // Other members are those of the perceptron alone: `loss_curve_`, `coefs_`, `partial_fit`.
  const uses = index.places.filter(({ node: one }) => one.type === "name" && one.name === target.name);
  const isPlain = uses.every(({ node: one, role }) => {
    if (role === "target") return true;
    const member = /^\s*\.\s*(\w+)/.exec(unit.text.slice(one.to))?.[1];
    return member !== undefined && /^(?:fit|predict|predict_proba|score)$/.test(member);
  });
  if (!isPlain || /GridSearchCV|RandomizedSearchCV|warm_start/.test(unit.text)) return undefined;
  const pipeline = referStandard("sklearn.pipeline", "make_pipeline", scope, unit);
  const scaler = referStandard("sklearn.preprocessing", "StandardScaler", scope, unit);
  if (!pipeline || !scaler) return undefined;
  return [
    ...joined([...pipeline.imports, ...scaler.imports]),
    { span: { from: node.from, to: node.from }, text: `${pipeline.text}(${scaler.text}(), ` },
    { span: { from: node.to, to: node.to }, text: ")" },
  ];
}
