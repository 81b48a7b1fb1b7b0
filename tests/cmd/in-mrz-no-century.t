# Where the number does not hold, nobody is born after the card ends.
--- command
cccd-parse | grep -c '"birth_date":"20'
--- stdin
IDVNM09000000180O1090000001<<9
9001011M3001019VNM<<<<<<<<<<<6
NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<
--- stdout
0
--- status
1
