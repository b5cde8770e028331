/**
 * Whether a configuration may name an activation, by its text alone: most JSON and YAML files are about something
 * else, and must not cost a parse. Each expression is bounded, so that a file without line breaks costs no more.
 */
import type { ConfigLanguage } from "../model.ts";

/** A key that ends like those of activations. */
const KEY =
  /["'\s,{][\w-]{0,40}?(?:activations?|act|non_?linearity|feed_forward_proj)(?:_?(?:fn|func|function|layer|type|name|cfg))?["']?\s{0,9}\+?:/gi;
/** How far behind its key a name may stand, in a list or in a map of its own. */
const REACH = 300;
const WORD =
  /relu|elu\b|[gs]ilu\b|geglu|swish|swiglu|mish\b|sigmoid|logistic|tanh|softm(?:ax|in)|soft(?:plus|sign)|shrink|linear|identity|exponential/i;

/** Keras's layers, qualified names, and Python's expressions. */
const CLASS =
  /"class_name"\s{0,9}:\s{0,9}"(?:\w?relu|elu|leakyrelu|thresholdedrelu|softmax)"|["'\s](?:_target_|class_path|target|type)["']?\s{0,9}:\s{0,9}["']?(?:torch|keras|tensorflow|tf|jax|flax)\.|(?:[\s"'[(,]|torch\.)nn\.[A-Z]\w{1,20}/gi;

const DARKNET = /^[^\S\n]*\[(?:net|network|convolutional|connected|local|rnn|crnn|lstm|gru|shortcut)\]/im;
const DARKNET_ACTIVATION = /^[^\S\n]*(?:activation[^\S\n]*=|\[(?:softmax|logistic)\])/im;

const CAFFE = /\blayers?\s{0,9}:?\s{0,9}[{<]/;
const CAFFE_TYPE =
  /\btype\s{0,9}:\s{0,9}["']?(?:\w?relu6?|[es]lu|selu|tanh|sigmoid|softmax|bnll|h?swish|mish|hard\w{5,7})\b/i;

export function mayNameActivation(language: ConfigLanguage, text: string): boolean {
  switch (language) {
    case "darknet":
      return DARKNET_ACTIVATION.test(text) && DARKNET.test(text);
    case "prototxt":
      return CAFFE_TYPE.test(text) && CAFFE.test(text);
    default:
      return WORD.test(text) && (isNear(KEY, text) || isNear(CLASS, text));
  }
}

/** Whether a name of an activation follows what `sign` finds, or is in it. */
function isNear(sign: RegExp, text: string): boolean {
  for (const match of text.matchAll(sign)) {
    if (WORD.test(text.slice(match.index, match.index + match[0].length + REACH))) return true;
  }
  return false;
}
