// The gradient of the input of convolutions that read few channels, in one instruction set; see loops.h. The channels of a
// pixel would fill half a vector or less. So each pixel of the output's gradient is multiplied with the whole kernel, whose
// rows lie side by side, as those of a window of the image do, and is added to what is there.

// Packs panels of the transposed weights: a row of each output, with a kernel's numbers.
static void pack_kernels(const void *argument, size_t first_panel, size_t last_panel) {
  const scattered_product *work = argument;
  for (size_t panel = first_panel; panel < last_panel; panel++) {
    size_t column = panel * DENSE_COLUMNS, vectors = panel_vectors(column, work->numbers);
    pack_panel(work->weights + column * work->outputs, 1, work->outputs, work->outputs,
               least(work->numbers - column, vectors * LANES), vectors, work->packed + column * work->outputs);
  }
}

// Multiplies `count` pixels of the output's gradient with the whole kernel.
static void multiply_kernels(const scattered_product *work, const float *gradient, size_t count, float *products) {
  const float *pixels[SCATTERED_PIXELS];
  float *sums[SCATTERED_PIXELS];
  for (size_t i = 0; i < count; i++) {
    pixels[i] = gradient + i * work->outputs;
    sums[i] = products + i * work->padded_numbers;
  }
  multiply_panels(count, pixels, 0, work->outputs, work->packed, work->numbers, sums, 0);
}

// Adds a kernel's numbers to those that it meets in an image, whose upper left corner is given.
static void add_kernel(const windows *windows, const float *product, ptrdiff_t top, ptrdiff_t left, float *image) {
  ptrdiff_t height = (ptrdiff_t)windows->height, width = (ptrdiff_t)windows->width;
  ptrdiff_t kernel_width = (ptrdiff_t)windows->kernel_width;
  ptrdiff_t first = left < 0 ? -left : 0, last = width - left < kernel_width ? width - left : kernel_width;
  if (first >= last) return;
  size_t count = (size_t)(last - first) * windows->channels;
  for (size_t r = 0; r < windows->kernel_height; r++) {
    ptrdiff_t row = top + (ptrdiff_t)r;
    if (row < 0 || row >= height) continue;
    const float *source = product + (r * windows->kernel_width + (size_t)first) * windows->channels;
    float *target = image + (size_t)(row * width + left + first) * windows->channels;
    for (size_t k = 0; k < count; k += LANES)
      store_vector(target + k, load_vector(target + k, count - k) + load_vector(source + k, count - k), count - k);
  }
}

// The gradient of some images, from one pixel of the output's gradient to the next.
static void scatter_products(const void *argument, size_t first_sample, size_t last_sample) {
  const scattered_product *work = argument;
  const windows *windows = &work->windows;
  size_t pixels = windows->rows * windows->columns, size = windows->height * windows->width * windows->channels;
  float *products = work->room + kernels_thread() * work->room_of_thread;
  for (size_t sample = first_sample; sample < last_sample; sample++) {
    float *image = work->input_gradient + sample * size;
    memset(image, 0, size * sizeof(float));
    for (size_t start = 0; start < pixels; start += SCATTERED_PIXELS) {
      size_t count = least(SCATTERED_PIXELS, pixels - start);
      multiply_kernels(work, work->output_gradient + (sample * pixels + start) * work->outputs, count, products);
      for (size_t i = 0; i < count; i++) {
        size_t row = (start + i) / windows->columns, column = (start + i) % windows->columns;
        add_kernel(windows, products + i * work->padded_numbers, (ptrdiff_t)(row * windows->row_step) + windows->top,
                   (ptrdiff_t)(column * windows->column_step) + windows->left, image);
      }
    }
  }
}
