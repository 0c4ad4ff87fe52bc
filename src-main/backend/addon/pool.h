// A pool of threads that divide a range among them. One caller at a time, which takes part itself.
#pragma once
#include <stddef.h>

/// Work on part `part` of `parts`.
typedef void (*spagene_work)(void *context, int part, int parts);

/// Sets the number of threads, the caller's included; threads are started when they are first needed.
void spagene_set_threads(int threads);
int spagene_threads(void);
/// Runs `work` once for each part, each on a thread of its own, and returns when all are done.
void spagene_parallel(spagene_work work, void *context, int parts);

/// First index of part `part` of `parts` of a range of `length`, on a border of `grain`.
static inline size_t spagene_border(size_t length, int part, int parts, size_t grain) {
  if (part >= parts) return length;
  size_t grains = (length + grain - 1) / grain;
  size_t first = grains * (size_t)part / (size_t)parts * grain;
  return first < length ? first : length;
}
