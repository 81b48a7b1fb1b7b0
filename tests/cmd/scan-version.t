# The version, and what pictures are read with.
--- command
cccd-scan --lang en --version
--- stdout matches
cccd-scan \(cccd-tools\) [0-9]+\.[0-9]+\.[0-9]+
utf8proc [0-9.]+, jansson [0-9.]+
zbar [0-9]+\.[0-9]+(\.[0-9]+)?, libjpeg(-turbo)? [0-9.]+, libpng [0-9.]+
formats: jpeg png( tiff)?( webp)?( heif avif)? pnm bmp gif( pdf)?
