/** PyTorch: https://pytorch.org/docs/stable/nn.html. Signatures as of torch 2.13. */
import type { Framework } from "./framework.ts";

/** Older roads to the same modules, and where the classes live: people write `torch.nn.ReLU`. */
const MOVED: readonly (readonly [RegExp, string])[] = [
  [/^torch\.nn\.modules\.(?:[a-z0-9_]+\.)?/, "torch.nn."],
  [/^torch\.nn\.(quantized|intrinsic|qat|quantizable)(?=\.|$)/, "torch.ao.nn.$1"],
  [/^torch\.ao\.nn\.(quantized|intrinsic)\.modules\.(?:[a-z0-9_]+\.)?/, "torch.ao.nn.$1."],
  [/^torchvision\.ops\.misc\./, "torchvision.ops."],
  // fastai's modules hand on torch's names by `import *`.
  [/^(?:fastai|fastbook)\.(?:[a-z_]\w*\.)*nn(?=\.|$)/, "torch.nn"],
  [/^(?:fastai|fastbook)\.(?:[a-z_]\w*\.)*F(?=\.|$)/, "torch.nn.functional"],
  [/^(?:fastai|fastbook)\.(?:[a-z_]\w*\.)*torch(?=\.|$)/, "torch"],
  [/^(?:fastai|fastbook)\.(?:[a-z_]\w*\.)+(?=[A-Z]\w*$)/, "fastai."],
];

function canonical(symbol: string): string | undefined {
  if (!/^(?:torch(?:vision)?|fastai|fastbook)(?=\.|$)/.test(symbol)) return undefined;
  return MOVED.reduce((name, [from, to]) => name.replace(from, to), symbol);
}

const CONV_NORM_ACTIVATION = { activation_layer: 7 };

export const pytorch: Framework = {
  id: "pytorch",
  canonical,
  activationArguments: {
    "torch.nn.RNN": { nonlinearity: 3 },
    "torch.nn.RNNCell": { nonlinearity: 3 },
    "torch.nn.Transformer": { activation: 6 },
    "torch.nn.TransformerEncoderLayer": { activation: 4 },
    "torch.nn.TransformerDecoderLayer": { activation: 4 },
    "torchvision.ops.Conv2dNormActivation": CONV_NORM_ACTIVATION,
    "torchvision.ops.Conv3dNormActivation": CONV_NORM_ACTIVATION,
    "torchvision.ops.ConvNormActivation": CONV_NORM_ACTIVATION,
    "torchvision.ops.MLP": { activation_layer: 3 },
    "torchvision.ops.SqueezeExcitation": { activation: 2, scale_activation: 3 },
    "fastai.ConvLayer": { act_cls: 9 },
  },
  unwritten: {
    "torch.nn.RNN": { nonlinearity: "tanh" },
    "torch.nn.RNNCell": { nonlinearity: "tanh" },
    "torch.nn.Transformer": { activation: "relu" },
    "torch.nn.TransformerEncoderLayer": { activation: "relu" },
    "torch.nn.TransformerDecoderLayer": { activation: "relu" },
    "torchvision.ops.Conv2dNormActivation": { activation_layer: "torch.nn.ReLU" },
    "torchvision.ops.Conv3dNormActivation": { activation_layer: "torch.nn.ReLU" },
    "torchvision.ops.ConvNormActivation": { activation_layer: "torch.nn.ReLU" },
    "torchvision.ops.MLP": { activation_layer: "torch.nn.ReLU" },
    "torchvision.ops.SqueezeExcitation": {
      activation: "torch.nn.ReLU",
      scale_activation: "torch.nn.Sigmoid",
    },
    "fastai.ConvLayer": { act_cls: "torch.nn.ReLU" },
  },
  layers: {
    sequential: ["torch.nn.Sequential()"],
    dense: ["torch.nn.Linear(in_features, out_features, bias=True)"],
    conv: [
      "torch.nn.Conv1d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True)",
      "torch.nn.Conv2d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True)",
      "torch.nn.Conv3d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True)",
    ],
    "batch-norm": ["torch.nn.BatchNorm1d()", "torch.nn.BatchNorm2d()", "torch.nn.BatchNorm3d()"],
    "layer-norm": ["torch.nn.LayerNorm()"],
    flatten: ["torch.nn.Flatten()"],
    "keeps-units": [
      "torch.nn.Identity()",
      "torch.nn.Dropout()",
      "torch.nn.Dropout1d()",
      "torch.nn.Dropout2d()",
      "torch.nn.Dropout3d()",
      "torch.nn.AlphaDropout()",
      "torch.nn.MaxPool1d()",
      "torch.nn.MaxPool2d()",
      "torch.nn.MaxPool3d()",
      "torch.nn.AvgPool1d()",
      "torch.nn.AvgPool2d()",
      "torch.nn.AvgPool3d()",
      "torch.nn.AdaptiveAvgPool1d()",
      "torch.nn.AdaptiveAvgPool2d()",
      "torch.nn.AdaptiveMaxPool2d()",
      "torch.nn.ZeroPad2d()",
      "torch.nn.ReflectionPad2d()",
    ],
  },
  optimisers: {
    "torch.optim.SGD(params, lr=0.001, momentum=0)": "sgd",
    "torch.optim.Adam(params, lr=0.001)": "adam",
    "torch.optim.AdamW(params, lr=0.001)": "adam",
    "torch.optim.NAdam(params, lr=0.002)": "adam",
    "torch.optim.RAdam(params, lr=0.001)": "adam",
    "torch.optim.RMSprop(params, lr=0.01)": "rmsprop",
  },
};
