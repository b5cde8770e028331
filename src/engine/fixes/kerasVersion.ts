/** Which generation of Keras a file was written for: they name the slope differently. */

/**
 * What only Keras 1 and 2 have: `LeakyReLU(alpha=)`, modules that Keras 3 dropped, `lr=` of an optimiser,
 * `fit_generator`, TensorFlow 1. Keras 3 renamed `alpha` to `negative_slope` and dropped the rest
 * (https://keras.io/guides/migrating_to_keras_3/).
 */
const KERAS_2 =
  /LeakyReLU\(\s*alpha\b|\badvanced_activations\b|\bnp_utils\b|\bfit_generator\b|\bkeras\.layers\.(?:core|convolutional|normalization|pooling|recurrent)\b|\b(?:SGD|Adam|RMSprop|Adagrad|Adadelta|Nadam)\(\s*lr\s*=|\btensorflow\.contrib\b|\btf\.(?:contrib|layers|placeholder|Session)\b|\btensorflow\.python\.keras\b/;

/** The argument by which `keras.layers.LeakyReLU` takes its slope in this file's Keras. */
export function slopeArgument(text: string): "negative_slope" | "alpha" {
  return KERAS_2.test(text) ? "alpha" : "negative_slope";
}
