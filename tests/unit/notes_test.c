/* notes_test.c - can the five sounds be confused? Each is measured as it leaves the program, and as it comes out of a
 * loudspeaker that gives nothing below 500 Hz and rattles, in a hall that is as loud as itself.
 * links: kiosk_screen core */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/screen/notes.h"
#include "tests/unit/rows.h"

enum { SOUNDS = 5, FRAME = NOTES_RATE / 100 /* 10 ms */, FRAMES_MAX = NOTES_SAMPLES_MAX / FRAME, FULL = 100 };

/* Where the pitch goes. */
enum contour { STAYS, CLIMBS, SINKS, TO_AND_FRO };

static const struct sound_row {
    const char  *name;
    enum sound   sound;
    int          least_ms, most_ms, beginnings;
    enum contour contour;
    bool         is_rough;
} SOUND_ROWS[SOUNDS] = {
    {"saved",    SOUND_SAVED,    180,  260,  2, CLIMBS,     false},
    {"refused",  SOUND_REFUSED,  800,  900,  1, SINKS,      true },
    {"rush",     SOUND_RUSH,     480,  580,  6, STAYS,      false},
    {"stopped",  SOUND_STOPPED,  1400, 1700, 8, TO_AND_FRO, true },
    {"question", SOUND_QUESTION, 560,  640,  3, CLIMBS,     false},
};

/* ---- Measuring */

struct heard {
    int          ms, beginnings, frames;
    double       loud[FRAMES_MAX], hz[FRAMES_MAX]; /* of each 10 ms; hz 0: silence */
    double       peak, mean_hz;
    enum contour contour;
    bool         is_rough; /* its third harmonic is heard too */
};

static double power_at(const double *samples, size_t count, double hz)
{
    double real = 0, imaginary = 0;
    for (size_t i = 0; i < count; i++) {
        double angle = 2 * M_PI * hz * (double)i / NOTES_RATE;
        real += samples[i] * cos(angle);
        imaginary += samples[i] * sin(angle);
    }
    return (real * real + imaginary * imaginary) / (double)count;
}

/* The strongest of the tones between 150 and 2400 Hz, a quarter tone apart. */
enum { QUARTERS = 96 };
static double strongest(const double *samples, size_t count)
{
    double best = 0, best_hz = 0;
    for (int step = 0; step < QUARTERS; step++) {
        double hz = 150 * pow(2, step / 24.0), power = power_at(samples, count, hz);
        if (power <= best) continue;
        best = power;
        best_hz = hz;
    }
    return best_hz;
}

static double mean_hz(const struct heard *heard, int from, int to)
{
    double sum = 0;
    int    count = 0;
    for (int i = from; i < to; i++) {
        if (heard->hz[i] <= 0) continue;
        sum += heard->hz[i];
        count++;
    }
    return count > 0 ? sum / count : 0;
}

/* How often the pitch turns by a quarter or more, and where it ends. */
static enum contour contour_of(const struct heard *heard)
{
    int    jumps = 0;
    double was = 0, first = mean_hz(heard, 0, heard->frames / 4);
    double last = mean_hz(heard, heard->frames * 3 / 4, heard->frames);
    for (int i = 1; i + 1 < heard->frames; i++) { /* what a fade makes of it doesn't count */
        if (heard->loud[i - 1] < 0.1 || heard->loud[i + 1] < 0.1 || heard->hz[i] <= 0) continue;
        if (was > 0 && (heard->hz[i] > was * 1.25 || was > heard->hz[i] * 1.25)) jumps++;
        was = heard->hz[i];
    }
    if (jumps > 4) return TO_AND_FRO;
    return last > first * 1.3 ? CLIMBS : first > last * 1.3 ? SINKS : STAYS;
}

