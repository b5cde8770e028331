import torch
import torch.nn as nn
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

BIAS = -0.05

def make_mlp(sizes):
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        layer = nn.Linear(n_in, n_out)
        nn.init.constant_(layer.bias, BIAS)
        layers.append(layer)
        layers.append(nn.ReLU())
    return nn.Sequential(*layers)

cancer = load_breast_cancer()
X_train, X_test, y_train, y_test = train_test_split(cancer.data, cancer.target, test_size=0.2, random_state=12)
train_x = torch.tensor(X_train, dtype=torch.float32)
train_y = torch.tensor(y_train)
test_x = torch.tensor(X_test, dtype=torch.float32)
test_y = torch.tensor(y_test)

model = make_mlp([30, 24, 12, 2])
loss_function = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr = 0.0005)

for epoch in range(3):
    model.train()
    optimizer.zero_grad()
    output = model(train_x)
    loss = loss_function(output, train_y)
    loss.backward()
    optimizer.step()

model.eval()
with torch.no_grad():
    predicted = model(test_x).argmax(dim=1)
    print('accuracy: {:.2f}'.format((predicted == test_y).float().mean()))
