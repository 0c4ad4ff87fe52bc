#include "sweeps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pool.h"

// The same loops compiled for several processors; the loader takes the best that this one has.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#define FAST __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FAST
#endif

#define LEAKY_SLOPE 0.2f
#define BATCH_NORM_EPSILON 1e-5
/// Entries below which a second thread costs more than it brings.
#define WORTH_A_THREAD 16384
/// Columns on whose borders work is divided, so that no two threads write one cache line.
#define GRAIN 16

static int parts_for(size_t entries) {
  size_t most = entries / WORTH_A_THREAD + 1;
  int threads = spagene_threads();
  return most < (size_t)threads ? (int)most : threads;
}

/// Columns that are summed at once, on the stack.
#define BAND 256

FAST static void forward_band(const block_forward *b, size_t from, size_t to) {
  double mean[BAND], square[BAND];
  float inverse[BAND], gamma[BAND], beta[BAND];
  size_t rows = b->rows, width = b->width, count = to - from;
  memset(mean, 0, sizeof mean);
  memset(square, 0, sizeof square);
  for (size_t i = 0; i < rows; i++) {
    const float *restrict h = b->h + i * width + from;
    for (size_t j = 0; j < count; j++) mean[j] += h[j];
  }
  for (size_t j = 0; j < count; j++) mean[j] /= (double)rows;
  for (size_t i = 0; i < rows; i++) {
    const float *restrict h = b->h + i * width + from;
    for (size_t j = 0; j < count; j++) {
      double difference = h[j] - mean[j];
      square[j] += difference * difference;
    }
  }
  for (size_t j = 0; j < count; j++) {
    double variance = square[j] / (double)rows;
    b->mean[from + j] = mean[j];
    b->variance[from + j] = variance;
    inverse[j] = (float)(1 / sqrt(variance + BATCH_NORM_EPSILON));
    gamma[j] = b->gamma[from + j];
    beta[j] = b->beta[from + j];
  }
  memcpy(b->inverse + from, inverse, count * sizeof(float));
  for (size_t i = 0; i < rows; i++) {
    size_t at = i * width + from;
    const float *restrict h = b->h + at, *restrict keep = b->keep == NULL ? NULL : b->keep + at;
    float *restrict out = b->out + at, *restrict xhat = b->xhat + at, *restrict gate = b->gate + at;
    for (size_t j = 0; j < count; j++) xhat[j] = (float)(h[j] - mean[j]) * inverse[j];
    for (size_t j = 0; j < count; j++) gate[j] = xhat[j] * gamma[j] + beta[j] > 0 ? 1.0f : LEAKY_SLOPE;
    if (keep != NULL)
      for (size_t j = 0; j < count; j++) gate[j] *= keep[j];
    for (size_t j = 0; j < count; j++) out[j] = (xhat[j] * gamma[j] + beta[j]) * gate[j];
  }
}

static void forward_part(void *context, int part, int parts) {
  block_forward *b = context;
  size_t end = spagene_border(b->width, part + 1, parts, GRAIN);
  for (size_t from = spagene_border(b->width, part, parts, GRAIN); from < end; from += BAND)
    forward_band(b, from, from + BAND < end ? from + BAND : end);
}

void spagene_block_forward(block_forward *b) { spagene_parallel(forward_part, b, parts_for(b->rows * b->width)); }

FAST static void backward_band(const block_backward *b, size_t from, size_t to) {
  double d_beta[BAND], d_gamma[BAND];
  float scale[BAND], mean_beta[BAND], mean_gamma[BAND];
  size_t rows = b->rows, width = b->width, count = to - from;
  memset(d_beta, 0, sizeof d_beta);
  memset(d_gamma, 0, sizeof d_gamma);
  for (size_t i = 0; i < rows; i++) {
    size_t at = i * width + from;
    const float *restrict up = b->upstream + at, *restrict gate = b->gate + at, *restrict xhat = b->xhat + at;
    for (size_t j = 0; j < count; j++) {
      float dy = up[j] * gate[j];
      d_beta[j] += dy;
      d_gamma[j] += (double)dy * xhat[j];
    }
  }
  for (size_t j = 0; j < count; j++) {
    b->d_gamma[from + j] = (float)d_gamma[j];
    b->d_beta[from + j] = (float)d_beta[j];
    scale[j] = b->gamma[from + j] * b->inverse[from + j];
    mean_beta[j] = (float)(d_beta[j] / (double)rows);
    mean_gamma[j] = (float)(d_gamma[j] / (double)rows);
  }
  for (size_t i = 0; i < rows; i++) {
    size_t at = i * width + from;
    const float *restrict up = b->upstream + at, *restrict gate = b->gate + at, *restrict xhat = b->xhat + at;
    float *restrict h = b->h + at;
    for (size_t j = 0; j < count; j++)
      h[j] = scale[j] * (up[j] * gate[j] - mean_beta[j] - xhat[j] * mean_gamma[j]);
  }
}

