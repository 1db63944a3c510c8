// Hands convolutions to the loops of an instruction set, divided among the threads of a team.
#include "kernel_set.h"
#include "work.h"

static convolution convolution_of(const kernels_convolution *shape) {
  return (convolution){
      .shape = *shape,
      .output_height = (shape->height + 2 * shape->padding - shape->kernel_height) / shape->stride + 1,
      .output_width = (shape->width + 2 * shape->padding - shape->kernel_width) / shape->stride + 1,
  };
}

size_t kernels_convolution_scratch(const kernels *kernels, size_t threads, const kernels_convolution *shape) {
  (void)kernels, (void)threads, (void)shape;
  return 16;
}

void kernels_convolve(const kernels *kernels, kernels_team *team, const kernels_convolution *shape, const float *input,
                      const float *weights, const float *bias, float *output, float *scratch) {
  (void)scratch;
  convolution work = convolution_of(shape);
  work.input = input, work.weights = weights, work.bias = bias, work.output = output;
  kernels_share(team, kernels->convolve, &work, shape->samples * work.output_height, 1);
}

void kernels_convolve_input_gradient(const kernels *kernels, kernels_team *team, const kernels_convolution *shape,
                                     const float *output_gradient, const float *weights, float *input_gradient,
                                     float *scratch) {
  (void)scratch;
  convolution work = convolution_of(shape);
  work.output_gradient = output_gradient, work.weights = weights, work.input_gradient = input_gradient;
  kernels_share(team, kernels->convolve_input_gradient, &work, shape->samples * shape->height, 1);
}

void kernels_convolve_weight_gradient(const kernels *kernels, kernels_team *team, const kernels_convolution *shape,
                                      const float *input, const float *output_gradient, float *weight_gradient,
                                      float *bias_gradient, float *scratch) {
  (void)scratch;
  convolution work = convolution_of(shape);
  work.input = input, work.output_gradient = output_gradient, work.weight_gradient = weight_gradient;
  work.bias_sums = bias_gradient;
  kernels_share(team, kernels->convolve_weight_gradient, &work,
                shape->kernel_height * shape->kernel_width * shape->channels, 1);
  if (bias_gradient) kernels_share(team, kernels->sum_bias_gradient, &work, shape->outputs, 16);
}
