# A document with a password.
--- command
cccd-scan locked.pdf
--- file locked.pdf escaped
%PDF-1.4
%\xE2\xE3\xCF\xD3
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Count 1 /Kids [5 0 R] >>
endobj
3 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
4 0 obj
<<  /Length 0 >>
stream

endstream
endobj
5 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>
endobj
xref
0 6
0000000000 65535 f 
0000000015 00000 n 
0000000064 00000 n 
0000000121 00000 n 
0000000191 00000 n 
0000000241 00000 n 
trailer
<< /Size 6 /Root 1 0 R /ID [<30313233343536373839616263646566> <30313233343536373839616263646566>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <92fe0f4454ad4c9644693f33c07cb54f587dce1e2682fe9ecea6107a1ef630dd> /U <902d6c0d6b77adef97ca1c71e49308c613b917b2ad6ef711a0cb410737994360> >> >>
startxref
365
%%EOF
--- stdout json
{"v": 1, "source": {"path": "locked.pdf"}, "image": {"format": "pdf"}, "error": {"code": "encrypted"}, "!symbol": 0}
--- status
3
