# package.cmake - three Debian packages: baogong-server, baogong-kiosk, baogong-labels. `./baogong package` makes them.
#
# What libraries they need is read from the programs (dpkg-shlibdeps). To add a file to one: an install() row.
include(GNUInstallDirs)

install(TARGETS baogong-server RUNTIME DESTINATION bin COMPONENT server)
install(TARGETS baogong-kiosk  RUNTIME DESTINATION bin COMPONENT kiosk)
install(TARGETS baogong-labels RUNTIME DESTINATION bin COMPONENT labels)

set(PACKAGE assets/package)
set(APPLIANCE assets/appliance)
set(DOC share/doc/baogong)
install(FILES ${PACKAGE}/baogong-server.service ${PACKAGE}/baogong-backup.service ${PACKAGE}/baogong-backup.timer
        DESTINATION lib/systemd/system COMPONENT server)
install(PROGRAMS ${PACKAGE}/backup DESTINATION lib/baogong COMPONENT server)
install(FILES ${APPLIANCE}/baogong-kiosk.service ${APPLIANCE}/baogong-display.service
        DESTINATION lib/systemd/system COMPONENT kiosk)
install(FILES ${APPLIANCE}/70-baogong-scanner.rules DESTINATION lib/udev/rules.d COMPONENT kiosk)
install(FILES ${APPLIANCE}/10-baogong.conf DESTINATION share/X11/xorg.conf.d COMPONENT kiosk)
foreach(component server kiosk labels)
    install(FILES LICENSE RENAME copyright DESTINATION share/doc/baogong-${component} COMPONENT ${component})
endforeach()
install(FILES docs/operations.md docs/care.md docs/import.md docs/money.md docs/pay.md docs/reports.md docs/security.md docs/protocol.md
        DESTINATION share/doc/baogong-server COMPONENT server)
install(FILES docs/appliance.md docs/scanners.md DESTINATION share/doc/baogong-kiosk COMPONENT kiosk)
install(FILES docs/labels.md DESTINATION share/doc/baogong-labels COMPONENT labels)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME baogong)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "the Baogong authors")
set(CPACK_PACKAGE_CONTACT "the Baogong authors <baogong@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL server kiosk labels)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
if(CMAKE_CROSSCOMPILING)
    set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE ${BAOGONG_ARCHITECTURE})
    set(CPACK_STRIP_FILES OFF) # the linker does it: see cmake/arm64.cmake
endif()

set(CPACK_COMPONENT_SERVER_DESCRIPTION "Baogong: the server of a door factory's barcode stations
 Takes what kiosks send, keeps orders and wages, serves the office's page.")
set(CPACK_COMPONENT_KIOSK_DESCRIPTION "Baogong: the kiosk at a production station
 Full screen from power-on: scans badges and production sheets, works without a network.")
set(CPACK_COMPONENT_LABELS_DESCRIPTION "Baogong: production sheets, badges and labels from JSON or CSV
 Prints as PDF, PNG, ZPL or TSPL.")
foreach(component SERVER KIOSK LABELS)
    string(TOLOWER ${component} lower)
    set(CPACK_DEBIAN_${component}_PACKAGE_NAME baogong-${lower})
endforeach()
set(CPACK_DEBIAN_SERVER_PACKAGE_DEPENDS "passwd")
set(CPACK_DEBIAN_KIOSK_PACKAGE_DEPENDS "passwd, xserver-xorg-core, xserver-xorg-input-libinput")
set(CPACK_DEBIAN_SERVER_PACKAGE_RECOMMENDS "systemd, fonts-noto-cjk")
set(CPACK_DEBIAN_KIOSK_PACKAGE_RECOMMENDS "systemd, udev")
set(CPACK_DEBIAN_LABELS_PACKAGE_RECOMMENDS "fonts-noto-cjk")
set(CPACK_DEBIAN_SERVER_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_KIOSK_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# The maintainer's scripts are called by their name alone.
foreach(component server kiosk)
    set(scripts "")
    foreach(script postinst prerm)
        configure_file(${PACKAGE}/${component}.${script} ${CMAKE_BINARY_DIR}/package/${component}/${script} COPYONLY)
        list(APPEND scripts ${CMAKE_BINARY_DIR}/package/${component}/${script})
    endforeach()
    string(TOUPPER ${component} upper)
    set(CPACK_DEBIAN_${upper}_PACKAGE_CONTROL_EXTRA "${scripts}")
endforeach()
include(CPack)
