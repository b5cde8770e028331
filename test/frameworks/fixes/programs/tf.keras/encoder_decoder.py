from tensorflow.keras import layers, losses, models, optimizers
import numpy as np


class Denoise(models.Model):
    def __init__(self):
        super().__init__()
        self.encoder = models.Sequential([
            layers.Input(shape=(25,)),
            layers.Dense(16, activation='relu'),
            layers.Dense(8, activation='relu'),
        ])
        self.decoder = models.Sequential([
            layers.Input(shape=(8,)),
            layers.Dense(16, activation='relu'),
            layers.Dense(25, activation='sigmoid'),
        ])

    def call(self, x):
        return self.decoder(self.encoder(x))


autoencoder = Denoise()
autoencoder.compile(optimizer=optimizers.Adam(learning_rate=0.004), loss=losses.MeanSquaredError())
data = np.random.rand(32, 25)
autoencoder.fit(data, data, epochs=1, batch_size=16, verbose=0)
