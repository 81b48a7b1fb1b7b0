# Names of the country's other peoples have letters and marks of their own.
--- command
cccd-parse
--- stdin
066203000004||Y K'Nia Byă|20052003|Nam|Buôn Mẫu|03112021
066303000004||H’Bia Êban|20052003|Nữ|Buôn Mẫu|03112021
066203000004||Y Ƀhĭ Kpă-Mlô|20052003|Nam|Buôn Mẫu|03112021
--- stdout json
{"v": 1, "source": {"line": 1, "!lines": 0, "!part": 0}, "record": {"name": "Y K'Nia Byă", "derived": {"name_ascii": "Y KNIA BYA"}, "problems": [], "!repair": 0}, "!error": 0}
{"v": 1, "source": {"line": 2, "!lines": 0, "!part": 0}, "record": {"name": "H’Bia Êban", "derived": {"name_ascii": "HBIA EBAN"}, "problems": [], "!repair": 0}, "!error": 0}
{"record": {"name": "Y Ƀhĭ Kpă-Mlô"}}
