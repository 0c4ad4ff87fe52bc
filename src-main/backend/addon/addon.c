// Node-API face of the kernels: matrix products by a BLAS and element-wise sweeps, all in place on typed arrays (views
// of the WASM heap among them). Sizes are checked here, so that a fault of the caller is an exception and no crash.
#include <node_api.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "blas.h"
#include "pool.h"
#include "sweeps.h"

#define MOST_ARGUMENTS 12

typedef struct {
  void *data;
  size_t length;
  bool present;
} array;

typedef struct {
  napi_env env;
  size_t count;
  napi_value values[MOST_ARGUMENTS];
  bool failed;
} call;

static void fail(call *c, const char *message) {
  if (!c->failed) napi_throw_error(c->env, NULL, message);
  c->failed = true;
}

static call begin(napi_env env, napi_callback_info info) {
  call c = {.env = env, .count = MOST_ARGUMENTS, .failed = false};
  napi_get_cb_info(env, info, &c.count, c.values, NULL, NULL);
  return c;
}

/// A typed array of the given type; undefined where `optional` gives an absent one.
static array typed(call *c, size_t i, napi_typedarray_type wanted, bool optional) {
  array result = {NULL, 0, false};
  if (c->failed) return result;
  napi_valuetype kind = napi_undefined;
  if (i < c->count) napi_typeof(c->env, c->values[i], &kind);
  if (kind == napi_undefined && optional) return result;
  bool is_array = false;
  napi_typedarray_type type;
  if (i < c->count) napi_is_typedarray(c->env, c->values[i], &is_array);
  if (!is_array || napi_get_typedarray_info(c->env, c->values[i], &type, &result.length, &result.data, NULL, NULL) != napi_ok ||
      type != wanted) {
    fail(c, "the kernel wants a typed array of another kind");
    return result;
  }
  result.present = true;
  return result;
}

static array floats(call *c, size_t i) { return typed(c, i, napi_float32_array, false); }
static array optional_floats(call *c, size_t i) { return typed(c, i, napi_float32_array, true); }

static double number(call *c, size_t i) {
  double value = 0;
  if (!c->failed && (i >= c->count || napi_get_value_double(c->env, c->values[i], &value) != napi_ok))
    fail(c, "the kernel wants a number");
  return value;
}

static bool flag(call *c, size_t i) {
  bool value = false;
  if (!c->failed && (i >= c->count || napi_get_value_bool(c->env, c->values[i], &value) != napi_ok))
    fail(c, "the kernel wants true or false");
  return value;
}

static void want(call *c, bool holds) {
  if (!c->failed && !holds) fail(c, "the kernel was given arrays whose sizes do not fit");
}

typedef struct {
  bool trans_a, trans_b;
  size_t m, n, k;
  const float *a, *b;
  float *c;
} product;

/// Each thread multiplies its own rows, or columns where there are more of them.
static void product_part(void *context, int part, int parts) {
  product *p = context;
  bool by_rows = p->m >= p->n;
  size_t from = spagene_border(by_rows ? p->m : p->n, part, parts, 16);
  size_t to = spagene_border(by_rows ? p->m : p->n, part + 1, parts, 16);
  if (from >= to) return;
  size_t m = by_rows ? to - from : p->m, n = by_rows ? p->n : to - from;
  const float *a = by_rows ? p->a + (p->trans_a ? from : from * p->k) : p->a;
  const float *b = by_rows ? p->b : p->b + (p->trans_b ? from * p->k : from);
  float *c = by_rows ? p->c + from * p->n : p->c + from;
  spagene_sgemm(p->trans_a, p->trans_b, m, n, p->k, a, p->trans_a ? p->m : p->k, b, p->trans_b ? p->k : p->n, c, p->n);
}

/// Multiply-adds below which a second thread costs more than it brings.
#define WORTH_A_THREAD 262144.0

static int product_parts(const product *p) {
  if (SPAGENE_BLAS_HAS_THREADS) return 1;
  double work = (double)p->m * (double)p->n * (double)p->k;
  double most = work / WORTH_A_THREAD + 1;
  return most < spagene_threads() ? (int)most : spagene_threads();
}

/// multiply(a, b, c, m, n, k, transposeA, transposeB): c ← op(a) op(b), m × n.
static napi_value multiply(napi_env env, napi_callback_info info) {
  call c = begin(env, info);
  array a = floats(&c, 0), b = floats(&c, 1), out = floats(&c, 2);
  product p = {.m = (size_t)number(&c, 3), .n = (size_t)number(&c, 4), .k = (size_t)number(&c, 5),
               .trans_a = flag(&c, 6), .trans_b = flag(&c, 7), .a = a.data, .b = b.data, .c = out.data};
  want(&c, a.length == p.m * p.k && b.length == p.k * p.n && out.length == p.m * p.n);
  want(&c, p.m < INT32_MAX && p.n < INT32_MAX && p.k < INT32_MAX);
  if (!c.failed && out.length > 0) {
    if (p.k == 0) memset(p.c, 0, out.length * sizeof(float));
    else spagene_parallel(product_part, &p, product_parts(&p));
  }
  return NULL;
}

