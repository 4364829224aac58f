# flags.cmake - how our code is compiled. Debug is the developers' build: sanitizers on, every warning an error.

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Debug CACHE STRING "Debug or Release" FORCE)
endif()

# For tests alone.
set(BAOGONG_PLANT "" CACHE STRING "a planted mistake that the simulator must find: defines PLANT_<NAME>")
option(BAOGONG_SANITIZE "the Debug build with ASan and UBSan" ON)
option(BAOGONG_FUZZ "build tests/fuzz/*_fuzz.c with clang's libFuzzer" OFF)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_C_COMPILER_LAUNCHER)
    set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

# Release keeps its asserts: in a factory a program that stops and is started again loses nothing, one that goes on
# with a broken invariant may.
set(CMAKE_C_FLAGS_DEBUG "-O1 -g -fno-omit-frame-pointer")
set(CMAKE_C_FLAGS_RELEASE "-O2 -g1 -D_FORTIFY_SOURCE=2 -fstack-protector-strong")

# Flags of our code, taken by rooms, programs and tests alike.
add_library(our_flags INTERFACE)
target_include_directories(our_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(our_flags INTERFACE _GNU_SOURCE BAOGONG_VERSION="${PROJECT_VERSION}")
target_compile_options(our_flags INTERFACE $<$<COMPILE_LANGUAGE:C>:
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wswitch-enum -Wvla -Werror>)
# What is shipped doesn't tell where it was built: asserts name their file from the root of the tree.
target_compile_options(our_flags INTERFACE
    $<$<AND:$<CONFIG:Release>,$<COMPILE_LANGUAGE:C>>:-fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=>)

set(SANITIZERS "")
if(CMAKE_BUILD_TYPE STREQUAL "Debug" AND BAOGONG_SANITIZE)
    set(SANITIZERS address,undefined)
endif()
if(BAOGONG_FUZZ)
    if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
        message(FATAL_ERROR "BAOGONG_FUZZ needs clang: cmake --preset fuzz")
    endif()
    set(SANITIZERS address,undefined)
    target_compile_options(our_flags INTERFACE $<$<COMPILE_LANGUAGE:C>:-fsanitize=fuzzer-no-link>)
endif()
if(SANITIZERS)
    target_compile_options(our_flags INTERFACE
        $<$<COMPILE_LANGUAGE:C>:-fsanitize=${SANITIZERS} -fno-sanitize-recover=all>)
    target_link_options(our_flags INTERFACE -fsanitize=${SANITIZERS})
endif()
if(BAOGONG_PLANT)
    string(TOUPPER ${BAOGONG_PLANT} PLANT)
    target_compile_definitions(our_flags INTERFACE PLANT_${PLANT})
endif()
