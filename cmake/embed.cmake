# embed.cmake - files that travel inside the programs, as the tables that core/embed.h declares.
#
# A generated .S takes each file in by .incbin, which costs nothing at compile time however big the file is. The object
# depends on the files, so a changed one is taken in again by the next build.

# embed_table(LIBRARY SYMBOL BASE FILES...): names in the table are relative to BASE, in natural order (2.sql, 10.sql).
function(embed_table library symbol base)
    get_target_property(kind ${library} TYPE)
    if(kind STREQUAL "INTERFACE_LIBRARY")
        return()
    endif()
    set(files ${ARGN})
    list(SORT files COMPARE NATURAL)
    set(bytes "")
    set(rows "")
    set(n 0)
    foreach(file ${files})
        file(RELATIVE_PATH name ${base} ${file})
        string(APPEND bytes ".balign 16\n.Lfile${n}: .incbin \"${file}\"\n.Lend${n}: .byte 0\n"
                            ".Lname${n}: .asciz \"${name}\"\n")
        string(APPEND rows "    WORD .Lname${n}, .Lfile${n}, .Lend${n} - .Lfile${n}\n")
        math(EXPR n "${n} + 1")
    endforeach()
    set(source ${CMAKE_BINARY_DIR}/embed/${symbol}.S)
    file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
/* Made by cmake/embed.cmake. */
#if __SIZEOF_POINTER__ == 8
#define WORD .quad
#else
#define WORD .long
#endif
.section .rodata
@bytes@
.section .data.rel.ro, "aw"
.balign 8
.globl @symbol@
@symbol@:
@rows@    WORD 0, 0, 0
.section .note.GNU-stack, "", %progbits
]])
    set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${files}")
    target_sources(${library} PRIVATE ${source})
endfunction()

# embed_files(LIBRARY SYMBOL BASE PATTERNS...): files of the source tree; /* takes in folders below.
function(embed_files library symbol base)
    list(TRANSFORM ARGN PREPEND ${CMAKE_SOURCE_DIR}/)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${ARGN})
    embed_table(${library} ${symbol} ${CMAKE_SOURCE_DIR}/${base} ${files})
endfunction()

# The text catalogue, checked and compiled: assets/text/zh.po -> zh.mo.
function(embed_catalogue library)
    find_program(MSGFMT msgfmt REQUIRED)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/text/*.po)
    set(made "")
    foreach(po ${sources})
        get_filename_component(lang ${po} NAME_WE)
        set(mo ${CMAKE_BINARY_DIR}/text/${lang}.mo)
        add_custom_command(OUTPUT ${mo} DEPENDS ${po} VERBATIM
            COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/text
            COMMAND ${MSGFMT} --check --output-file=${mo} ${po})
        list(APPEND made ${mo})
    endforeach()
    embed_table(${library} embed_text ${CMAKE_BINARY_DIR}/text ${made})
endfunction()

# The two faces of screens and papers: Noto Sans CJK SC cut down to the characters of assets/fonts/charset.sh.
function(embed_fonts library)
    get_target_property(kind ${library} TYPE)
    if(kind STREQUAL "INTERFACE_LIBRARY")
        return()
    endif()
    find_program(HB_SUBSET hb-subset REQUIRED)
    set(folder ${CMAKE_BINARY_DIR}/fonts)
    set(script ${CMAKE_SOURCE_DIR}/assets/fonts/charset.sh)
    find_file(UNIHAN Unihan_OtherMappings.txt.bz2 PATHS /usr/share/unicode REQUIRED)
    add_custom_command(OUTPUT ${folder}/charset DEPENDS ${script} ${UNIHAN} VERBATIM
        COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
        COMMAND sh ${script} ${UNIHAN} ${folder}/charset)
    set(made "")
    foreach(face Regular Bold)
        string(TOLOWER ${face} name)
        find_file(NOTO_${face} NotoSansCJK-${face}.ttc PATHS /usr/share/fonts/opentype/noto REQUIRED)
        # Face 2 of the collection has the forms of mainland China.
        add_custom_command(OUTPUT ${folder}/${name}.otf DEPENDS ${folder}/charset ${NOTO_${face}} VERBATIM
            COMMAND ${HB_SUBSET} --face-index=2 --no-hinting --unicodes-file=${folder}/charset
                    --output-file=${folder}/${name}.otf ${NOTO_${face}})
        list(APPEND made ${folder}/${name}.otf)
    endforeach()
    embed_table(${library} embed_font ${folder} ${made})
endfunction()
