#!/bin/sh
echo 'Migrations are applied by the backend itself when it starts; there is no schema engine here.' >&2
exit 1
