/** Which generation of Keras a file was written for: they name slopes and activations differently. */

/** What only Keras 1 and the first versions of Keras 2 have: modules of layers, TensorFlow 1. */
const FIRST_KERAS =
  /\badvanced_activations\b|\bkeras\.layers\.(?:core|convolutional|normalization|pooling|recurrent)\b|\btensorflow\.contrib\b|\btf\.(?:contrib|layers|placeholder|Session)\b|\btensorflow\.python\.keras\b/;

/**
 * Arguments that only Keras 1 has: `init=`, `border_mode=`, `nb_epoch=`. It has no `kernel_initializer`, no `use_bias`
 * (https://github.com/keras-team/keras/wiki/Keras-2.0-release-notes).
 */
const KERAS_1 =
  /\b(?:init\s*=\s*["'](?:glorot|he|lecun|uniform|normal|zero|one|orthogonal|identity)|border_mode\s*=|dim_ordering\s*=|nb_(?:epoch|filter|row|col|val_samples)\s*=|samples_per_epoch\s*=|[Wb]_(?:regularizer|constraint)\s*=|output_dim\s*=\s*\w+\s*,\s*(?:input_dim|init|activation)\s*=)/;

/**
 * What only Keras 1 and 2 have besides: `LeakyReLU(alpha=)`, modules that Keras 3 dropped, `lr=` of an optimiser,
 * `fit_generator`. Keras 3 renamed `alpha` to `negative_slope` and dropped the rest
 * (https://keras.io/guides/migrating_to_keras_3/).
 */
const KERAS_2 =
  /LeakyReLU\(\s*alpha\b|\bnp_utils\b|\bfit_generator\b|\b(?:SGD|Adam|RMSprop|Adagrad|Adadelta|Nadam)\(\s*lr\s*=/;

/** What only Keras 3 has. */
const KERAS_3 = /\bkeras\.(?:ops|random|saving)\b|\bfrom keras import [^\n]*\b(?:ops|random)\b|KERAS_BACKEND/;

/** The argument by which `keras.layers.LeakyReLU` takes its slope in this file's Keras. */
export function slopeArgument(text: string): "negative_slope" | "alpha" {
  return FIRST_KERAS.test(text) || KERAS_2.test(text) || isKeras1(text) ? "alpha" : "negative_slope";
}

/** SiLU came to Keras as `swish`, in 2.2; that name is still understood, and `silu` came with Keras 3. */
export const swishWord = (text: string): "silu" | "swish" => (KERAS_3.test(text) ? "silu" : "swish");

/** Whether a file is written for Keras 1, whose layers take other arguments. */
export const isKeras1 = (text: string): boolean => KERAS_1.test(text) && /\bkeras\b/.test(text);

/** Whether `gelu` (TensorFlow 2.4) and `swish` (2.2) may be missing. */
export const isFirstKeras = (text: string): boolean => FIRST_KERAS.test(text) || isKeras1(text);
