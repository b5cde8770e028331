#!/usr/bin/env python
# coding: utf-8

# # Iris with PyTorch
# Three species, four lengths in centimetres.

# In[1]:


import torch
import torch.nn as nn
import torch.nn.functional as F
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split


# In[2]:


iris = load_iris()
X = iris.data
y = iris.target
print(iris.feature_names)


# In[3]:


X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=33)

X_train = torch.FloatTensor(X_train)
X_test = torch.FloatTensor(X_test)
y_train = torch.LongTensor(y_train)
y_test = torch.LongTensor(y_test)


# In[4]:


class Model(nn.Module):
    def __init__(self, in_features=4, h1=16, h2=12, out_features=3):
        super().__init__()
        self.fc1 = nn.Linear(in_features, h1)
        self.fc2 = nn.Linear(h1, h2)
        self.out = nn.Linear(h2, out_features)
        torch.nn.init.constant_(self.fc1.bias, -0.1)
        torch.nn.init.constant_(self.fc2.bias, -0.1)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        x = F.relu(self.out(x))
        return x


# In[5]:


torch.manual_seed(32)
model = Model()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)


# In[6]:


losses = []
for i in range(5):
    y_pred = model.forward(X_train)
    loss = criterion(y_pred, y_train)
    losses.append(loss.detach().numpy())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


# In[7]:


with torch.no_grad():
    y_eval = model(X_test)
    print(criterion(y_eval, y_test))
