# input: 3, 99, 120
import keras
from keras.layers import Conv2D, DepthwiseConv2D, GlobalAveragePooling2D, MaxPooling2D, ReLU, SeparableConv2D

model = keras.Sequential()
model.add(keras.layers.InputLayer(shape=(99, 120, 3)))
model.add(Conv2D(32, 3, strides=2, use_bias=False))
model.add(SeparableConv2D(64, 3, padding="same"))
model.add(MaxPooling2D(3, strides=2, padding="same"))
model.add(DepthwiseConv2D(kernel_size=3, strides=2, depth_multiplier=2))
model.add(ReLU())
model.add(SeparableConv2D(96, (5, 3), strides=(2, 2), depth_multiplier=2, use_bias=False))
model.add(Conv2D(16, 1, groups=4))
model.add(GlobalAveragePooling2D(keepdims=True))
