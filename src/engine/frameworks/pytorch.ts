/** PyTorch: https://pytorch.org/docs/stable/nn.html. Signatures as of torch 2.13. */
import type { Framework } from "./framework.ts";

/** `torch.nn.modules.activation.ReLU` is where the class lives, `torch.nn.ReLU` what people write. */
function canonical(symbol: string): string | undefined {
  if (symbol !== "torch" && !symbol.startsWith("torch.")) return undefined;
  return symbol.replace(/^torch\.nn\.modules\.(?:[a-z0-9_]+\.)?/, "torch.nn.");
}

export const pytorch: Framework = {
  id: "pytorch",
  canonical,
  activationArguments: {
    "torch.nn.RNN": { nonlinearity: 3 },
    "torch.nn.RNNCell": { nonlinearity: 3 },
    "torch.nn.Transformer": { activation: 6 },
    "torch.nn.TransformerEncoderLayer": { activation: 4 },
    "torch.nn.TransformerDecoderLayer": { activation: 4 },
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
