// A matrix product by its definition, so that the addon can be built and tested where no BLAS is.
#include <stddef.h>

void cblas_sgemm(int order, int trans_a, int trans_b, int m, int n, int k, float alpha, const float *a, int lda,
                 const float *b, int ldb, float beta, float *c, int ldc) {
  (void)order, (void)alpha, (void)beta;
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int l = 0; l < k; l++)
        sum += (double)a[trans_a == 112 ? (size_t)l * lda + i : (size_t)i * lda + l] *
               b[trans_b == 112 ? (size_t)j * ldb + l : (size_t)l * ldb + j];
      c[(size_t)i * ldc + j] = (float)sum;
    }
}

void openblas_set_num_threads(int threads) { (void)threads; }
char *openblas_get_config(void) { return "plain product"; }
char *openblas_get_corename(void) { return "no"; }
