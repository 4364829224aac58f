#!/bin/sh
# charset.sh - the characters that the kiosk's font must have, as hexadecimal code points, one or a range a line.
#
# In: Unihan_OtherMappings.txt.bz2 of Debian's unicode-data. Out: a list for hb-subset, about 10,000 characters: GB 2312
# (kGB0) and the 8,105 of the Table of General Standard Chinese Characters (kTGH), which hold the rare characters of
# names; the signs below, and Latin letters with their marks (European and Vietnamese names). To extend, add a row.
set -eu
unihan=$1 out=$2

{
    cat <<'SIGNS'
20-7E
A0-17F
1A0-1B0
1EA0-1EF9
391-3C9
2010-2027
2030-205E
20A0-20BF
2100-214F
2150-218B
2190-21FF
2200-22FF
2460-24FF
2500-257F
25A0-25FF
2605-2606
2640-2642
2713-2717
3000-303F
3041-30FF
3105-312F
3200-33FF
FE10-FE1F
FE30-FE4F
FF01-FFEE
FFFD
SIGNS
    bzcat "$unihan" | awk '$2 == "kGB0" || $2 == "kTGH" { print substr($1, 3) }' | sort -u
} > "$out.part"
[ "$(wc -l < "$out.part")" -gt 8000 ] || { echo "charset.sh: $unihan has too few characters" >&2; exit 1; }
mv "$out.part" "$out"
