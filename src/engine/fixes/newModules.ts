/** Code of PyTorch that meets modules and parameters which a fix adds, and takes them for others. */

/** Draws whatever is called weight by its fan: those of BatchNorm and PReLU have one axis, and none. */
export const drawsByName = (text: string): boolean =>
  /\bnamed_parameters\(/.test(text) &&
  /["']\.?weight["']\s+in\s|\.endswith\(\s*["']\.?weight["']/.test(text) &&
  /\b(?:xavier|kaiming|orthogonal|sparse)_\w*\(/.test(text) &&
  !/\.(?:dim\(\)|ndim|ndimension\(\))\s*(?:>|==|!=)|\blen\(\s*\w+\.(?:shape|size\(\))\s*\)\s*(?:>|==|!=)/.test(
    text,
  );

/** Takes the parts of a module by their places, `nn.Sequential(*list(net.children())[:-1])`: one more, and they are others. */
export const takesByPlace = (text: string): boolean =>
  /\b(?:list|tuple)\(\s*[\w.[\]()]+\.(?:named_)?children\(\)\s*\)|\*\s*[\w.[\]]+\.children\(\)/.test(text);
