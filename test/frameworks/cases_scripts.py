"""PyTorch models in the files of public repositories, which are looked for in ACTIVATION_LENS_REPOS."""

from cases_agents import AGENTS
from common import Case
from support import script, simple

EXAMPLES = "pytorch+examples/"
CIFAR = "kuangliu+pytorch-cifar/models/"
TUTORIAL = "yunjey+pytorch-tutorial/tutorials/"
MORVAN = "MorvanZhou+PyTorch-Tutorial/tutorial-contents/"
GAN = "eriklindernoren+PyTorch-GAN/implementations/"

DIGIT = (2, 1, 28, 28)
THUMB = (2, 3, 32, 32)


def dcgan(network, *shape):
    # The channels depend on the data set, which is chosen on the command line.
    presets = {"ARGUMENTS": ["--dataset", "fake"], "nc": 3}
    return script(
        EXAMPLES + "dcgan/main.py", network, lambda names: (names[network](1), shape), presets=presets
    )


def cifar(file, network, *arguments):
    return script(f"{CIFAR}{file}.py", network, lambda names: (names[network](*arguments), THUMB))


EXAMPLE_SCRIPTS = [
    simple(EXAMPLES + "mnist/main.py", "Net", DIGIT),
    simple(EXAMPLES + "mnist_hogwild/main.py", "Net", DIGIT),
    simple(EXAMPLES + "mnist_rnn/main.py", "Net", DIGIT),
    dcgan("Generator", 2, 100, 1, 1),
    dcgan("Discriminator", 2, 3, 64, 64),
    simple(EXAMPLES + "vae/main.py", "VAE", DIGIT),
    simple(EXAMPLES + "siamese_network/main.py", "SiameseNetwork", DIGIT, DIGIT),
    script(
        EXAMPLES + "super_resolution/model.py",
        "Net",
        lambda names: (names["Net"](3), DIGIT),
        lambda names: (names["Net"](4), DIGIT),
    ),
    simple(EXAMPLES + "fast_neural_style/neural_style/transformer_net.py", "TransformerNet", (2, 3, 64, 64)),
    simple(EXAMPLES + "reinforcement_learning/reinforce.py", "Policy", (2, 4)),
    simple(EXAMPLES + "reinforcement_learning/actor_critic.py", "Policy", (2, 4)),
    simple(EXAMPLES + "distributed/rpc/rl/main.py", "Policy", (2, 4)),
    simple(EXAMPLES + "distributed/rpc/parameter_server/rpc_parameter_server.py", "Net", DIGIT),
    simple(EXAMPLES + "distributed/ddp/example.py", "ToyModel", (2, 10)),
    simple(EXAMPLES + "distributed/tensor_parallelism/tensor_parallel_example.py", "ToyModel", (2, 10)),
]

CIFAR_SCRIPTS = [
    cifar("lenet", "LeNet"),
    cifar("vgg", "VGG", "VGG11"),
    cifar("resnet", "ResNet18"),
    cifar("resnet", "ResNet50"),
    cifar("preact_resnet", "PreActResNet18"),
    cifar("preact_resnet", "PreActResNet50"),
    cifar("densenet", "DenseNet121"),
    cifar("densenet", "densenet_cifar"),
    cifar("mobilenet", "MobileNet"),
    cifar("mobilenetv2", "MobileNetV2"),
    cifar("senet", "SENet18"),
    cifar("googlenet", "GoogLeNet"),
    cifar("resnext", "ResNeXt29_2x64d"),
    cifar("shufflenetv2", "ShuffleNetV2", 0.5),
    cifar("efficientnet", "EfficientNetB0"),
    cifar("regnet", "RegNetX_200MF"),
    cifar("pnasnet", "PNASNetA"),
    cifar("dpn", "DPN26"),
    cifar("dla", "DLA"),
]

