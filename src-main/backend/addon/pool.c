#include "pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#define MOST_THREADS 256
// A step asks for the pool some hundred times in a row: a short wait awake saves most of the wake-ups.
#define SPINS 2000

typedef struct {
  pthread_t thread;
  int number;
  /// The last round before it was started, which is none of its own.
  unsigned seen;
} worker;

static worker workers[MOST_THREADS];
static int started = 0;
static int wanted = 1;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static atomic_uint round_number = 0;
static atomic_int running = 0;
static spagene_work current_work;
static void *current_context;
static int current_parts;

static unsigned await_round(unsigned seen) {
  for (int i = 0; i < SPINS; i++) {
    unsigned now = atomic_load_explicit(&round_number, memory_order_acquire);
    if (now != seen) return now;
    if (i % 64 == 63) sched_yield();
  }
  pthread_mutex_lock(&lock);
  unsigned now;
  while ((now = atomic_load_explicit(&round_number, memory_order_acquire)) == seen) pthread_cond_wait(&wake, &lock);
  pthread_mutex_unlock(&lock);
  return now;
}

static void *serve(void *argument) {
  int number = ((worker *)argument)->number;
  unsigned seen = ((worker *)argument)->seen;
  for (;;) {
    seen = await_round(seen);
    if (number < current_parts) current_work(current_context, number, current_parts);
    atomic_fetch_sub_explicit(&running, 1, memory_order_release);
  }
  return NULL;
}

void spagene_set_threads(int threads) {
  wanted = threads < 1 ? 1 : threads > MOST_THREADS ? MOST_THREADS : threads;
}

int spagene_threads(void) { return wanted; }

/// Starts workers up to the wanted number; fewer when the system refuses more.
static void start_workers(void) {
  while (started < wanted - 1) {
    worker *next = &workers[started];
    next->number = started + 1;
    next->seen = atomic_load(&round_number);
    if (pthread_create(&next->thread, NULL, serve, next) != 0) {
      wanted = started + 1;
      return;
    }
    pthread_detach(next->thread);
    started++;
  }
}

void spagene_parallel(spagene_work work, void *context, int parts) {
  if (parts > wanted) parts = wanted;
  if (parts > 1 && started < wanted - 1) start_workers();
  if (parts > started + 1) parts = started + 1;
  if (parts <= 1) {
    work(context, 0, 1);
    return;
  }
  current_work = work;
  current_context = context;
  current_parts = parts;
  atomic_store_explicit(&running, started, memory_order_relaxed);
  pthread_mutex_lock(&lock);
  atomic_fetch_add_explicit(&round_number, 1, memory_order_release);
  pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&lock);
  work(context, 0, parts);
  for (int i = 0; atomic_load_explicit(&running, memory_order_acquire) > 0; i++) {
    if (i % 256 == 255) sched_yield();
  }
}
