// The BLAS behind the products: OpenBLAS, or Accelerate on macOS.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __APPLE__
#define SPAGENE_BLAS_HAS_THREADS 1
#else
// OpenBLAS is called from threads of our own, which the element-wise sweeps use too: two pools would fight.
#define SPAGENE_BLAS_HAS_THREADS 0
#endif

/// c ← op(a) op(b), row-major, m × n with inner length k; the leading dimensions follow the operands.
void spagene_sgemm(bool trans_a, bool trans_b, size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b,
                   size_t ldb, float *c, size_t ldc);
void spagene_blas_set_threads(int threads);
const char *spagene_blas_description(void);
