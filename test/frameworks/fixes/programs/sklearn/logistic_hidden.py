from sklearn.datasets import load_diabetes
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import StandardScaler

data = load_diabetes()
scaler = StandardScaler()
X = scaler.fit_transform(data.data)
model = MLPRegressor(hidden_layer_sizes=(32,), activation="logistic", solver="sgd",
                     learning_rate="adaptive", learning_rate_init=0.001, max_iter=50)
model.fit(X, data.target)
print(model.loss_)
