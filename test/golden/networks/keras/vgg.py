# input: 3, 75, 101
from keras.layers import *
from keras.models import Sequential

model = Sequential(name="vgg", layers=[
    Input((75, 101, 3)),
    Conv2D(64, 3, padding="same", activation="relu"),
    Conv2D(64, 3, padding="same", activation="relu"),
    MaxPooling2D(2, strides=2, padding="same"),
    Conv2D(128, (3, 5), strides=(2, 1), padding="same", use_bias=False),
    BatchNormalization(),
    Activation("relu"),
    MaxPool2D((3, 2), (2, 2), "same"),
    SpatialDropout2D(0.2),
    Conv2D(128, 3, (1, 1), "valid", None, 2),
    AveragePooling2D(2),
    GlobalMaxPooling2D(),
    Dense(10),
])