static bool is_rough(const double *wave, const struct heard *heard)
{
    double base = 0, third = 0;
    for (int i = 0; i < heard->frames; i++) {
        double hz = heard->hz[i];
        if (hz <= 0) continue;
        base += power_at(wave + (size_t)i * FRAME, FRAME, hz);
        third += power_at(wave + (size_t)i * FRAME, FRAME, hz * 3) + power_at(wave + (size_t)i * FRAME, FRAME, hz / 3);
    }
    return third > base / 10;
}

static void measure(const double *wave, size_t count, struct heard *heard)
{
    memset(heard, 0, sizeof *heard);
    heard->ms = (int)(count * 1000 / NOTES_RATE);
    heard->frames = (int)(count / FRAME);
    for (size_t i = 0; i < count; i++) heard->peak = fmax(heard->peak, fabs(wave[i]));
    for (int i = 0; i < heard->frames; i++) {
        const double *frame = wave + (size_t)i * FRAME;
        double        sum = 0;
        for (int k = 0; k < FRAME; k++) sum += frame[k] * frame[k];
        heard->loud[i] = sqrt(sum / FRAME) / (heard->peak > 0 ? heard->peak : 1);
        if (heard->loud[i] > 0.1) heard->hz[i] = strongest(frame, FRAME);
        if (heard->loud[i] >= 0.1 && (i == 0 || heard->loud[i - 1] < 0.1)) heard->beginnings++;
    }
    heard->mean_hz = mean_hz(heard, 0, heard->frames);
    heard->contour = contour_of(heard);
    heard->is_rough = is_rough(wave, heard);
}

static size_t made(enum sound sound, int volume, double *samples)
{
    static int16_t raw[NOTES_SAMPLES_MAX];
    size_t         count = notes_make(sound, volume, raw);
    for (size_t i = 0; i < count; i++) samples[i] = raw[i];
    return count;
}

static double samples[NOTES_SAMPLES_MAX];

/* ---- As it leaves the program */

static void sound_is_as_described(void **state)
{
    const struct sound_row *row = *state;
    static struct heard     heard;
    measure(samples, made(row->sound, FULL, samples), &heard);
    assert_in_range(heard.ms, row->least_ms, row->most_ms);
    assert_in_range(heard.peak, 8000, 32000); /* loud, and nothing clipped */
    assert_int_equal(heard.beginnings, row->beginnings);
    assert_int_equal(heard.contour, row->contour);
    assert_int_equal(heard.is_rough, row->is_rough);
}

static void volume_is_silence_to_loud(void **state)
{
    (void)state;
    double was = 0;
    for (int volume = 0; volume <= FULL; volume += 10) {
        static struct heard heard;
        measure(samples, made(SOUND_SAVED, volume, samples), &heard);
        if (volume == 0) assert_true(heard.peak == 0);
        if (volume > 10) assert_true(heard.peak > was * 1.4);
        was = heard.peak;
    }
}

static void nothing_is_nothing(void **state)
{
    (void)state;
    assert_int_equal(made(SOUND_NONE, FULL, samples), 0);
}

/* In how many of five ways two sounds differ. */
static int differences(const struct heard *a, const struct heard *b)
{
    int longer = a->ms > b->ms ? a->ms : b->ms, shorter = a->ms + b->ms - longer, count = 0;
    count += longer > shorter * 14 / 10;
    count += a->beginnings != b->beginnings;
    count += a->contour != b->contour;
    count += a->is_rough != b->is_rough;
    count += a->mean_hz > b->mean_hz * 1.25 || b->mean_hz > a->mean_hz * 1.25;
    return count;
}

static void no_two_are_alike(void **state)
{
    (void)state;
    static struct heard heard[SOUNDS];
    for (int i = 0; i < SOUNDS; i++) measure(samples, made(SOUND_ROWS[i].sound, FULL, samples), &heard[i]);
    for (int i = 0; i < SOUNDS; i++) {
        for (int k = 0; k < i; k++) {
            int count = differences(&heard[i], &heard[k]);
            if (count < 3) fail_msg("%s and %s differ in %d ways", SOUND_ROWS[i].name, SOUND_ROWS[k].name, count);
        }
    }
}

/* ---- Out of a bad loudspeaker, in a hall */

