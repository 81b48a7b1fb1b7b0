# Files that are not what they must be: told with the fault and its place. Without DG14 and DG15 a
# proof is missing; what DG11 tells is beside the point.
--- command
cccd-chip --lang en dump e; cccd-chip --lang vi dump e
--- file e/DG11.bin escaped
k\x08\\\x02_\x0e_\x0e x
--- file e/DG14.bin escaped
n\x041\x02\x05\x00
--- file e/DG15.bin escaped
o\x020\x00
--- file e/manifest.json
{"v": 1, "time": "2026-01-02T03:04:05Z", "reader": "Sample reader", "files": [{"file": "DG11", "path": "DG11.bin", "bytes": 10, "sha256": "b68602115a2ef803ff56573f68e12b3e9e0e7a5ef68ae5cf0e598ac2e16cedca"}, {"file": "DG14", "path": "DG14.bin", "bytes": 6, "sha256": "f294a2e258add431cd575db601d8dc5bebc77f99f97d6af6955b3faf32212615"}, {"file": "DG15", "path": "DG15.bin", "bytes": 4, "sha256": "2a7017394855019a838d9531cb0984bcf693c7dd586eb5c3e87ded0fb2150f50"}]}
--- stdout json
{"chip": {"files": [{"file": "DG11", "path": "e/DG11.bin", "bytes": 10, "error": "file_malformed", "fault": "cut", "offset": 6, "sha256": "b68602115a2ef803ff56573f68e12b3e9e0e7a5ef68ae5cf0e598ac2e16cedca"}, {"file": "DG14", "bytes": 6, "error": "file_malformed", "fault": "tag_unexpected", "offset": 4, "sha256": "f294a2e258add431cd575db601d8dc5bebc77f99f97d6af6955b3faf32212615", "path": "e/DG14.bin"}, {"file": "DG15", "bytes": 4, "error": "file_malformed", "fault": "cut", "offset": 4, "sha256": "2a7017394855019a838d9531cb0984bcf693c7dd586eb5c3e87ded0fb2150f50", "path": "e/DG15.bin"}], "!details": 0, "error": {"code": "file_malformed", "step": "DG14"}}}
{"chip": {"files": [{"file": "DG11", "path": "e/DG11.bin", "bytes": 10, "error": "file_malformed", "fault": "cut", "offset": 6, "sha256": "b68602115a2ef803ff56573f68e12b3e9e0e7a5ef68ae5cf0e598ac2e16cedca"}, {"file": "DG14", "bytes": 6, "error": "file_malformed", "fault": "tag_unexpected", "offset": 4, "sha256": "f294a2e258add431cd575db601d8dc5bebc77f99f97d6af6955b3faf32212615", "path": "e/DG14.bin"}, {"file": "DG15", "bytes": 4, "error": "file_malformed", "fault": "cut", "offset": 4, "sha256": "2a7017394855019a838d9531cb0984bcf693c7dd586eb5c3e87ded0fb2150f50", "path": "e/DG15.bin"}], "!details": 0, "error": {"code": "file_malformed", "step": "DG14"}}}
--- stderr
cccd-chip: DG11, byte 6: the bytes end too early
cccd-chip: DG14, byte 4: another tag stands there than there must be
cccd-chip: DG15, byte 4: the bytes end too early
cccd-chip: DG11, byte thứ 6: dữ liệu kết thúc quá sớm
cccd-chip: DG14, byte thứ 4: nhãn (tag) không phải là nhãn phải có ở vị trí này
cccd-chip: DG15, byte thứ 4: dữ liệu kết thúc quá sớm
--- status
3
