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

const F = "torch.nn.functional";
const CONV = "kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True";

/** The same for one, two and three spatial axes. */
const ranked = (name: string, parameters: string): string[] =>
  ["1d", "2d", "3d"].map((rank) => `${name}${rank}${parameters}`);

const CONV_NORM_ACTIVATION = { activation_layer: 7 };

export const pytorch: Framework = {
  id: "pytorch",
  roots: ["torch", "torchvision", "fastai", "fastbook"],
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
  modules: {
    "torch.nn.Module": "forward",
    "torch.nn.Sequential": "forward",
    "torch.nn.ModuleList": "forward",
    "torch.jit.ScriptModule": "forward",
    "pytorch_lightning.LightningModule": "forward",
    "lightning.LightningModule": "forward",
    "lightning.pytorch.LightningModule": "forward",
    "fastai.Module": "forward",
  },
  sizes: { inputs: "given", channels: "first" },
  layers: {
    sequential: ["torch.nn.Sequential()"],
    "module-list": ["torch.nn.ModuleList(modules=None)"],
    "module-dict": ["torch.nn.ModuleDict(modules=None)"],
    dense: [
      "torch.nn.Linear(in_features, out_features, bias=True)",
      "torch.nn.LazyLinear(out_features, bias=True)",
    ],
    conv: ["1d", "2d", "3d"].flatMap((rank) => [
      `torch.nn.Conv${rank}(in_channels, out_channels, ${CONV})`,
      `torch.nn.LazyConv${rank}(out_channels, ${CONV})`,
    ]),
    "transposed-conv": ["1d", "2d", "3d"].map(
      (rank) =>
        `torch.nn.ConvTranspose${rank}(in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1)`,
    ),
    "batch-norm": [
      ...ranked("torch.nn.BatchNorm", "(num_features)"),
      ...ranked("torch.nn.LazyBatchNorm", "()"),
      "torch.nn.SyncBatchNorm(num_features)",
      "torchvision.ops.FrozenBatchNorm2d(num_features)",
    ],
    "layer-norm": ["torch.nn.LayerNorm(normalized_shape)", "torch.nn.RMSNorm(normalized_shape)"],
    "group-norm": ["torch.nn.GroupNorm(num_groups, num_channels)"],
    "instance-norm": ranked("torch.nn.InstanceNorm", "(num_features)"),
    dropout: [
      "torch.nn.Dropout(p=0.5)",
      ...ranked("torch.nn.Dropout", "(p=0.5)"),
      "torch.nn.AlphaDropout(p=0.5)",
      "torch.nn.FeatureAlphaDropout(p=0.5)",
    ],
    pool: [
      ...ranked(
        "torch.nn.MaxPool",
        "(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False)",
      ),
      ...ranked("torch.nn.AvgPool", "(kernel_size, stride=None, padding=0, ceil_mode=False)"),
      ...ranked("torch.nn.LPPool", "(norm_type, kernel_size, stride=None, ceil_mode=False)"),
    ],
    "adaptive-pool": [
      ...ranked("torch.nn.AdaptiveAvgPool", "(output_size)"),
      ...ranked("torch.nn.AdaptiveMaxPool", "(output_size)"),
    ],
    flatten: ["torch.nn.Flatten(start_dim=1, end_dim=-1)"],
    reshape: ["torch.nn.Unflatten(dim, unflattened_size)", "torch.nn.PixelShuffle(upscale_factor)"],
    permute: ["torchvision.ops.Permute(dims)"],
    "keeps-all": [
      "torch.nn.Identity()",
      "torch.nn.LocalResponseNorm(size)",
      "torchvision.ops.StochasticDepth(p, mode)",
      "torch.nn.DataParallel(module)",
      "torch.nn.parallel.DistributedDataParallel(module)",
    ],
    resizes: [
      "torch.nn.Upsample(size=None, scale_factor=None)",
      "torch.nn.UpsamplingNearest2d(size=None, scale_factor=None)",
      "torch.nn.UpsamplingBilinear2d(size=None, scale_factor=None)",
      ...["ZeroPad", "ReflectionPad", "ReplicationPad", "ConstantPad"].flatMap((name) =>
        ranked(`torch.nn.${name}`, "(padding)"),
      ),
    ],
    "conv-norm-activation": ["Conv2d", "Conv3d"].map(
      (name) =>
        `torchvision.ops.${name}NormActivation(in_channels, out_channels, kernel_size=3, stride=1, padding=None, groups=1, norm_layer, activation_layer, dilation=1, inplace=True, bias=None)`,
    ),
    mlp: [
      "torchvision.ops.MLP(in_channels, hidden_channels, norm_layer=None, activation_layer, inplace=None, bias=True, dropout=0.0)",
    ],
    "not-estimated": [
      "torch.nn.RNN()",
      "torch.nn.LSTM()",
      "torch.nn.GRU()",
      "torch.nn.RNNCell()",
      "torch.nn.LSTMCell()",
      "torch.nn.GRUCell()",
      "torch.nn.Embedding()",
      "torch.nn.EmbeddingBag()",
      "torch.nn.MultiheadAttention()",
      "torch.nn.Transformer()",
      "torch.nn.TransformerEncoder()",
      "torch.nn.TransformerDecoder()",
      "torch.nn.TransformerEncoderLayer()",
      "torch.nn.TransformerDecoderLayer()",
      "torch.nn.Bilinear()",
      "torch.nn.Parameter()",
    ],
  },
  functions: {
    "batch-norm": [`${F}.batch_norm(input)`],
    "layer-norm": [`${F}.layer_norm(input, normalized_shape)`, `${F}.rms_norm(input, normalized_shape)`],
    "group-norm": [`${F}.group_norm(input, num_groups)`],
    "instance-norm": [`${F}.instance_norm(input)`],
    flatten: ["torch.flatten(input, start_dim=0, end_dim=-1)"],
    dropout: [
      `${F}.dropout(input, p=0.5)`,
      ...ranked(`${F}.dropout`, "(input, p=0.5)"),
      `${F}.alpha_dropout(input, p=0.5)`,
      `${F}.feature_dropout(input, p=0.5)`,
      "torch.dropout(input, p)",
    ],
    pool: [
      ...ranked(`${F}.max_pool`, "(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False)"),
      ...ranked(`${F}.avg_pool`, "(input, kernel_size, stride=None, padding=0, ceil_mode=False)"),
      ...ranked(
        "torch.max_pool",
        "(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False)",
      ),
    ],
    "adaptive-pool": [
      ...ranked(`${F}.adaptive_avg_pool`, "(input, output_size)"),
      ...ranked(`${F}.adaptive_max_pool`, "(input, output_size)"),
    ],
    concatenate: [
      "torch.cat(tensors, dim=0)",
      "torch.concat(tensors, dim=0)",
      "torch.concatenate(tensors, dim=0)",
    ],
    add: ["torch.add(input, other)"],
    reshape: ["torch.reshape(input, shape)", "torch.squeeze(input, dim)", "torch.unsqueeze(input, dim)"],
    permute: ["torch.permute(input, dims)", "torch.transpose(input, dim0, dim1)"],
    "keeps-all": [
      `${F}.local_response_norm(input, size)`,
      "torch.clone(input)",
      "torch.clamp(input)",
      "torch.detach(input)",
      "torchvision.ops.stochastic_depth(input, p, mode)",
      `${F}.normalize(input)`,
    ],
    resizes: [
      `${F}.interpolate(input, size=None, scale_factor=None)`,
      `${F}.pad(input, pad)`,
      `${F}.upsample(input, size=None, scale_factor=None)`,
      `${F}.pixel_shuffle(input, upscale_factor)`,
    ],
    combines: [
      "torch.mul()",
      "torch.matmul()",
      "torch.mm()",
      "torch.bmm()",
      "torch.einsum()",
      "torch.stack()",
      "torch.sub()",
      "torch.div()",
      "torch.baddbmm()",
      "torch.exp()",
      "torch.log()",
      "torch.sqrt()",
      "torch.pow()",
      "torch.abs()",
      "torch.sum()",
      "torch.prod()",
      "torch.norm()",
      "torch.argmax()",
      `${F}.scaled_dot_product_attention()`,
      `${F}.cosine_similarity()`,
      `${F}.pairwise_distance()`,
      `${F}.one_hot()`,
    ],
  },
  optimisers: {
    "torch.optim.SGD(params, lr=0.001, momentum=0)": "sgd",
    "torch.optim.Adam(params, lr=0.001)": "adam",
    "torch.optim.AdamW(params, lr=0.001)": "adam",
    "torch.optim.NAdam(params, lr=0.002)": "adam",
    "torch.optim.RAdam(params, lr=0.001)": "adam",
    "torch.optim.Adamax(params, lr=0.002)": "adam",
    "torch.optim.Adagrad(params, lr=0.01)": "adam",
    "torch.optim.RMSprop(params, lr=0.01, alpha=0.99, eps=1e-08, weight_decay=0, momentum=0)": "rmsprop",
  },
};
