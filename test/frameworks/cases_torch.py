"""PyTorch models: builders of torchvision and timm, whose files are in the installed packages."""

import dataclasses

from cases_scripts import SCRIPTS
from common import Case


def torchvision(file, builder, size=224, **options):
    return Case(
        f"torchvision/{builder}",
        f"torchvision/models/{file}.py",
        builder,
        lambda names: (names[builder](**options), (2, 3, size, size)),
    )


def rounded(names):
    """MobileNetV2 with another rule for its channels, which is in another file."""
    rule = names["_make_divisible"]
    names["_make_divisible"] = lambda value, divisor: int(value) + 4 * divisor
    try:
        return names["mobilenet_v2"](), (2, 3, 224, 224)
    finally:
        names["_make_divisible"] = rule


def timm(file, builder, size=224, **options):
    return Case(
        f"timm/{builder}",
        f"timm/models/{file}.py",
        builder,
        lambda names: (names[builder](pretrained=False, **options), (2, 3, size, size)),
    )


CASES = [
    torchvision("alexnet", "alexnet"),
    *(torchvision("vgg", name) for name in ("vgg11", "vgg11_bn", "vgg16", "vgg16_bn", "vgg19")),
    *(torchvision("resnet", name) for name in ("resnet18", "resnet34", "resnet50", "resnet101")),
    *(torchvision("resnet", name) for name in ("resnext50_32x4d", "wide_resnet50_2")),
    *(torchvision("densenet", name) for name in ("densenet121", "densenet169")),
    dataclasses.replace(torchvision("mobilenetv2", "mobilenet_v2"), vary=rounded),
    *(torchvision("mobilenetv3", name) for name in ("mobilenet_v3_small", "mobilenet_v3_large")),
    *(torchvision("squeezenet", name) for name in ("squeezenet1_0", "squeezenet1_1")),
    *(torchvision("mnasnet", name) for name in ("mnasnet0_5", "mnasnet1_0")),
    *(torchvision("shufflenetv2", name) for name in ("shufflenet_v2_x0_5", "shufflenet_v2_x1_0")),
    torchvision("googlenet", "googlenet", init_weights=False),
    torchvision("inception", "inception_v3", 299, init_weights=False),
    *(torchvision("regnet", name) for name in ("regnet_y_400mf", "regnet_x_400mf")),
    *(torchvision("efficientnet", name) for name in ("efficientnet_b0", "efficientnet_v2_s")),
    torchvision("convnext", "convnext_tiny"),
    torchvision("vision_transformer", "vit_b_16"),
    torchvision("swin_transformer", "swin_t"),
    timm("resnet", "resnet18"),
    timm("resnet", "resnet26d"),
    timm("vgg", "vgg13"),
    timm("densenet", "densenet121"),
    timm("convmixer", "convmixer_768_32"),
    timm("mlp_mixer", "mixer_s32_224"),
    timm("xception", "legacy_xception", 299),
    timm("inception_v4", "inception_v4", 299),
    timm("dla", "dla34"),
    timm("vovnet", "vovnet39a"),
    timm("selecsls", "selecsls42b"),
    timm("ghostnet", "ghostnet_100"),
    timm("vision_transformer", "vit_tiny_patch16_224"),
    timm("senet", "legacy_seresnet18"),
    *SCRIPTS,
]