static void backward_part(void *context, int part, int parts) {
  block_backward *b = context;
  size_t end = spagene_border(b->width, part + 1, parts, GRAIN);
  for (size_t from = spagene_border(b->width, part, parts, GRAIN); from < end; from += BAND)
    backward_band(b, from, from + BAND < end ? from + BAND : end);
}

void spagene_block_backward(block_backward *b) { spagene_parallel(backward_part, b, parts_for(b->rows * b->width)); }

FAST static void adam_range(const adam_update *u, size_t from, size_t to) {
  const float rate = (float)u->rate, root = (float)u->root, decay = (float)u->decay, epsilon = (float)u->epsilon;
  const float beta1 = 0.9f, beta2 = 0.999f, rest1 = (float)(1 - 0.9), rest2 = (float)(1 - 0.999);
  float *restrict p = u->p, *restrict m = u->m, *restrict v = u->v;
  const float *restrict gradient = u->gradient;
  if (gradient == NULL) {
    for (size_t i = from; i < to; i++) {
      float g = decay * p[i];
      m[i] = beta1 * m[i] + rest1 * g;
      v[i] = beta2 * v[i] + rest2 * g * g;
      p[i] -= rate * m[i] / (sqrtf(v[i]) * root + epsilon);
    }
    return;
  }
  for (size_t i = from; i < to; i++) {
    float g = gradient[i] + decay * p[i];
    float first = beta1 * m[i] + rest1 * g;
    float second = beta2 * v[i] + rest2 * g * g;
    m[i] = first;
    v[i] = second;
    p[i] -= rate * first / (sqrtf(second) * root + epsilon);
  }
}

static void adam_part(void *context, int part, int parts) {
  adam_update *u = context;
  adam_range(u, spagene_border(u->length, part, parts, GRAIN), spagene_border(u->length, part + 1, parts, GRAIN));
}

void spagene_adam(adam_update *u) { spagene_parallel(adam_part, u, parts_for(u->length)); }

FAST static void bias_rows(const bias_sweep *s, size_t from, size_t to) {
  const float *restrict bias = s->bias;
  for (size_t i = from; i < to; i++) {
    float *restrict x = s->x + i * s->width;
    if (!s->leaky) {
      for (size_t j = 0; j < s->width; j++) x[j] += bias[j];
    } else if (s->gate == NULL) {
      for (size_t j = 0; j < s->width; j++) {
        float value = x[j] + bias[j];
        x[j] = value * (value > 0 ? 1.0f : LEAKY_SLOPE);
      }
    } else {
      float *restrict gate = s->gate + i * s->width;
      for (size_t j = 0; j < s->width; j++) {
        float value = x[j] + bias[j];
        float slope = value > 0 ? 1.0f : LEAKY_SLOPE;
        gate[j] = slope;
        x[j] = value * slope;
      }
    }
  }
}

static void bias_part(void *context, int part, int parts) {
  bias_sweep *s = context;
  bias_rows(s, spagene_border(s->rows, part, parts, 1), spagene_border(s->rows, part + 1, parts, 1));
}

void spagene_bias(bias_sweep *s) { spagene_parallel(bias_part, s, parts_for(s->rows * s->width)); }

FAST static void row_band(const float *restrict weights, const float *restrict matrix, float *restrict result,
                          size_t rows, size_t width, size_t count, double scale) {
  double sums[BAND];
  memset(sums, 0, sizeof sums);
  for (size_t i = 0; i < rows; i++) {
    const float *restrict row = matrix + i * width;
    double weight = weights == NULL ? 1 : weights[i];
    for (size_t j = 0; j < count; j++) sums[j] += weight * row[j];
  }
  for (size_t j = 0; j < count; j++) result[j] = (float)(sums[j] * scale);
}

typedef struct {
  const float *weights, *matrix;
  float *result;
  size_t rows, width;
  double scale;
} row_product;

static void row_part(void *context, int part, int parts) {
  row_product *r = context;
  size_t end = spagene_border(r->width, part + 1, parts, GRAIN);
  for (size_t from = spagene_border(r->width, part, parts, GRAIN); from < end; from += BAND) {
    size_t count = end - from < BAND ? end - from : BAND;
    row_band(r->weights, r->matrix + from, r->result + from, r->rows, r->width, count, r->scale);
  }
}

void spagene_row_times_matrix(const float *weights, const float *matrix, float *result, size_t rows, size_t width,
                              double scale) {
  row_product r = {weights, matrix, result, rows, width, scale};
  spagene_parallel(row_part, &r, parts_for(rows * width));
}

static inline uint32_t rotated(uint32_t x, int by) { return (x << by) | (x >> (32 - by)); }

void spagene_dropout(float *mask, size_t length, uint32_t threshold, float kept, uint32_t state[4]) {
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  for (size_t i = 0; i < length; i += 2) {
    uint32_t word = rotated(b * 5, 7) * 9;
    uint32_t shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    mask[i] = (word >> 16) >= threshold ? kept : 0;
    if (i + 1 < length) mask[i + 1] = (word & 0xffff) >= threshold ? kept : 0;
  }
  state[0] = a, state[1] = b, state[2] = c, state[3] = d;
}
