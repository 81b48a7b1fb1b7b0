# Folders for pictures whose names are no UTF-8 are escaped in the output as the paths of files are.
--- command
cp "$CCCD_TOP/tests/data/scan/menu.png" .; cccd-scan --crops $'c\xff\\' --annotate $'a\xe1' menu.png; cccd-scan --crops 'c\' --annotate à menu.png; for d in $'c\xff\\' $'a\xe1' 'c\' à; do ls "$d" | wc -l; done
--- stdout matches
\{"v":1,"source":\{"path":"menu.png"\},"image":\{[^{}]*"annotated":"a\\\\xE1/menu.png-[0-9a-f]{8}-p1.jpg","annotated_escaped":true\},"symbol":\{.*"crop":"c\\\\xFF\\\\\\\\/menu.png-[0-9a-f]{8}-p1-s1.png","crop_escaped":true\}\}
\{"v":1,"source":\{"path":"menu.png"\},"image":\{[^{}]*"annotated":"à/menu.png-[0-9a-f]{8}-p1.jpg"\},"symbol":\{.*"crop":"c\\\\/menu.png-[0-9a-f]{8}-p1-s1.png"\}\}
1
1
1
1