TUTORIAL_SCRIPTS = [
    script(
        TUTORIAL + "01-basics/feedforward_neural_network/main.py",
        "NeuralNet",
        lambda names: (names["NeuralNet"](784, 500, 10), (2, 784)),
    ),
    simple(TUTORIAL + "02-intermediate/convolutional_neural_network/main.py", "ConvNet", DIGIT),
    script(
        TUTORIAL + "02-intermediate/deep_residual_network/main.py",
        "ResNet",
        lambda names: (names["ResNet"](names["ResidualBlock"], [2, 2, 2]), THUMB),
    ),
    script(
        TUTORIAL + "03-advanced/generative_adversarial_network/main.py", "D", lambda n: (n["D"], (2, 784))
    ),
    script(TUTORIAL + "03-advanced/generative_adversarial_network/main.py", "G", lambda n: (n["G"], (2, 64))),
    simple(TUTORIAL + "03-advanced/variational_autoencoder/main.py", "VAE", (2, 784)),
    script(MORVAN + "301_regression.py", "Net", lambda n: (n["Net"](1, 10, 1), (2, 1))),
    script(MORVAN + "302_classification.py", "Net", lambda n: (n["Net"](2, 10, 2), (2, 2))),
    script(MORVAN + "303_build_nn_quickly.py", "net2", lambda n: (n["net2"], (2, 1))),
    simple(MORVAN + "401_CNN.py", "CNN", DIGIT),
    simple(MORVAN + "404_autoencoder.py", "AutoEncoder", (2, 784)),
    script(MORVAN + "406_GAN.py", "G", lambda n: (n["G"], (2, 5))),
    script(MORVAN + "406_GAN.py", "D", lambda n: (n["D"], (2, 15))),
    script(MORVAN + "503_dropout.py", "net_dropped", lambda n: (n["net_dropped"], (2, 1))),
]

GAN_SCRIPTS = [
    simple(GAN + "gan/gan.py", "Generator", (2, 100)),
    simple(GAN + "gan/gan.py", "Discriminator", DIGIT),
    simple(GAN + "dcgan/dcgan.py", "Generator", (2, 100)),
    simple(GAN + "dcgan/dcgan.py", "Discriminator", (2, 1, 32, 32)),
    simple(GAN + "wgan_gp/wgan_gp.py", "Generator", (2, 100)),
    simple(GAN + "infogan/infogan.py", "Discriminator", (2, 1, 32, 32)),
    simple(GAN + "aae/aae.py", "Decoder", (2, 10)),
    simple(GAN + "srgan/models.py", "GeneratorResNet", (2, 3, 64, 64)),
    script(
        GAN + "srgan/models.py",
        "Discriminator",
        lambda names: (names["Discriminator"]((3, 64, 64)), (2, 3, 64, 64)),
        lambda names: (names["Discriminator"]((1, 64, 64)), (2, 1, 64, 64)),
    ),
    simple(GAN + "pix2pix/models.py", "GeneratorUNet", (2, 3, 256, 256)),
    simple(GAN + "pix2pix/models.py", "Discriminator", (2, 3, 64, 64), (2, 3, 64, 64)),
    script(
        GAN + "cyclegan/models.py",
        "GeneratorResNet",
        lambda names: (names["GeneratorResNet"]((3, 64, 64), 9), (2, 3, 64, 64)),
        lambda names: (names["GeneratorResNet"]((1, 64, 64), 6), (2, 1, 64, 64)),
    ),
    script(
        GAN + "esrgan/models.py",
        "GeneratorRRDB",
        lambda names: (names["GeneratorRRDB"](3), (2, 3, 16, 16)),
        lambda names: (names["GeneratorRRDB"](1, num_res_blocks=2), (2, 1, 16, 16)),
    ),
    simple(GAN + "context_encoder/models.py", "Generator", (2, 3, 128, 128)),
]

UNET = Case(
    "Pytorch-UNet/unet/unet_model.py:UNet",
    "milesial+Pytorch-UNet/unet/unet_model.py",
    "UNet",
    lambda names: (names["UNet"](3, 2), (2, 3, 64, 64)),
    lambda names: (names["UNet"](1, 3), (2, 1, 64, 64)),
    root=".",
)

SCRIPTS = [*EXAMPLE_SCRIPTS, *CIFAR_SCRIPTS, *TUTORIAL_SCRIPTS, *GAN_SCRIPTS, UNET, *AGENTS]
