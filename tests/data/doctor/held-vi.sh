#!/bin/sh
# Những việc cccd-chip doctor đề nghị sửa.
# Tạo lúc: 2026-01-02 03:04 UTC
# Bằng: cccd-tools 0.1.0
# Hãy đọc trước khi chạy: sh TỆP. Trước mỗi bước đều có câu hỏi, không trả lời y thì không
#   làm gì; lệnh nào lỗi thì dừng ngay ở đó.
set -eu

ask() {
    printf '\n%s\n%s [y/N] ' "$1" 'Làm bước này ngay?'
    read -r answer || return 1
    case $answer in
    [yY]*) return 0 ;;
    *) return 1 ;;
    esac
}

# 1. kernel_holds_reader
# ACS ACR122U [072f:2200] (1-1)
# Trình điều khiển NFC của nhân hệ điều hành đang chiếm đầu đọc.
# Nguyên nhân: Các mô-đun pn533_usb, pn533 và nfc chiếm lấy những đầu đọc kiểu ACR122U,
#   nên dịch vụ không dùng được chúng.
# Cách sửa: Cấm các mô-đun này, gỡ chúng khỏi bộ nhớ, rồi rút đầu đọc ra và cắm lại.
if ask 'Cấm các mô-đun này, gỡ chúng khỏi bộ nhớ, rồi rút đầu đọc ra và cắm lại.'; then
    printf 'blacklist %s\n' nfc pn533 pn533_usb port100 | sudo tee /etc/modprobe.d/cccd-no-nfc.conf
    sudo modprobe -r pn533_usb pn533 port100 nfc
fi

# 2. usb_sleeps
# ACS ACR122U [072f:2200] (1-1)
# Đầu đọc bị cho ngủ để tiết kiệm điện, và đã có lệnh bị mất.
# Nguyên nhân: Chế độ tự ngủ của USB đang bật cho đầu đọc này (power/control là auto); một
#   số đầu đọc làm mất lệnh đầu tiên sau khi thức dậy.
# Cách sửa: Giữ nguồn luôn bật. Quy tắc udev của cccd-tools (make install-system) làm việc
#   này sau mỗi lần khởi động lại.
if ask 'Giữ nguồn luôn bật. Quy tắc udev của cccd-tools (make install-system) làm việc này sau mỗi lần khởi động lại.'; then
    echo on | sudo tee /sys/bus/usb/devices/1-1/power/control
fi
