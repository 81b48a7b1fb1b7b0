# Four corners, the version, the step and the time, in that order.
--- command
cd "$CCCD_TOP/tests/data/scan"; cccd-scan front.jpg
--- stdout matches
\{"v":1,"source":\{"path":"front\.jpg"\},"image":\{"format":"jpeg","width":880,"height":660,"ms":[0-9]+(\.[0-9])?\},"symbol":\{"kind":"cccd","text":"[^"]+","encoding":"utf-8","bytes":"[A-Za-z0-9+/=]+","corners":\[\[56[0-9](\.[0-9])?,1[67][0-9](\.[0-9])?\],\[6[78][0-9](\.[0-9])?,1[67][0-9](\.[0-9])?\],\[6[67][0-9](\.[0-9])?,28[0-9](\.[0-9])?\],\[55[0-9](\.[0-9])?,28[0-9](\.[0-9])?\]\],"version":7,"step":"direct","ms":[0-9]+(\.[0-9])?\}\}