/// rowTimesMatrix(weights | undefined, matrix, result, scale)
static napi_value row_times_matrix(napi_env env, napi_callback_info info) {
  call c = begin(env, info);
  array weights = optional_floats(&c, 0), matrix = floats(&c, 1), result = floats(&c, 2);
  double scale = number(&c, 3);
  want(&c, result.length > 0 && matrix.length % (result.length ? result.length : 1) == 0);
  size_t rows = result.length ? matrix.length / result.length : 0;
  want(&c, !weights.present || weights.length == rows);
  if (!c.failed) spagene_row_times_matrix(weights.data, matrix.data, result.data, rows, result.length, scale);
  return NULL;
}

/// blockForward(h, gamma, beta, keep | undefined, out, xhat, gate, inverse, mean, variance)
static napi_value forward(napi_env env, napi_callback_info info) {
  call c = begin(env, info);
  array h = floats(&c, 0), gamma = floats(&c, 1), beta = floats(&c, 2), keep = optional_floats(&c, 3);
  array out = floats(&c, 4), xhat = floats(&c, 5), gate = floats(&c, 6), inverse = floats(&c, 7);
  array mean = typed(&c, 8, napi_float64_array, false), variance = typed(&c, 9, napi_float64_array, false);
  size_t width = gamma.length;
  want(&c, width > 0 && h.length % (width ? width : 1) == 0 && beta.length == width && inverse.length == width);
  want(&c, mean.length == width && variance.length == width && (!keep.present || keep.length == h.length));
  want(&c, out.length == h.length && xhat.length == h.length && gate.length == h.length);
  if (c.failed) return NULL;
  block_forward block = {h.length / width, width, h.data, gamma.data, beta.data, keep.data,
                         out.data, xhat.data, gate.data, inverse.data, mean.data, variance.data};
  spagene_block_forward(&block);
  return NULL;
}

/// blockBackward(upstream, gate, xhat, inverse, gamma, h, dGamma, dBeta)
static napi_value backward(napi_env env, napi_callback_info info) {
  call c = begin(env, info);
  array up = floats(&c, 0), gate = floats(&c, 1), xhat = floats(&c, 2), inverse = floats(&c, 3), gamma = floats(&c, 4);
  array h = floats(&c, 5), d_gamma = floats(&c, 6), d_beta = floats(&c, 7);
  size_t width = gamma.length;
  want(&c, width > 0 && up.length % (width ? width : 1) == 0 && inverse.length == width);
  want(&c, gate.length == up.length && xhat.length == up.length && h.length == up.length);
  want(&c, d_gamma.length == width && d_beta.length == width);
  if (c.failed) return NULL;
  block_backward block = {up.length / width, width, up.data, gate.data, xhat.data, inverse.data, gamma.data,
                          h.data, d_gamma.data, d_beta.data};
  spagene_block_backward(&block);
  return NULL;
}

/// adam(parameters, gradient | undefined, m, v, rate, root, decay, epsilon), in place
static napi_value adam(napi_env env, napi_callback_info info) {
  call c = begin(env, info);
  array p = floats(&c, 0), g = optional_floats(&c, 1), m = floats(&c, 2), v = floats(&c, 3);
  adam_update update = {p.length, g.data, p.data, m.data, v.data, number(&c, 4), number(&c, 5), number(&c, 6), number(&c, 7)};
  want(&c, (!g.present || g.length == p.length) && m.length == p.length && v.length == p.length);
  if (!c.failed) spagene_adam(&update);
  return NULL;
}

/// addBias(x, bias, gate | undefined, leaky), in place
static napi_value add_bias(napi_env env, napi_callback_info info) {
  call c = begin(env, info);
  array x = floats(&c, 0), bias = floats(&c, 1), gate = optional_floats(&c, 2);
  bool leaky = flag(&c, 3);
  want(&c, bias.length > 0 && x.length % (bias.length ? bias.length : 1) == 0);
  want(&c, !gate.present || gate.length == x.length);
  if (c.failed) return NULL;
  bias_sweep sweep = {x.length / bias.length, bias.length, bias.data, x.data, gate.data, leaky};
  spagene_bias(&sweep);
  return NULL;
}

/// dropout(mask, threshold, kept, state): state is a Uint32Array of four words
static napi_value dropout(napi_env env, napi_callback_info info) {
  call c = begin(env, info);
  array mask = floats(&c, 0), state = typed(&c, 3, napi_uint32_array, false);
  double threshold = number(&c, 1), kept = number(&c, 2);
  want(&c, state.length == 4);
  if (!c.failed) spagene_dropout(mask.data, mask.length, (uint32_t)threshold, (float)kept, state.data);
  return NULL;
}

static napi_value set_threads(napi_env env, napi_callback_info info) {
  call c = begin(env, info);
  int threads = (int)number(&c, 0);
  if (c.failed) return NULL;
  spagene_set_threads(threads);
  spagene_blas_set_threads(threads);
  return NULL;
}

/// description(): which BLAS, and its kernel
static napi_value description(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value text;
  napi_create_string_utf8(env, spagene_blas_description(), NAPI_AUTO_LENGTH, &text);
  return text;
}

NAPI_MODULE_INIT() {
  static const struct {
    const char *name;
    napi_callback function;
  } functions[] = {{"multiply", multiply}, {"rowTimesMatrix", row_times_matrix}, {"blockForward", forward},
                   {"blockBackward", backward}, {"adam", adam}, {"addBias", add_bias}, {"dropout", dropout},
                   {"setThreads", set_threads}, {"description", description}};
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    napi_value function;
    napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].function, NULL, &function);
    napi_set_named_property(env, exports, functions[i].name, function);
  }
  return exports;
}
