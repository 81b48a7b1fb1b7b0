# A name that is ASCII by nature is no damage.
--- command
cccd-parse
--- stdin
066203000004||Y Nia Kbuor|20052003|Nam|Buôn Mẫu, Đắk Lắk|03112021
001090000001||Lan Anh|01011990|Nam|Hà Nội|15032022
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"name": "Y Nia Kbuor", "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"name": "Lan Anh", "problems": [], "!repair": 0}, "!error": 0}
