# The specimen of ICAO Doc 9303: another state's document has no Vietnamese number.
--- command
cccd-parse
--- stdin
I<UTOD231458907<<<<<<<<<<<<<<<
7408122F1204159UTO<<<<<<<<<<<6
ERIKSSON<<ANNA<MARIA<<<<<<<<<<
--- stdout json
{"v": 1, "source": {"line": 1, "lines": 3, "!part": 0}, "record": {"!id": 0, "sex": "female", "birth_date": "1974-08-12", "expiry_date": "2012-04-15", "derived": {"name_ascii": "ERIKSSON ANNA MARIA", "!number": 0}, "problems": [{"code": "mrz_not_vietnamese", "field": "mrz"}], "!repair": 0}, "!error": 0}
