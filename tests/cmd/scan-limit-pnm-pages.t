# Nobody knows how many pictures of PNM there are before they are read: those up to the limit are.
--- command
printf 'P4\n8 1\n\377P4\n8 1\n\377P4\n8 1\n\377' >three.pbm; cccd-scan --lang en --max-pages 2 three.pbm
--- stdout json
{"v": 1, "source": {"path": "three.pbm", "page": 1}, "image": {"format": "pnm", "!pages": 0}, "error": {"code": "no_symbol"}}
{"v": 1, "source": {"path": "three.pbm", "page": 2}, "image": {"format": "pnm", "!pages": 0}, "error": {"code": "no_symbol"}}
{"v": 1, "source": {"path": "three.pbm", "page": 3}, "image": {"format": "pnm", "!pages": 0}, "error": {"code": "too_many_pages", "message": "the document has more pages than --max-pages allows: more than 2"}}
--- status
3
