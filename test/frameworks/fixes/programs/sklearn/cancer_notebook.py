# %% [markdown]
# # Breast cancer
# How well does a small network do without any preparation of the data?

# %%
import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import confusion_matrix, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

# %%
data = load_breast_cancer()
data.data.shape, data.target.shape

# %%
X_train, X_test, y_train, y_test = train_test_split(data.data, data.target, test_size=0.3, random_state=101)

# %%
mlp = MLPClassifier(hidden_layer_sizes=(30, 30, 30), learning_rate_init=0.003, max_iter=25, early_stopping=True,
                    random_state=101)
mlp.fit(X_train, y_train)

# %%
proba = mlp.predict_proba(X_test)[:, 1]
print(roc_auc_score(y_test, proba))
print(confusion_matrix(y_test, mlp.predict(X_test)))

# %%
np.bincount(mlp.predict(X_test))
