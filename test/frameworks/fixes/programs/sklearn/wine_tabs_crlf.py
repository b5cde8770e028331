from sklearn.datasets import load_wine
from sklearn.neural_network import MLPRegressor
from sklearn.model_selection import train_test_split

# proline from the other measurements
data = load_wine().data
X, proline = data[:, :12], data[:, 12]

X_train, X_test, p_train, p_test = train_test_split(X, proline, test_size=0.25, random_state=3)

def evaluate(net):
	net.fit(X_train, p_train)
	return net.score(X_test, p_test)

regressor = MLPRegressor(hidden_layer_sizes=(50, 25), learning_rate_init=0.01, max_iter=20, random_state=3)
print(evaluate(regressor))
