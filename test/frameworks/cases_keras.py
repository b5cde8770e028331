"""Keras models: keras.applications, and the examples of Keras.

The examples are taken from the repository in which they were kept while Keras 3 was called keras_core.
"""

from types import SimpleNamespace

from common import Case
from support import script

EXAMPLES = "keras-team+keras-core/examples/"
IO = EXAMPLES + "keras_io/"
RENAMES = {"keras_core": "keras"}


def application(file, builder, size=224):
    return Case(
        f"keras.applications/{builder}",
        f"keras/src/applications/{file}.py",
        builder,
        # Xception and NASNet-Large know their own size only.
        lambda names: names[builder](weights=None, input_shape=(size, size, 3)),
    )


def example(file, network, build=None, vary=None, **presets):
    """A model that a script makes at its top level; or `build` makes it."""
    return script(f"{IO}{file}.py", network, build or (lambda names: names[network]), vary, presets, RENAMES)


def made(file, builder, *arguments, other=None, **presets):
    """A function that makes a model; `other`: arguments in the place of those that the file does not hold."""
    return example(
        file,
        builder,
        lambda names: names[builder](*arguments),
        None if other is None else lambda names: names[builder](*other),
        **presets,
    )


CASES = [
    application("vgg16", "VGG16"),
    application("vgg19", "VGG19"),
    application("resnet", "ResNet50"),
    application("resnet", "ResNet101"),
    application("resnet_v2", "ResNet50V2"),
    application("mobilenet", "MobileNet"),
    application("mobilenet_v2", "MobileNetV2"),
    application("mobilenet_v3", "MobileNetV3Small"),
    application("densenet", "DenseNet121"),
    application("inception_v3", "InceptionV3", 299),
    application("inception_resnet_v2", "InceptionResNetV2", 299),
    application("xception", "Xception", 299),
    application("efficientnet", "EfficientNetB0"),
    application("efficientnet_v2", "EfficientNetV2B0"),
    application("nasnet", "NASNetMobile"),
    application("convnext", "ConvNeXtTiny"),
    script(EXAMPLES + "demo_mnist_convnet.py", "model", lambda names: names["model"], renames=RENAMES),
    script(EXAMPLES + "demo_functional.py", "model", lambda names: names["model"], renames=RENAMES),
    example("vision/mnist_convnet", "model"),
    example("vision/autoencoder", "autoencoder"),
    example("vision/siamese_contrastive", "embedding_network"),
    example("vision/siamese_contrastive", "siamese"),
    made("vision/oxford_pets_image_segmentation", "get_model", (160, 160), 3),
    made("vision/learnable_resizer", "get_learnable_resizer"),
    made(
        "timeseries/timeseries_classification_from_scratch",
        "make_model",
        (500, 1),
        other=((300, 2),),
        num_classes=2,
    ),
    example("timeseries/timeseries_anomaly_detection", "model", x_train=SimpleNamespace(shape=(9, 288, 1))),
    example("tensorflow/generative/dcgan_overriding_train_step", "discriminator"),
    example("tensorflow/generative/dcgan_overriding_train_step", "generator"),
    example("tensorflow/generative/vae", "encoder"),
    example("tensorflow/generative/vae", "decoder"),
    made("tensorflow/generative/wgan_gp", "get_discriminator_model"),
    made("tensorflow/generative/wgan_gp", "get_generator_model"),
    example(
        "tensorflow/generative/cyclegan",
        "get_discriminator",
        lambda names: names["get_discriminator"](name="made"),
    ),
    example("tensorflow/rl/actor_critic_cartpole", "model"),
    made("tensorflow/vision/image_classification_from_scratch", "make_model", (180, 180, 3), 2),
    example("tensorflow/vision/reptile", "model"),
    made("tensorflow/vision/zero_dce", "build_dce_net"),
    made("tensorflow/vision/simsiam", "get_predictor"),
    example("tensorflow/vision/involution", "conv_model"),
]