static uint64_t dice = 88172645463325252U;

static double noise(void)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (double)(dice >> 11) / (double)(1ULL << 52) - 1;
}

/* Two steps of RC filter, low frequencies away, and it goes no further than a third of the way. */
static void loudspeaker_bad(double *wave, size_t count)
{
    const double keep = 1 / (1 + 2 * M_PI * 500 / NOTES_RATE);
    for (int step = 0; step < 2; step++) {
        double out = 0, before = 0;
        for (size_t i = 0; i < count; i++) {
            out = keep * (out + wave[i] - before);
            before = wave[i];
            wave[i] = out;
        }
    }
    for (size_t i = 0; i < count; i++) wave[i] = tanh(wave[i] / 8000) * 8000;
}

/* Noise with as much power as the sound has. */
static void hall_loud(double *wave, size_t count, size_t all)
{
    double power = 0;
    for (size_t i = 0; i < count; i++) power += wave[i] * wave[i];
    double loud = sqrt(power / (double)count) * sqrt(3.0);
    for (size_t i = 0; i < all; i++) wave[i] = (i < count ? wave[i] : 0) + noise() * loud;
}

/* How a sound looks: power in eleven thirds of octaves by tens of ms, as a listener remembers it. */
enum { BANDS = 11 };
struct pattern {
    double cells[FRAMES_MAX * BANDS];
};

static void pattern_of(const double *wave, struct pattern *pattern)
{
    double sum = 0, square = 0;
    for (int i = 0; i < FRAMES_MAX; i++) {
        for (int band = 0; band < BANDS; band++) {
            double hz = 260 * pow(2, band / 3.0);
            double power = power_at(wave + (size_t)i * FRAME, FRAME, hz);
            pattern->cells[i * BANDS + band] = log(1 + power / 1e6);
            sum += pattern->cells[i * BANDS + band];
        }
    }
    for (int i = 0; i < FRAMES_MAX * BANDS; i++) {
        pattern->cells[i] -= sum / (FRAMES_MAX * BANDS);
        square += pattern->cells[i] * pattern->cells[i];
    }
    for (int i = 0; i < FRAMES_MAX * BANDS; i++) pattern->cells[i] /= sqrt(square);
}

static void known_in_a_loud_hall(void **state)
{
    (void)state;
    static struct pattern known[SOUNDS], heard;
    for (int i = 0; i < SOUNDS; i++) {
        memset(samples, 0, sizeof samples);
        made(SOUND_ROWS[i].sound, FULL, samples);
        pattern_of(samples, &known[i]);
    }
    for (int turn = 0; turn < 10; turn++) {
        for (int i = 0; i < SOUNDS; i++) {
            int    best = 0;
            double most = -2;
            memset(samples, 0, sizeof samples);
            size_t count = made(SOUND_ROWS[i].sound, FULL, samples);
            loudspeaker_bad(samples, count);
            hall_loud(samples, count, NOTES_SAMPLES_MAX);
            pattern_of(samples, &heard);
            for (int k = 0; k < SOUNDS; k++) {
                double alike = 0;
                for (int cell = 0; cell < FRAMES_MAX * BANDS; cell++) alike += known[k].cells[cell] * heard.cells[cell];
                if (alike <= most) continue;
                most = alike;
                best = k;
            }
            if (best != i) fail_msg("%s was taken for %s", SOUND_ROWS[i].name, SOUND_ROWS[best].name);
        }
    }
}

int main(int argc, char **argv)
{
    static struct rows rows;
    ROWS_ADD(&rows, sound_is_as_described, SOUND_ROWS);
    rows_add(&rows, "volume", volume_is_silence_to_loud, NULL);
    rows_add(&rows, "none", nothing_is_nothing, NULL);
    rows_add(&rows, "no two are alike", no_two_are_alike, NULL);
    rows_add(&rows, "known in a loud hall", known_in_a_loud_hall, NULL);
    return rows_run(&rows, argc, argv);
}
