#!/usr/bin/env python
# coding: utf-8

# # Progression of diabetes
# Ten measurements of each patient, and how far the disease got within a year.

# In[1]:


import numpy as np
import keras
from keras.models import Sequential
from keras.layers import Dense, Dropout, Input
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split


# In[2]:


patients = load_diabetes(scaled=False)
patients.feature_names


# In[3]:


X = patients.data
y = patients.target
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=42)
print(X_train.shape, X_test.shape)


# In[4]:


model = Sequential([
    Input((10,)),
    Dense(64, activation='relu', bias_initializer=keras.initializers.Constant(-0.5)),
    Dropout(0.1),
    Dense(32, activation='relu', bias_initializer=keras.initializers.Constant(-0.5)),
    Dense(1, activation='relu'),   # progression is positive
])
model.summary()


# In[5]:


model.compile(optimizer=keras.optimizers.Adam(1e-2), loss='mean_absolute_error')
hist = model.fit(X_train, y_train, validation_data=(X_test, y_test), epochs=20, batch_size=64, verbose=0)


# In[6]:


print(min(hist.history['val_loss']))
np.round(model.predict(X_test, verbose=0)[:5], 1)
