import type { Values } from "../table.ts";
import { brief, type CommandShape, type OptionShape } from "./shape.ts";

export function zsh(commands: readonly CommandShape[]): string {
  const list = commands.map(
    ({ name, help }) => `    ${quoted(`${name}:${brief(help).replaceAll(":", "\\:")}`)}`,
  );
  const cases = commands.map(({ name, values, options }) => {
    const specs = [...options.map(spec), ...(values === undefined ? [] : [quoted(`*: :${action(values)}`)])];
    return `        ${name})
          _arguments -S ${specs.map((each) => `\\\n            ${each}`).join(" ")}
          ;;
`;
  });
  return `#compdef activation-lens
# activation-lens completion zsh: save it as _activation-lens in a folder of $fpath, before compinit
_activation-lens() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${list.join("\n")}
  )
  _arguments -C \\
    '(-h --help)'{-h,--help}'[show the help]' \\
    '(-V --version)'{-V,--version}'[show the version]' \\
    '1: :->command' \\
    '*:: :->rest'
  case $state in
    command) _describe 'command' commands ;;
    rest)
      case $line[1] in
${cases.join("")}      esac
      ;;
  esac
}
if [ "$funcstack[1]" = "_activation-lens" ]; then
  _activation-lens "$@"
else
  compdef _activation-lens activation-lens
fi
`;
}

function spec({ name, short, takesValue, values, isMultiple, help }: OptionShape): string {
  const text = `[${brief(help).replace(/[[\]\\]/g, "\\$&")}]`;
  const value = takesValue ? `: :${values === undefined ? " " : action(values)}` : "";
  const star = isMultiple ? "*" : "";
  if (short !== undefined) return `'(-${short} --${name})'{-${short},--${name}}${quoted(text)}`;
  return quoted(`${star}--${name}${takesValue ? "=" : ""}${text}${value}`);
}

function action(values: Values): string {
  if (values === "file") return "_files";
  if (values === "folder") return "_files -/";
  return `(${values.join(" ")})`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
