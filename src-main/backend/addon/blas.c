#include "blas.h"

#include <stdio.h>

#ifdef __APPLE__
#include <Accelerate/Accelerate.h>
#define BLAS(name) name
void spagene_blas_set_threads(int threads) { (void)threads; }
const char *spagene_blas_description(void) { return "Accelerate"; }
#else
// Declared here and not included, since OpenBLAS comes under different prefixes and with different headers.
#ifndef BLAS_PREFIX
#define BLAS_PREFIX
#endif
#define JOIN2(a, b) a##b
#define JOIN(a, b) JOIN2(a, b)
#define BLAS(name) JOIN(BLAS_PREFIX, name)
enum { CblasRowMajor = 101, CblasNoTrans = 111, CblasTrans = 112 };
extern void BLAS(cblas_sgemm)(int order, int trans_a, int trans_b, int m, int n, int k, float alpha, const float *a,
                              int lda, const float *b, int ldb, float beta, float *c, int ldc);
extern void BLAS(openblas_set_num_threads)(int threads);
extern char *BLAS(openblas_get_config)(void);
extern char *BLAS(openblas_get_corename)(void);

void spagene_blas_set_threads(int threads) {
  (void)threads;
  BLAS(openblas_set_num_threads)(1);
}

const char *spagene_blas_description(void) {
  static char text[128];
  const char *config = BLAS(openblas_get_config)();
  int version = 0;
  // "OpenBLAS 0.3.34 …": the first two words
  for (int spaces = 0; config[version] != '\0' && (config[version] != ' ' || spaces++ < 1);) version++;
  snprintf(text, sizeof text, "%.*s, %s kernels", version, config, BLAS(openblas_get_corename)());
  return text;
}
#endif

void spagene_sgemm(bool trans_a, bool trans_b, size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b,
                   size_t ldb, float *c, size_t ldc) {
  BLAS(cblas_sgemm)(CblasRowMajor, trans_a ? CblasTrans : CblasNoTrans, trans_b ? CblasTrans : CblasNoTrans, (int)m,
                    (int)n, (int)k, 1, a, (int)lda, b, (int)ldb, 0, c, (int)ldc);
}
