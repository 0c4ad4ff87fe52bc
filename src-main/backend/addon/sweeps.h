// Element-wise work of a training step, each in one sweep over memory. Matrices are row-major float32; sums over
// cells are made in double. The formulas are those of model/batch-norm.ts, model/adam.ts and model/dropout.ts.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct {
  size_t rows, width;
  const float *h, *gamma, *beta, *keep /* may be NULL */;
  float *out, *xhat, *gate, *inverse;
  double *mean, *variance;
} block_forward;

/// Linear's output → BatchNorm (batch statistics) → LeakyReLU → Dropout.
void spagene_block_forward(block_forward *block);

typedef struct {
  size_t rows, width;
  const float *upstream, *gate, *xhat, *inverse, *gamma;
  float *h, *d_gamma, *d_beta;
} block_backward;

void spagene_block_backward(block_backward *block);

typedef struct {
  size_t length;
  const float *gradient /* may be NULL: zero */;
  float *p, *m, *v;
  double rate, root, decay, epsilon;
} adam_update;

/// Adam with L2 decay, in place.
void spagene_adam(adam_update *update);

/// x ← leaky(x + bias) in place; gate (may be NULL) takes the slope. `leaky` 0 adds the bias only.
typedef struct {
  size_t rows, width;
  const float *bias;
  float *x, *gate;
  int leaky;
} bias_sweep;

void spagene_bias(bias_sweep *sweep);

/// Sum over rows of weight[i] (1 where NULL) × row i, times scale, in double.
void spagene_row_times_matrix(const float *weights, const float *matrix, float *result, size_t rows, size_t width,
                              double scale);

/// Dropout mask from the stream of src-shared/maths/random.ts (xoshiro128**), whose state moves on.
void spagene_dropout(float *mask, size_t length, uint32_t threshold, float kept, uint32_t state[4]);
